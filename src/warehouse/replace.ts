/** Replacing built tables: the new rows are written to a table's `next_*` twin, then take the old ones' place at once. */
import type { DayRange } from "./day-range.ts";
import { alignTwins } from "./replicated.ts";
import type { BuiltTable } from "./schema.ts";
import { bindOnly, readSql } from "./sql-file.ts";
import type { Bindings, Warehouse } from "./warehouse.ts";

/** Runs a build file of the warehouse with those of `values` it binds. */
export async function buildSql(
  warehouse: Warehouse,
  path: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sql = readSql(new URL(`./${path}.sql`, import.meta.url));
  await warehouse.command(sql, { bindings: bindOnly(sql, values), settings: buildSettings });
}

/** A window of events can touch many partitions; the engine's guard against that is for application inserts. */
const buildSettings = { max_partitions_per_insert_block: 0, max_bytes_before_external_group_by: "2000000000" };
/** Rows that a statement takes out are gone when it is answered. */
export const settled = { mutations_sync: "2", lightweight_deletes_sync: "2" };

export async function emptyNext(warehouse: Warehouse, table: BuiltTable): Promise<void> {
  await alignTwins(warehouse, table);
  await warehouse.command(`truncate table next_${table}`);
}

/** The whole table is replaced by its twin; the old rows end up in the twin and are dropped. */
export async function swapNext(warehouse: Warehouse, table: BuiltTable): Promise<void> {
  await warehouse.command(`exchange tables ${table} and next_${table}`);
  await emptyNext(warehouse, table);
}

/** What of a table a build leaves as it is. */
export interface Kept {
  /** SQL: which rows are computed anew, or go. */
  readonly gone: string;
  /** Whether that is most of the rows that are looked at; nothing is shared then. */
  readonly isMost?: boolean;
  readonly bindings?: Bindings;
  /** First and last of the partitions that are taken over, by their ids; all of the table when left out. */
  readonly partitions?: readonly [string, string];
}

/** Partitions of fewer rows are copied sooner than shared. */
const fewestShared = 100_000;
/** Partitions in more parts than merging should leave them are written anew as one. */
const mostShared = 40;

/**
 * Takes the rows that stay over into a table's empty twin. What is large is shared: the twin has the same files, and rows that go are
 * masked in them, which costs by what goes and not by what stays. What is small, or has come to lie in many parts, is copied.
 */
export async function keepOthers(
  warehouse: Warehouse,
  table: BuiltTable,
  { gone, isMost = false, bindings = {}, partitions: [first, last] = ["", "~"] }: Kept,
): Promise<void> {
  const partitions = await warehouse.query(
    `select partition_id as id, not {is_most:Bool} and sum(rows) >= {fewest:UInt64} and count() <= {most:UInt64} as is_shared from stored_parts
     where table = {table:String} and partition_id >= {first:String} and partition_id <= {last:String} group by id`,
    { bindings: { table, first, last, is_most: isMost, fewest: fewestShared, most: mostShared } },
  );
  const idsOf = (isShared: boolean) =>
    partitions.filter((row) => Boolean(row.is_shared) === isShared).map((row) => String(row.id));
  const shared = idsOf(true);
  for (const id of shared)
    await warehouse.command(`alter table next_${table} replace partition id {id:String} from ${table}`, {
      bindings: { id },
    });
  // A mask waits for merges, also where it masks nothing.
  if (shared.length > 0 && (await hasRows(warehouse, `next_${table}`, gone, bindings)))
    await warehouse.command(`delete from next_${table} where ${gone}`, { bindings, settings: settled });
  const copied = idsOf(false);
  if (copied.length === 0) return;
  await warehouse.command(
    `insert into next_${table} select * from ${table} where _partition_id in {copied:Array(String)} and not (${gone})`,
    { bindings: { ...bindings, copied }, settings: buildSettings },
  );
}

/** Whether a table has a row of a condition. */
export async function hasRows(
  warehouse: Warehouse,
  table: string,
  where: string,
  bindings: Bindings,
): Promise<boolean> {
  const rows = await warehouse.query(`select 1 as one from ${table} where ${where} limit 1`, { bindings });
  return rows.length > 0;
}

/** Partitions by month of some days, as `keepOthers` is told of them. */
export const monthsOf = ({ firstOn, lastOn }: DayRange): readonly [string, string] => [
  monthId(firstOn),
  monthId(lastOn),
];
const monthId = (day: string): string => day.slice(0, 7).replace("-", "");

/** Replaces the days of a range by the rows of the twin, month by month at once; other days of a month are kept. */
export async function replaceDays(warehouse: Warehouse, table: BuiltTable, days: DayRange): Promise<void> {
  const { firstOn, lastOn } = days;
  await warehouse.command(
    `insert into next_${table} select * from ${table}
     where ${inMonths} and not (day_on >= {first_on:Date} and day_on <= {last_on:Date})`,
    { bindings: { first_on: firstOn, last_on: lastOn }, settings: buildSettings },
  );
  await replaceMonths(warehouse, table, days);
}

const inMonths = "toYYYYMM(day_on) >= toYYYYMM({first_on:Date}) and toYYYYMM(day_on) <= toYYYYMM({last_on:Date})";

/** Replaces the months of these days by what the twin has of them. */
export async function replaceMonths(
  warehouse: Warehouse,
  table: BuiltTable,
  { firstOn, lastOn }: DayRange,
): Promise<void> {
  const months = await warehouse.query(
    `select distinct toString(toYYYYMM(day_on)) as month from ${table} where ${inMonths}
     union distinct
     select distinct toString(toYYYYMM(day_on)) as month from next_${table}`,
    { bindings: { first_on: firstOn, last_on: lastOn } },
  );
  for (const { month } of months) await replacePartition(warehouse, table, "partition", String(month));
  await emptyNext(warehouse, table);
}

/** One partition is replaced at once by the twin's, and dropped where the twin has none. */
export async function replacePartition(
  warehouse: Warehouse,
  table: BuiltTable,
  by: "partition" | "partition id",
  partition: string,
): Promise<void> {
  await warehouse.command(`alter table ${table} replace ${by} {partition:String} from next_${table}`, {
    bindings: { partition },
    settings: { allow_replace_partition_from_empty_source: 1 },
  });
}
