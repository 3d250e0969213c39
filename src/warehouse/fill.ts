/** Dimensions and rollups computed into the `next_*` twins of their tables, which a build puts in place and verify compares. */
import type { Config } from "../config.ts";
import { addDays, type DayRange } from "./day-range.ts";
import { buildSql, emptyNext } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

export const dimensionTables = ["dim_customer", "dim_product", "dim_date"] as const;

export async function fillDimension(
  warehouse: Warehouse,
  config: Config,
  table: (typeof dimensionTables)[number],
): Promise<void> {
  await emptyNext(warehouse, table);
  const bindings = { time_zone: config.time_zone, fiscal_year_start: config.fiscal_year_start };
  await buildSql(warehouse, `core/next_${table}`, bindings);
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

export async function fillDaily(warehouse: Warehouse, days: DayRange): Promise<void> {
  await emptyNext(warehouse, "agg_daily");
  await buildSql(warehouse, "rollups/next_agg_daily", { first_on: days.firstOn, last_on: days.lastOn });
}

const daysInWindow = 10;

export async function fillProductDays(warehouse: Warehouse, config: Config, days: DayRange): Promise<void> {
  await emptyNext(warehouse, "agg_product_daily");
  for (let day = days.firstOn; day <= days.lastOn; day = addDays(day, daysInWindow)) {
    const windowEnd = addDays(day, daysInWindow - 1);
    await buildSql(warehouse, "rollups/next_agg_product_daily", {
      first_on: day,
      last_on: windowEnd < days.lastOn ? windowEnd : days.lastOn,
      time_zone: config.time_zone,
    });
  }
}
