/**
 * Brings everything that is computed from the landed rows up to date: sessions, orders, dimensions, rollups. An import
 * rebuilds only the days it touched; each table is replaced at once, so a reader sees the old or the new, never half.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { rebuildOrders, replaceDerivedEvents } from "./build-orders.ts";
import { type DayRange, rebuildSessions } from "./build-sessions.ts";
import { buildSql, emptyNext, replacePartitions, swapNext } from "./replace.ts";
import { readState, writeState } from "./schema.ts";
import type { Warehouse } from "./warehouse.ts";

export interface BuildOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Days to rebuild, inclusive, in the shop's zone; null rebuilds everything. */
  readonly touched: DayRange | null;
  readonly reason: string;
  readonly onProgress?: (step: string) => void;
}

/** Below this many events sessions are kept in one slice a month: thousands of tiny parts would cost more than they save. */
const smallEventCount = 20_000_000;

/** Settings whose change makes what was built before wrong. */
const builtWith = (config: Config): string =>
  JSON.stringify([
    config.time_zone,
    config.currency,
    config.orders_source,
    config.session_gap_minutes,
    config.fiscal_year_start,
  ]);

/** Rebuilds what `touched` asks for, and everything when the settings or the size class have changed. */
export async function build(warehouse: Warehouse, options: BuildOptions): Promise<void> {
  const { config, clock } = options;
  const startedAt = clock.now();
  const step = (name: string): void => options.onProgress?.(name);
  const events = await warehouse.queryOne("select count() as event_count from fct_events where not is_derived");
  const isSmall = Number(events.event_count) < smallEventCount;
  const settings = builtWith(config);
  const isStale = (await readState(warehouse, "built_with")) !== settings;
  const hasOtherSlices = (await readState(warehouse, "session_slices")) !== (isSmall ? "month" : "day");
  const touched = isStale || hasOtherSlices ? null : options.touched;

  step("sessions");
  const rebuilt = await rebuildSessions(warehouse, config, { touched, isSmall });
  step("orders");
  const source = await rebuildOrders(warehouse, config);
  await replaceDerivedEvents(warehouse, source);
  step("dimensions");
  await rebuildDimensions(warehouse, config, isStale);
  step("rollups");
  await rebuildRollups(warehouse, config, touched === null ? null : rebuilt);

  await writeState(warehouse, "built_with", settings);
  await writeState(warehouse, "session_slices", isSmall ? "month" : "day");
  await recordRefresh(warehouse, {
    reason: options.reason,
    range: touched === null ? null : rebuilt,
    startedAt,
    finishedAt: clock.now(),
  });
}

async function rebuildDimensions(warehouse: Warehouse, config: Config, withCalendar: boolean): Promise<void> {
  const bindings = { time_zone: config.time_zone, fiscal_year_start: config.fiscal_year_start };
  for (const table of ["dim_customer", "dim_product"] as const) {
    await emptyNext(warehouse, table);
    await buildSql(warehouse, `core/next_${table}`, bindings);
    await swapNext(warehouse, table);
  }
  if (!withCalendar) return;
  await emptyNext(warehouse, "dim_date");
  await buildSql(warehouse, "core/next_dim_date", bindings);
  await swapNext(warehouse, "dim_date");
}

/** Rollups follow the facts day by day; orders are cheap, so their whole span is rebuilt in agg_daily. */
async function rebuildRollups(warehouse: Warehouse, config: Config, range: DayRange | null): Promise<void> {
  const extent = await warehouse.queryOne(`
    select toString(min(first_day)) as first_on, toString(max(last_day)) as last_on
    from (
        select min(event_on) as first_day, max(event_on) as last_day from fct_events
        union all
        select min(line_on) as first_day, max(line_on) as last_day from fct_order_lines
        union all
        select min(started_on) as first_day, max(started_on) as last_day from fct_sessions
    )
    where last_day > toDate(0)`);
  const whole = { firstOn: String(extent.first_on), lastOn: String(extent.last_on) };
  await emptyNext(warehouse, "agg_daily");
  await buildSql(warehouse, "rollups/next_agg_daily", { first_on: whole.firstOn, last_on: whole.lastOn });
  await swapNext(warehouse, "agg_daily");
  await rebuildProductDays(warehouse, config, range, whole);
}

const daysInWindow = 10;

async function rebuildProductDays(
  warehouse: Warehouse,
  config: Config,
  range: DayRange | null,
  whole: DayRange,
): Promise<void> {
  await emptyNext(warehouse, "agg_product_daily");
  const { firstOn, lastOn } = range ?? whole;
  for (let day = firstOn; day <= lastOn; day = addDays(day, daysInWindow)) {
    const windowEnd = addDays(day, daysInWindow - 1);
    await buildSql(warehouse, "rollups/next_agg_product_daily", {
      first_on: day,
      last_on: windowEnd < lastOn ? windowEnd : lastOn,
      time_zone: config.time_zone,
    });
  }
  if (range === null) await swapNext(warehouse, "agg_product_daily");
  else
    await replacePartitions(warehouse, "agg_product_daily", { keyColumn: "day_on", partitionOf: "toYYYYMM", ...range });
}

/** The day `count` days after `day`, both `YYYY-MM-DD`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

interface Refresh {
  readonly reason: string;
  readonly range: DayRange | null;
  readonly startedAt: number;
  readonly finishedAt: number;
}

async function recordRefresh(warehouse: Warehouse, refresh: Refresh): Promise<void> {
  const counts = await warehouse.query(`
    select table, sum(rows) as row_count
    from system.parts
    where database = currentDatabase() and active and table not like 'next_%' and table not like 'load_%'
    group by table`);
  const last = await warehouse.queryOne("select max(refresh_key) as refresh_key from ops_refreshes");
  await warehouse.insertRows("ops_refreshes", [
    {
      refresh_key: String(BigInt(String(last.refresh_key)) + 1n),
      reason: refresh.reason,
      first_on: refresh.range?.firstOn ?? null,
      last_on: refresh.range?.lastOn ?? null,
      started_at: new Date(refresh.startedAt).toISOString(),
      finished_at: new Date(refresh.finishedAt).toISOString(),
      table_rows: Object.fromEntries(counts.map((row) => [String(row.table), String(row.row_count)])),
    },
  ]);
}
