/** Rows of a table of a SQLite database, read by the engine, which locks as SQLite does and knows its write-ahead log. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { type SqlitePull, serverAddress } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { parseExactly } from "../ingestion/exact-json.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Workspace } from "../workspace.ts";
import type { RowSource } from "./source.ts";
import { earlier } from "./watermark.ts";

const sql = readSql(new URL("./sqlite-rows.sql", import.meta.url));

export function sqliteSource(workspace: Workspace, pull: SqlitePull): RowSource {
  const { table, watermark, overlap_seconds } = pull;
  const path = resolve(workspace.folders.root, pull.path);
  return {
    isOrdered: true,
    rows: async function* (since) {
      if (serverAddress(workspace.config) !== undefined)
        throw new CartwrightError("pull_failed", "SQLite is read by the embedded engine; this workspace uses a server");
      if (!existsSync(path)) throw new CartwrightError("pull_failed", `${path} does not exist`);
      const bindings = {
        path,
        table,
        watermark,
        is_first: since === null,
        since: since === null ? "" : earlier(since, overlap_seconds),
      };
      try {
        const stream = await workspace.warehouse.stream("app", sql, "JSONEachRow", { bindings });
        for await (const line of createInterface({ input: stream })) {
          const values = parseExactly(line) as Record<string, unknown>;
          yield { values, watermark: String(values[watermark]) };
        }
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        throw new CartwrightError("pull_failed", `SQLite, ${path}, table ${table}: ${message}`, {}, error);
      }
    },
  };
}
