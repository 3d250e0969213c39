/** A connection to the store's PostgreSQL: the embedded PGlite of a workspace, or a server. Everything above is the same. */
import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import pg from "pg";
import { CartwrightError } from "../errors.ts";

export type StoreRow = Readonly<Record<string, unknown>>;

/** Runs statements; values are bound as `$1`, `$2`, never pasted. */
export interface Querying {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<readonly StoreRow[]>;
}

export interface StoreConnection extends Querying {
  readonly kind: "embedded" | "server";
  /** Runs a text of several statements without values. */
  readonly script: (sql: string) => Promise<void>;
  /** Runs `work` in one transaction: all of it counts, or nothing. */
  readonly transaction: <T>(work: (inside: Querying) => Promise<T>) => Promise<T>;
  /** The embedded database as one archive, as its own API makes it while others use it; null for a server. */
  readonly dump: (() => Promise<Blob>) | null;
  readonly close: () => Promise<void>;
}

export interface StoreAddress {
  /** `postgresql://...` of a server; without it the embedded database in `folder` is used. */
  readonly url?: string | undefined;
  /** Folder of the embedded database; null keeps it in memory. */
  readonly folder: string | null;
  /** Connections to a server at a time. */
  readonly poolSize?: number;
  /** No statement on a server may run longer; the longest are refreshes of materialized views. */
  readonly statementTimeoutMs?: number;
  /** What an embedded database that is not there yet is made of: an archive of `dump`. */
  readonly dump?: Blob;
}

const defaultStatementTimeoutMs = 120_000;

/**
 * Opens the store.
 *
 * @throws store_unreachable naming the host, without the password, when the server does not answer
 */
export async function openStore(address: StoreAddress): Promise<StoreConnection> {
  return address.url === undefined
    ? await openEmbedded(address.folder, address.dump)
    : await openServer(address.url, address.poolSize, address.statementTimeoutMs);
}

async function openEmbedded(folder: string | null, dump?: Blob): Promise<StoreConnection> {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const database = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    extensions: { pg_trgm },
    parsers: integerParsers,
    ...(dump === undefined ? {} : { loadDataDir: dump }),
  });
  await database.exec("set time zone 'UTC'");
  return {
    kind: "embedded",
    query: async (sql, values = []) => (await storeErrors(database.query<StoreRow>(sql, [...values]))).rows,
    script: async (sql) => {
      await storeErrors(database.exec(sql));
    },
    transaction: async (work) =>
      await database.transaction(async (inside) =>
        work({ query: async (sql, values = []) => (await storeErrors(inside.query<StoreRow>(sql, [...values]))).rows }),
      ),
    dump: async () => {
      await database.exec("checkpoint");
      return await database.dumpDataDir("gzip");
    },
    close: async () => await database.close(),
  };
}

/** 64-bit integers and exact decimals as numbers while they are exact, else as text. */
const exactInteger = (text: string): number | string => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
const bigintOid = 20;
const numericOid = 1700;
const dateOid = 1082;
const keep = (text: string): string => text;
const integerParsers = { [bigintOid]: exactInteger, [numericOid]: Number, [dateOid]: keep };

async function openServer(
  url: string,
  poolSize = 10,
  statementTimeoutMs = defaultStatementTimeoutMs,
): Promise<StoreConnection> {
  const types = {
    getTypeParser: ((oid: number, format?: "text") =>
      oid in integerParsers
        ? integerParsers[oid as keyof typeof integerParsers]
        : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    statement_timeout: statementTimeoutMs,
    types,
    options: "-c TimeZone=UTC",
  });
  // A connection that breaks while idle is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => {});
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    const { host } = new URL(url);
    const why = error instanceof Error ? error.message : String(error);
    throw new CartwrightError("store_unreachable", `PostgreSQL at ${host} did not answer: ${why}`, {}, error);
  }
  return {
    kind: "server",
    query: async (sql, values = []) => (await storeErrors(pool.query<StoreRow>(sql, [...values]))).rows,
    script: async (sql) => {
      await storeErrors(pool.query(sql));
    },
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query("begin");
        const result = await work({
          query: async (sql, values = []) => (await storeErrors(client.query<StoreRow>(sql, [...values]))).rows,
        });
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => {});
        throw error;
      } finally {
        client.release();
      }
    },
    dump: null,
    close: async () => await pool.end(),
  };
}

/** A refusal of the store's procedures (SQLSTATE EC...) becomes an error with its message and hint; others stay faults. */
async function storeErrors<T>(running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    const { code, message, hint } = error as { code?: string; message?: string; hint?: string };
    const refusal = code === undefined ? undefined : refusals[code];
    if (!refusal) throw error;
    throw new CartwrightError(refusal, message ?? "", { hint: hint ?? "" }, error);
  }
}

const refusals: Readonly<Record<string, "store_invalid" | "store_missing" | "store_conflict" | "store_refused">> = {
  EC400: "store_invalid",
  EC404: "store_missing",
  EC409: "store_conflict",
  EC422: "store_refused",
  "23514": "store_invalid",
  "23502": "store_invalid",
  "22P02": "store_invalid",
  "22001": "store_invalid",
  "22003": "store_invalid",
  "22007": "store_invalid",
  "22008": "store_invalid",
  "22021": "store_invalid",
  "22P05": "store_invalid",
  "23503": "store_missing",
  "23505": "store_conflict",
};
