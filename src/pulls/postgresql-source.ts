/** Rows of a table of PostgreSQL, in one transaction that sees one moment, a few thousand at a time. */
import pg from "pg";
import { type PostgresqlPull, secretFromEnvironment } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { PulledRow, RowSource } from "./source.ts";
import { earlier } from "./watermark.ts";

const rowsAtOnce = 5000;
const connectMs = 15_000;
/** Values as the server writes them: numbers keep their digits, times their microseconds. */
const asText = { getTypeParser: () => (value: unknown) => value };

export function postgresqlSource({ url_env, table, watermark, overlap_seconds }: PostgresqlPull): RowSource {
  return {
    isOrdered: true,
    rows: async function* (since) {
      const connectionString = secretFromEnvironment(url_env);
      if (connectionString === "") throw new CartwrightError("pull_failed", `${url_env} is not set`);
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectMs, types: asText });
      // A connection that ends between two statements is told by the next one.
      client.on("error", () => {});
      try {
        await client.connect();
        await client.query("begin transaction isolation level repeatable read read only");
        await client.query("set local time zone 'UTC'");
        await client.query("set local datestyle to 'ISO, YMD'");
        yield* cursorRows(client, table, watermark, since === null ? null : earlier(since, overlap_seconds));
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new CartwrightError("pull_failed", `PostgreSQL, table ${table}: ${message}`, {}, error);
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

/** Names are of the settings' narrow form and quoted; the watermark is bound, and read as the column's own type. */
async function* cursorRows(
  client: pg.Client,
  table: string,
  watermark: string,
  since: string | null,
): AsyncGenerator<PulledRow> {
  const from = table.split(".").map(pg.escapeIdentifier).join(".");
  const column = pg.escapeIdentifier(watermark);
  const later = since === null ? `${column} is not null` : `${column} >= $1`;
  await client.query({
    text: `declare pulled no scroll cursor for select * from ${from} where ${later} order by ${column}`,
    values: since === null ? [] : [since],
  });
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>(`fetch ${rowsAtOnce} from pulled`);
    if (rows.length === 0) return;
    for (const values of rows) yield { values, watermark: String(values[watermark]) };
  }
}
