import { addDays } from "./day-range.ts";
import { mayDoWithout } from "./leave-out.ts";
import type { Warehouse } from "./warehouse.ts";

/** The days the warehouse holds and the version of what it holds. */
export interface Extent {
  /** First and last day of any fact, shop's zone; null in an empty warehouse. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly firstOrderDay: string | null;
  readonly lastOrderDay: string | null;
  /** Changes with every refresh. */
  readonly dataVersion: string;
  /** End of the last refresh, UTC; null before the first. */
  readonly refreshedAt: string | null;
  /** True where the days of orders were read while a node did not answer: read again, they may be others. */
  readonly isPassing?: boolean;
}

/** The extent where there is no warehouse, for parameters read without one. */
export const emptyExtent: Extent = {
  firstDay: null,
  lastDay: null,
  firstOrderDay: null,
  lastOrderDay: null,
  dataVersion: "0",
  refreshedAt: null,
};

const day = (value: unknown): string | null => (value === null || value === "1970-01-01" ? null : String(value));

/** The day after the last of any fact: until then everything is known. 1970-01-02 in an empty warehouse. */
export const dayAfterLast = (extent: Extent): string => addDays(extent.lastDay ?? "1970-01-01", 1);

/** The version of what the warehouse holds, as the extent has it. */
export async function readDataVersion(warehouse: Warehouse): Promise<string> {
  const row = await warehouse.queryOne("select toString(max(refresh_key)) as data_version from ops_refreshes");
  return String(row.data_version);
}

/** A text that changes with the rows of the tables, however they come or go: a sum over the names and checksums of their parts. */
export async function readTablesVersion(warehouse: Warehouse, tables: readonly string[] | "all"): Promise<string> {
  const row = await warehouse.queryOne(
    `select toString(sum(cityHash64(table, name, hash_of_all_files))) as version from stored_parts
    ${tables === "all" ? "" : "where table in {tables:Array(String)}"}`,
    tables === "all" ? {} : { bindings: { tables } },
  );
  return String(row.version);
}

const orderDays = "ordered_on as order_day from fct_orders where has_positive_line";
/** The days of orders as the rollup has them, which is whole on every node; it leaves out cancelled ones. */
const orderDaysOfRollup = "day_on as order_day from agg_daily where order_count > 0";

/** Reads the extent, from the rollups, the orders and the refresh journal. */
export async function readExtent(warehouse: Warehouse): Promise<Extent> {
  try {
    return await readExtentWith(warehouse, orderDays);
  } catch (error) {
    if (!mayDoWithout(warehouse, error)) throw error;
    return { ...(await readExtentWith(warehouse, orderDaysOfRollup)), isPassing: true };
  }
}

async function readExtentWith(warehouse: Warehouse, days: string): Promise<Extent> {
  const row = await warehouse.queryOne(`
    select
      (select toString(min(day_on)) from agg_daily) as first_day,
      (select toString(max(day_on)) from agg_daily) as last_day,
      (select toString(min(order_day)) from (select ${days})) as first_order_day,
      (select toString(max(order_day)) from (select ${days})) as last_order_day,
      (select toString(max(refresh_key)) from ops_refreshes) as data_version,
      (select toString(max(finished_at)) from ops_refreshes) as refreshed_at`);
  const refreshedAt = String(row.refreshed_at);
  return {
    firstDay: day(row.first_day),
    lastDay: day(row.last_day),
    firstOrderDay: day(row.first_order_day),
    lastOrderDay: day(row.last_order_day),
    dataVersion: String(row.data_version),
    refreshedAt: refreshedAt.startsWith("1970") ? null : `${refreshedAt.replace(" ", "T")}Z`,
  };
}
