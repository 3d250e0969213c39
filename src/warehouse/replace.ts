/** Replacing built tables: the new rows are written to a table's `next_*` twin, then take the old ones' place at once. */
import type { DayRange } from "./day-range.ts";
import { alignTwins } from "./replicated.ts";
import type { BuiltTable } from "./schema.ts";
import { bindOnly, readSql } from "./sql-file.ts";
import type { Warehouse } from "./warehouse.ts";

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

export async function emptyNext(warehouse: Warehouse, table: BuiltTable): Promise<void> {
  await alignTwins(warehouse, table);
  await warehouse.command(`truncate table next_${table}`);
}

/** The whole table is replaced by its twin; the old rows end up in the twin and are dropped. */
export async function swapNext(warehouse: Warehouse, table: BuiltTable): Promise<void> {
  await warehouse.command(`exchange tables ${table} and next_${table}`);
  await emptyNext(warehouse, table);
}

/** Replaces the days of a range by the rows of the twin, month by month at once; other days of a month are kept. */
export async function replaceDays(
  warehouse: Warehouse,
  table: BuiltTable,
  { firstOn, lastOn }: DayRange,
): Promise<void> {
  const bindings = { first_on: firstOn, last_on: lastOn };
  const inMonths = "toYYYYMM(day_on) >= toYYYYMM({first_on:Date}) and toYYYYMM(day_on) <= toYYYYMM({last_on:Date})";
  await warehouse.command(
    `insert into next_${table} select * from ${table}
     where ${inMonths} and not (day_on >= {first_on:Date} and day_on <= {last_on:Date})`,
    { bindings, settings: buildSettings },
  );
  const months = await warehouse.query(
    `select distinct toString(toYYYYMM(day_on)) as month from ${table} where ${inMonths}
     union distinct
     select distinct toString(toYYYYMM(day_on)) as month from next_${table}`,
    { bindings },
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
