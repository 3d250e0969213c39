/**
 * Brings everything that is computed from the landed rows up to date: sessions, orders, dimensions, rollups. An import
 * rebuilds only the days it touched; each table is replaced at once, so a reader sees the old or the new, never half.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { ordersSource, rebuildDayRates, rebuildOrders, rebuildOrdersOf, replaceDerivedEvents } from "./build-orders.ts";
import { rebuildSessions } from "./build-sessions.ts";
import { type DayRange, everyDay, isEmptyRange, noDays, unionOfDays } from "./day-range.ts";
import { repriceEvents } from "./event-prices.ts";
import {
  dailyTables,
  type Followed,
  fillDaily,
  fillProductDays,
  fillRecordTable,
  fillTouchedDimension,
  followProductDays,
  noteProductDays,
  recordTables,
  wholeSpan,
} from "./fill.ts";
import { decideIdentities, identityEntry, putIdentities } from "./identity/follow.ts";
import { replaceDays, swapNext } from "./replace.ts";
import { readState, writeState, writeStates } from "./schema.ts";
import { hasAdded, touchProducts } from "./touched.ts";
import { flaggedWith, flagSettings, followFlags } from "./traffic/follow.ts";
import type { Warehouse } from "./warehouse.ts";

export interface BuildOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Days to rebuild, inclusive, in the shop's zone; a range without days where no event changed; null rebuilds everything. */
  readonly touched: DayRange | null;
  readonly reason: string;
  /**
   * Batches that came since the last build, when nothing was taken back; then orders, dimensions and daily rollups follow by
   * what these touch. Null when they must be built whole.
   */
  readonly added?: readonly number[] | null;
  /** Fewest events of a shop whose sessions are kept by day instead of by month. */
  readonly smallEventCount?: number;
  readonly onProgress?: (step: string) => void;
}

/** Below this many events, and as many in 30 days, sessions are kept in one slice a month: thousands of tiny parts would cost more than they save. */
const smallEventCount = 20_000_000;
const smallMonthCount = 1_000_000;

/** A shop whose sessions lie in days stays so until it is half as small as one whose sessions would begin to: building all anew is dear. */
function isSmallShop(events: number, days: number, slices: string | null, smallCount = smallEventCount): boolean {
  const share = slices === "day" ? 0.5 : 1;
  return events < smallCount * share && events < (smallMonthCount * share * Math.max(days, 30)) / 30;
}

/** What built rows hold, counted up where a version keeps more in them: what was built before is then built anew. */
const builtForm = 2;

/** Settings whose change makes what was built before wrong. */
const builtWith = (config: Config): string =>
  JSON.stringify([
    builtForm,
    config.time_zone,
    config.currency,
    config.orders_source,
    config.session_gap_minutes,
    config.fiscal_year_start,
    config.identity.by_email,
  ]);

/** Whether what is built follows other settings, or is of an earlier form. */
export const isBuiltOtherwise = async (warehouse: Warehouse, config: Config): Promise<boolean> =>
  (await readState(warehouse, "built_with")) !== builtWith(config);

