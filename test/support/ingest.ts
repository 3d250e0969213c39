/** What ingestion tests share: files written in passing, tables as rows, a warehouse emptied for the next case. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Row, Warehouse } from "../../src/warehouse/warehouse.ts";
import type { TestShop } from "./shop.ts";

/** Writes a file into the shop's folder and returns its path. */
export function writeFile(shop: TestShop, name: string, content: string | Uint8Array): string {
  const path = join(shop.folder, "files", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Empties every table, as if nothing had ever been imported. */
export async function emptyWarehouse(warehouse: Warehouse): Promise<void> {
  const tables = await warehouse.query(
    "select name from system.tables where database = currentDatabase() and engine like '%MergeTree' and total_rows > 0",
  );
  for (const { name } of tables) {
    if (name === "ops_state") {
      await warehouse.command("delete from ops_state where name != 'schema_version'");
    } else {
      await warehouse.command(`truncate table ${name}`);
    }
  }
}

/** The rows of each table in a fixed order. */
export async function tableRows(
  warehouse: Warehouse,
  tables: readonly string[],
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const found: Record<string, readonly Row[]> = {};
  for (const table of tables)
    found[table] = await warehouse.query(`select * from ${table} order by toString(tuple(*))`);
  return found;
}
