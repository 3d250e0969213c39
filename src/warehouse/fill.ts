/** Dimensions, stock and rollups computed into the `next_*` twins of their tables, which a build puts in place and verify compares. */
import type { Config } from "../config.ts";
import { eventsOf, longestCascadeDays } from "./build-sessions.ts";
import { addDays, type DayRange, type DayWindow, everyDay, windowsOf } from "./day-range.ts";
import { buildSql, emptyNext, keepOthers, monthsOf, replaceMonths } from "./replace.ts";
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
  await keepUntouched(warehouse, table, key);
  await buildSql(warehouse, `core/next_${table}`, { ...wholeTable, time_zone: config.time_zone, is_whole: false });
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

/**
 * Batches whose events are all that came since rollups of events were right; these then follow by what the batches add. Null where the
 * events of a day are counted anew.
 */
export type Followed = readonly number[] | null;

export const boundTo = (days: DayRange, followed: Followed) => ({
  first_on: days.firstOn,
  last_on: days.lastOn,
  is_whole: followed === null,
  added: followed ?? [],
  events: eventsOf(followed === null),
});

/** Rollups with a row a day, filled and replaced together; the second counts visitors by the first. */
export const dailyTables = ["agg_visitor_daily", "agg_daily"] as const;

export async function fillDaily(warehouse: Warehouse, days: DayRange, followed: Followed = null): Promise<void> {
  for (const table of dailyTables) {
    await emptyNext(warehouse, table);
    await buildSql(warehouse, `rollups/next_${table}`, boundTo(days, followed));
  }
}

/** Of so many events all are read for each of their parts; two days beside them are read once more. */
const eventsPerWindow = 60_000_000;
/** Pairs of a session and a product are kept of so many events at a time. */
const eventsInPart = 15_000_000;
/** Two days on are read beside it, and are still days. */
const lastFollowed = addDays(everyDay.lastOn, -3);

/** Days of events in windows of about as many events, so that each fits into memory. */
export async function eventWindows(warehouse: Warehouse, days: DayRange, perWindow: number): Promise<DayWindow[]> {
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

/** Writes to session_starts where the sessions of sources with several of them start. */
async function findSeveral(warehouse: Warehouse, { firstOn, lastOn }: DayRange, isWhole: boolean): Promise<void> {
  await warehouse.command("truncate table session_starts");
  await buildSql(warehouse, "core/session_starts.several", { first_on: firstOn, last_on: lastOn, is_whole: isWhole });
}

export async function fillProductDays(
  warehouse: Warehouse,
  days: DayRange,
  eventsPerPart = eventsInPart,
): Promise<void> {
  await emptyNext(warehouse, "agg_product_daily");
  for (const window of await eventWindows(warehouse, days, eventsPerWindow)) {
    await findSeveral(warehouse, window, true);
    const partCount = Math.ceil(window.rowCount / eventsPerPart);
    for (let part = 0; part < partCount; part += 1) {
      await buildSql(warehouse, "rollups/product_days.build", {
        ...boundTo(window, null),
        target: "next_agg_product_daily",
        left_out: [],
        sign: 1,
        part,
        part_count: partCount,
      });
    }
  }
}

/**
 * Notes what `touched_events` contribute to product days as sessions are now: less what batches added before sessions follow them, and
 * with it afterwards.
 *
 * @param touched days of the events that were added; whatever a touched source did later is looked at as far as sessions are followed
 */
export async function noteProductDays(
  warehouse: Warehouse,
  touched: DayRange,
  side: { readonly sign: 1 | -1; readonly leftOut: readonly number[] },
): Promise<void> {
  if (side.sign === -1) await warehouse.command("truncate table product_changes");
  const furthest = addDays(touched.lastOn, longestCascadeDays);
  const firstOn = addDays(touched.firstOn, -2);
  const lastOn = furthest < lastFollowed ? furthest : lastFollowed;
  await findSeveral(warehouse, { firstOn, lastOn }, false);
  await buildSql(warehouse, "rollups/product_days.build", {
    first_on: firstOn,
    last_on: lastOn,
    is_whole: false,
    events: eventsOf(false),
    target: "product_changes",
    left_out: side.leftOut,
    sign: side.sign,
    part: 0,
    part_count: 1,
  });
}

/** Changes the product days of these days by what was noted. */
export async function followProductDays(warehouse: Warehouse, days: DayRange): Promise<void> {
  await emptyNext(warehouse, "agg_product_daily");
  const bindings = { first_on: days.firstOn, last_on: days.lastOn };
  await keepOthers(warehouse, "agg_product_daily", {
    gone: `day_on >= {first_on:Date} and day_on <= {last_on:Date}
      and (day_on, product_key) in (select day_on, product_key from product_changes)`,
    bindings,
    partitions: monthsOf(days),
  });
  await buildSql(warehouse, "rollups/next_agg_product_daily", bindings);
  await replaceMonths(warehouse, "agg_product_daily", days);
}