/** Rebuilds what `touched` asks for, and everything when the settings or the size class have changed. */
export async function build(warehouse: Warehouse, options: BuildOptions): Promise<void> {
  const { config, clock } = options;
  const startedAt = clock.now();
  const step = (name: string): void => options.onProgress?.(name);
  const held = await warehouse.queryOne(`
    select count() as event_count, dateDiff('day', min(event_on), max(event_on)) + 1 as day_count, (select max(batch_key) from ops_batches) as last_batch
    from fct_events where not is_derived`);
  const eventCount = Number(held.event_count);
  const slices = await readState(warehouse, "session_slices");
  const isSmall = isSmallShop(eventCount, Number(held.day_count), slices, options.smallEventCount);
  const settings = builtWith(config);
  const isStale = await isBuiltOtherwise(warehouse, config);
  const hasOtherSlices = slices !== (isSmall ? "month" : "day");
  const owed = await readOwed(warehouse);
  const given = isStale || hasOtherSlices ? null : withOwed(owed, options.touched);
  step("identities");
  const identities = await decideIdentities(warehouse, config, {
    isWhole: given === null,
    added: options.added ?? null,
  });
  const asked = withOwed(identities.days, given);
  const source = await ordersSource(warehouse, config);
  const isFollowed =
    asked !== null &&
    (await readState(warehouse, "orders_from")) === source &&
    (source === "events" || eventCount > 0) &&
    !(await hasDerivedEvents(warehouse));
  const added = isFollowed ? (options.added ?? null) : null;
  const owe = async (days: DayRange | null): Promise<void> =>
    await writeState(warehouse, owedDays, JSON.stringify(days));
  if (added === null) await rebuildDayRates(warehouse, config);
  const repriced = await repriceEvents(
    warehouse,
    added === null ? null : asked,
    async (days) => await owe(withOwed(days, asked)),
  );
  const touched = withOwed(repriced, asked);
  const followable = await followableOf(warehouse, added, unionOfDays(identities.days ?? everyDay, repriced));

  step("sessions");
  // Where orders stood before is known until they are replaced: whoever takes up a build that ended within builds them whole.
  await writeStates(warehouse, { [owedDays]: JSON.stringify(touched), orders_from: "" });
  await putIdentities(warehouse, identities);
  const { days: rebuilt, isBySource } = await rebuildSessions(warehouse, config, {
    touched,
    // A build that ended within may have put sessions in place that nothing follows yet: their days are built whole.
    added: owed !== null && isEmptyRange(owed) ? (options.added ?? null) : null,
    isSmall,
    onWiden: owe,
    onSources: async () => {
      if (followable !== null && touched !== null)
        await noteProductDays(warehouse, touched, { sign: -1, leftOut: followable });
    },
  });
  const followed = isBySource ? followable : null;
  step("orders");
  if (added === null) {
    await rebuildOrders(warehouse, config);
    await replaceDerivedEvents(warehouse, source);
    step("dimensions");
    await rebuildRecordTables(warehouse, config, isStale);
    step("rollups");
    await rebuildDaily(warehouse);
  } else {
    const changed = await rebuildOrdersOf(warehouse, config, source, rebuilt, {
      added,
      isBySource,
      isFollowed: followed !== null,
    });
    step("dimensions");
    await touchProducts(warehouse, added);
    for (const key of ["customer", "product"] as const) {
      await fillTouchedDimension(warehouse, config, key);
      await swapNext(warehouse, `dim_${key}`);
    }
    if (await hasAdded(warehouse, "stg_stock_movements", added))
      await rebuildRecordTable(warehouse, config, "fct_inventory");
    step("rollups");
    await rebuildDailyOf(warehouse, changed, followed);
  }
  if (followed !== null && touched !== null) {
    await noteProductDays(warehouse, touched, { sign: 1, leftOut: [] });
    await followProductDays(warehouse, rebuilt);
  } else await rebuildProductDays(warehouse, touched === null ? null : rebuilt);
  step("traffic");
  await followFlags(warehouse, config, touched, followed);
  // These may be as many as the events of the day.
  await warehouse.command("truncate table touched_events");

  await writeStates(warehouse, {
    [flaggedWith]: flagSettings(config),
    built_with: settings,
    orders_from: source,
    session_slices: isSmall ? "month" : "day",
    [identityEntry]: identities.lastEntry,
    [owedDays]: JSON.stringify(noDays),
    [builtThrough]: String(held.last_batch),
  });
  await recordRefresh(warehouse, {
    reason: options.reason,
    range: touched === null || isEmptyRange(rebuilt) ? null : rebuilt,
    startedAt,
    finishedAt: clock.now(),
  });
}

const owedDays = "owed_days";
/** The last batch there was at the end of a build: rollups hold its events and those of every one before. */
const builtThrough = "built_through";

