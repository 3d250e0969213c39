/**
 * The rows of a warehouse on a server or on a cluster as files, one a table: its disks are not ours, and another number of nodes must be
 * able to take them. Only what was landed, kept or foretold is written; what is built of it is built again.
 */
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { CartwrightError } from "../errors.ts";
import { buildOwed, type ImportContext } from "../ingestion/import.ts";
import type { TableCount } from "../store/dump.ts";
import { builtTables, dividedBetween, documentedTables, readState, writeState } from "../warehouse/schema.ts";
import { markedBy } from "../warehouse/traffic/robots.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { throwIfCancelled } from "./digest.ts";

/** Tables whose rows follow from no others. */
const keptTables: readonly string[] = [
  ...documentedTables.ops,
  ...documentedTables.staging,
  "fct_events",
  "held_events",
  "held_order_lines",
  ...documentedTables.predictions,
];

/** The folder of a backup that holds them. */
export const tablesFolder = "warehouse";

const fileOf = (folder: string, table: string): string => join(folder, tablesFolder, `${table}.native.gz`);

/** What of a table is kept, where that is not all: a build made the other events, and other states speak of what was built. */
const keptRows: Readonly<Record<string, string>> = {
  fct_events: " where not is_derived",
  ops_state: ` where name = '${markedBy}'`,
};

/** A kept table, and its rows that count: without earlier states of a row. */
interface KeptTable {
  readonly name: string;
  readonly rows: string;
}

async function tablesOf(warehouse: Warehouse): Promise<readonly KeptTable[]> {
  const replacing = await warehouse.query(
    "select name from system.tables where database = {database:String} and engine like '%ReplacingMergeTree'",
    { bindings: { database: warehouse.localDatabase } },
  );
  const names = new Set(replacing.map(({ name }) => String(name)));
  return keptTables.map((name) => ({
    name,
    rows: `${name}${names.has(name) ? " final" : ""}${keptRows[name] ?? ""}`,
  }));
}

interface TableWork {
  readonly signal?: AbortSignal | undefined;
  /** Told of each table. */
  readonly onProgress?: ((words: string) => void) | undefined;
}

async function countRows(warehouse: Warehouse, { rows }: KeptTable): Promise<number> {
  return Number((await warehouse.queryOne(`select count() as row_count from ${rows}`)).row_count);
}

/**
 * Writes every kept table that has rows below `folder`, in the engine's own form, compressed.
 *
 * @returns the rows of each
 * @throws cancelled, disk_full, warehouse_unreachable
 */
export async function writeTables(
  warehouse: Warehouse,
  folder: string,
  work: TableWork,
): Promise<readonly TableCount[]> {
  mkdirSync(join(folder, tablesFolder), { mode: 0o700 });
  const counts: TableCount[] = [];
  for (const table of await tablesOf(warehouse)) {
    throwIfCancelled(work.signal);
    const row_count = await countRows(warehouse, table);
    if (row_count === 0) continue;
    const { name } = table;
    work.onProgress?.(`warehouse: ${name}`);
    // An engine that fails within an answer says so in the midst of it, unless it answers when it has all of it.
    const rows = await warehouse.stream("app", `select * from ${table.rows}`, "Native", {
      settings: { http_wait_end_of_query: 1 },
      ...(work.signal ? { signal: work.signal } : {}),
    });
    const file = createWriteStream(fileOf(folder, name), { flags: "wx", mode: 0o600 });
    await pipeline(rows, createGzip({ level: 1 }), file);
    counts.push({ name, row_count });
  }
  return counts;
}

/** State: set while rows of a backup come in, so that a restore that ended within is begun again and no other is taken for one. */
const restoring = "restoring";
/** States of the warehouse that takes the rows; all others speak of rows that it had. */
const ownStates = ["schema_version", dividedBetween, restoring];

/** Makes room for the rows of a backup. @throws workspace_not_empty where there are rows that no restore has left */
async function requireRoom(warehouse: Warehouse): Promise<void> {
  const isBegun = (await readState(warehouse, restoring)) === "begun";
  for (const table of await tablesOf(warehouse)) {
    if (table.name === "ops_state" || (await countRows(warehouse, table)) === 0) continue;
    if (!isBegun)
      throw new CartwrightError(
        "workspace_not_empty",
        `the warehouse that the backup's settings name has rows already (${table.name}); it is left as it is`,
      );
    await warehouse.command(`truncate table ${table.name}`);
  }
}

/**
 * Brings the rows of a backup into an empty warehouse, whose number of nodes may be another, and builds all that follows from them.
 *
 * @throws backup_invalid where other rows are there than were written
 */
export async function loadTables(
  context: ImportContext,
  folder: string,
  counts: readonly TableCount[],
  work: TableWork,
): Promise<void> {
  const { warehouse } = context;
  await requireRoom(warehouse);
  await writeState(warehouse, restoring, "begun");
  for (const table of builtTables) if (table !== "fct_events") await warehouse.command(`truncate table ${table}`);
  await warehouse.command("delete from ops_state where name not in {own:Array(String)}", {
    bindings: { own: ownStates },
    settings: { lightweight_deletes_sync: "2" },
  });
  const tables = new Map((await tablesOf(warehouse)).map((table) => [table.name, table]));
  for (const { name, row_count } of counts) {
    throwIfCancelled(work.signal);
    const table = tables.get(name);
    if (!table) throw new CartwrightError("backup_invalid", `${folder} names a table ${name}`);
    work.onProgress?.(`warehouse: ${name}`);
    const rows = createReadStream(fileOf(folder, name)).pipe(createGunzip());
    await warehouse.insertBytes(`insert into ${name} format Native`, rows, {
      settings: { max_partitions_per_insert_block: 0 },
    });
    const found = await countRows(warehouse, table);
    if (found !== row_count)
      throw new CartwrightError("backup_invalid", `${name} has ${found} rows, and ${row_count} were written`);
  }
  await buildOwed(context, "restore", (step) => work.onProgress?.(`warehouse: building ${step}`));
  await writeState(warehouse, restoring, "");
}
