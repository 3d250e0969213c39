/** The embedded store as one file, and the file as a store. A server's own tools do the same for a server. */
import { readFile, writeFile } from "node:fs/promises";
import { openStore, type StoreConnection } from "./connection.ts";
import { migrateStore } from "./migrate.ts";

export interface TableCount {
  readonly name: string;
  readonly row_count: number;
}

/** Rows of each table of the store, by name. */
export async function countStoreTables(store: StoreConnection): Promise<readonly TableCount[]> {
  const tables = await store.query("select tablename from pg_tables where schemaname = 'store' order by tablename");
  const counts: TableCount[] = [];
  for (const { tablename } of tables) {
    const name = String(tablename);
    const [row] = await store.query(`select count(*) as row_count from store."${name}"`);
    counts.push({ name, row_count: Number(row?.row_count) });
  }
  return counts;
}

/**
 * Writes the embedded store to `path` while others use it: everything that was committed is in it, nothing of what was not.
 *
 * @returns rows of each table just before; null, and no file, where the store is on a server
 */
export async function dumpStore(store: StoreConnection, path: string): Promise<readonly TableCount[] | null> {
  if (store.dump === null) return null;
  const counts = await countStoreTables(store);
  const archive = await store.dump();
  await writeFile(path, archive.stream(), { mode: 0o600, flag: "wx" });
  return counts;
}

/**
 * Makes the embedded store in `folder` out of a file of `dumpStore`, and brings it to this version.
 *
 * @throws store_newer when a newer version made it
 */
export async function loadStore(folder: string, path: string): Promise<void> {
  const store = await openStore({ folder, dump: new Blob([await readFile(path)], { type: "application/x-gzip" }) });
  try {
    await migrateStore(store);
  } finally {
    await store.close();
  }
}