/** The added batches, where rollups hold none of their events yet and nothing else of a day changes beside them; null where that is not so. */
async function followableOf(warehouse: Warehouse, added: Followed, otherwiseChanged: DayRange): Promise<Followed> {
  if (added === null || !isEmptyRange(otherwiseChanged)) return null;
  const through = await readState(warehouse, builtThrough);
  return through !== null && added.every((key) => key > Number(through)) ? added : null;
}

/** What a build that never ended still owes: its sessions may be right and its rollups not. */
const readOwed = async (warehouse: Warehouse): Promise<DayRange | null> =>
  JSON.parse((await readState(warehouse, owedDays)) ?? JSON.stringify(noDays)) as DayRange | null;

const withOwed = (owed: DayRange | null, touched: DayRange | null): DayRange | null =>
  touched === null || owed === null ? null : unionOfDays(touched, owed);

/** Whether there are purchase events made of orders, as in a shop without events of its own. */
async function hasDerivedEvents(warehouse: Warehouse): Promise<boolean> {
  const { part_count } = await warehouse.queryOne(
    "select count() as part_count from stored_parts where table = 'fct_events' and partition_id like '%-1'",
  );
  return Number(part_count) > 0;
}

async function rebuildRecordTables(warehouse: Warehouse, config: Config, withCalendar: boolean): Promise<void> {
  for (const table of recordTables)
    if (table !== "dim_date" || withCalendar) await rebuildRecordTable(warehouse, config, table);
}

async function rebuildRecordTable(
  warehouse: Warehouse,
  config: Config,
  table: (typeof recordTables)[number],
): Promise<void> {
  await fillRecordTable(warehouse, config, table);
  await swapNext(warehouse, table);
}

async function rebuildDaily(warehouse: Warehouse): Promise<void> {
  await fillDaily(warehouse, await wholeSpan(warehouse));
  for (const table of dailyTables) await swapNext(warehouse, table);
}

async function rebuildDailyOf(warehouse: Warehouse, days: DayRange, followed: Followed): Promise<void> {
  if (isEmptyRange(days)) return;
  await fillDaily(warehouse, days, followed);
  for (const table of dailyTables) await replaceDays(warehouse, table, days);
}

async function rebuildProductDays(warehouse: Warehouse, range: DayRange | null): Promise<void> {
  if (range === null) {
    await fillProductDays(warehouse, await wholeSpan(warehouse));
    await swapNext(warehouse, "agg_product_daily");
  } else if (!isEmptyRange(range)) {
    await fillProductDays(warehouse, range);
    await replaceDays(warehouse, "agg_product_daily", range);
  }
}

interface Refresh {
  readonly reason: string;
  readonly range: DayRange | null;
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** Rows of each table; those that are masked and still lie in its files are none. */
async function countRows(warehouse: Warehouse): Promise<Readonly<Record<string, string>>> {
  const tables = await warehouse.query(`
    select table, sum(rows) as row_count, max(has_lightweight_delete) as is_masked
    from stored_parts
    where table not like 'next_%' and table not like 'load_%'
    group by table`);
  const counts: Record<string, string> = {};
  for (const { table, row_count, is_masked } of tables) {
    const counted = is_masked ? await warehouse.queryOne(`select count() as row_count from ${table}`) : { row_count };
    counts[String(table)] = String(counted.row_count);
  }
  return counts;
}

async function recordRefresh(warehouse: Warehouse, refresh: Refresh): Promise<void> {
  const last = await warehouse.queryOne("select max(refresh_key) as refresh_key from ops_refreshes");
  await warehouse.insertRows("ops_refreshes", [
    {
      refresh_key: String(BigInt(String(last.refresh_key)) + 1n),
      reason: refresh.reason,
      first_on: refresh.range?.firstOn ?? null,
      last_on: refresh.range?.lastOn ?? null,
      started_at: new Date(refresh.startedAt).toISOString(),
      finished_at: new Date(refresh.finishedAt).toISOString(),
      table_rows: await countRows(warehouse),
    },
  ]);
}
