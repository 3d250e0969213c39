/** Rows of a table of MySQL or MariaDB, in one transaction that sees one moment, as they come. */
import mysql, { type Connection, type FieldPacket } from "mysql2";
import { type MysqlPull, secretFromEnvironment } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { PulledRow, RowSource } from "./source.ts";
import { earlier } from "./watermark.ts";

const connectMs = 15_000;
const rowsAhead = 5000;
/** Values as the server writes them: numbers keep their digits, times their microseconds, JSON its text. */
const asText = { dateStrings: true, supportBigNumbers: true, bigNumberStrings: true, jsonStrings: true } as const;

export function mysqlSource({ url_env, table, watermark, overlap_seconds }: MysqlPull): RowSource {
  return {
    isOrdered: true,
    rows: async function* (since) {
      const uri = secretFromEnvironment(url_env);
      if (uri === "") throw new CartwrightError("pull_failed", `${url_env} is not set`);
      let connection: Connection | null = null;
      try {
        connection = mysql.createConnection({ uri, connectTimeout: connectMs, charset: "utf8mb4", ...asText });
        // A connection that ends between two statements is told by the next one.
        connection.on("error", () => {});
        await run(connection, "set time_zone = '+00:00'");
        await run(connection, "set session transaction isolation level repeatable read");
        await run(connection, "start transaction with consistent snapshot, read only");
        yield* streamRows(connection, table, watermark, since === null ? null : earlier(since, overlap_seconds));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new CartwrightError("pull_failed", `MySQL, table ${table}: ${message}`, {}, error);
      } finally {
        connection?.destroy();
      }
    },
  };
}

const run = (connection: Connection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => {
    connection.query(sql, (error) => (error ? reject(error) : resolve()));
  });

/** Names are of the settings' narrow form and quoted; the watermark is bound. Whole numbers are compared as such: as texts they would be as fractions, and long ids would meet their neighbours. */
async function* streamRows(
  connection: Connection,
  table: string,
  watermark: string,
  since: string | null,
): AsyncGenerator<PulledRow> {
  const from = table
    .split(".")
    .map((name) => `\`${name}\``)
    .join(".");
  const column = `\`${watermark}\``;
  const bound = since === null ? "" : boundAs(since);
  const later = since === null ? `${column} is not null` : `${column} >= ${bound}`;
  const query = connection.execute(
    `select * from ${from} where ${later} order by ${column}`,
    since === null ? [] : [since],
  );
  let instants: readonly string[] = [];
  query.on("fields", (fields: readonly FieldPacket[]) => {
    instants = fields.filter(({ columnType }) => columnType === mysql.Types.TIMESTAMP).map(({ name }) => name);
  });
  for await (const row of query.stream({ highWaterMark: rowsAhead })) {
    const values = row as Record<string, unknown>;
    const mark = String(values[watermark]);
    // A timestamp is an instant, given in the session's zone; a datetime is the shop's own.
    for (const name of instants) if (values[name] !== null) values[name] = `${values[name]}Z`;
    yield { values, watermark: mark };
  }
}

function boundAs(since: string): string {
  if (!/^-?\d+$/.test(since)) return "?";
  return since.startsWith("-") ? "cast(? as signed)" : "cast(? as unsigned)";
}
