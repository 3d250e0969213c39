/** Dimensions, stock and rollups computed into the `next_*` twins of their tables, which a build puts in place and verify compares. */
import type { Config } from "../config.ts";
import { type DayRange, windowsOf } from "./day-range.ts";
import { buildSql, emptyNext } from "./replace.ts";
import { keepUntouched, wholeTable } from "./touched.ts";
import type { Warehouse } from "./warehouse.ts";

/** Tables that follow from staged records alone, each by one statement. */
export const recordTables = ["dim_customer", "dim_product", "dim_date", "fct_inventory"] as const;

export async function fillRecordTable(
  warehouse: Warehouse,
  config: Config,
  table: (typeof recordTables)[number],
): Promise<void> {
  await emptyNext(warehouse, table);
  const bindings = { time_zone: config.time_zone, fiscal_year_start: config.fiscal_year_start, ...wholeTable };
  await buildSql(warehouse, `core/next_${table}`, bindings);
}

/** The same with new rows for touched customers or products only. */
export async function fillTouchedDimension(
  warehouse: Warehouse,
  config: Config,
  key: "customer" | "product",
): Promise<void> {
  const table = `dim_${key}` as const;
  await emptyNext(warehouse, table);
  await buildSql(warehouse, `core/next_${table}`, { ...wholeTable, time_zone: config.time_zone, is_whole: false });
  await keepUntouched(warehouse, table, key);
}

/** First and last day of any fact. */
export async function wholeSpan(warehouse: Warehouse): Promise<DayRange> {
  const extent = await warehouse.queryOne(`
    select toString(min(first_day)) as first_on, toString(max(last_day)) as last_on
    from (
        select min(event_on) as first_day, max(event_on) as last_day from fct_events
        union all
        select min(line_on) as first_day, max(line_on) as last_day from fct_order_lines
        union all
        select min(started_on) as first_day, max(started_on) as last_day from fct_sessions
        union all
        select min(ordered_on) as first_day, max(ordered_on) as last_day from fct_orders
    )
    where last_day > toDate(0)`);
  return { firstOn: String(extent.first_on), lastOn: String(extent.last_on) };
}

/** Rollups with a row a day, filled and replaced together. */
export const dailyTables = ["agg_daily", "agg_visitor_daily"] as const;

export async function fillDaily(warehouse: Warehouse, days: DayRange): Promise<void> {
  for (const table of dailyTables) {
    await emptyNext(warehouse, table);
    await buildSql(warehouse, `rollups/next_${table}`, { first_on: days.firstOn, last_on: days.lastOn });
  }
}

const eventsPerWindow = 4_000_000;

/** Days of events in windows of about as many events, so that each fits into memory. */
export async function eventWindows(
  warehouse: Warehouse,
  days: DayRange,
  perWindow: number,
): Promise<ReturnType<typeof windowsOf>> {
  const rows = await warehouse.query(
    `select toString(event_on) as day, count() as event_count from fct_events
     where event_on >= {first_on:Date} and event_on <= {last_on:Date} and not is_derived group by event_on order by event_on`,
    { bindings: { first_on: days.firstOn, last_on: days.lastOn } },
  );
  return windowsOf(
    rows.map((row) => ({ day: String(row.day), rowCount: Number(row.event_count) })),
    perWindow,
  );
}

export async function fillProductDays(warehouse: Warehouse, config: Config, days: DayRange): Promise<void> {
  await emptyNext(warehouse, "agg_product_daily");
  for (const { firstOn, lastOn } of await eventWindows(warehouse, days, eventsPerWindow)) {
    await buildSql(warehouse, "rollups/next_agg_product_daily", {
      first_on: firstOn,
      last_on: lastOn,
      time_zone: config.time_zone,
    });
  }
}
