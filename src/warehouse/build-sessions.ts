/**
 * Sessions, rebuilt for the days that events touched. A session that starts on a day depends on that day's events, on the
 * next 24 hours, and on whether a session of the day before reaches into it; so the days beside a touched day are rebuilt
 * too, and further ones for as long as the starts of the last rebuilt day keep changing.
 */
import type { Config } from "../config.ts";
import { addDays, type DayRange, isEmptyRange, noDays, windowsOf } from "./day-range.ts";
import { buildSql, emptyNext, replacePartition, swapNext } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

export interface SessionBuild {
  readonly touched: DayRange | null;
  /** Whether slices are months (few events) or days. */
  readonly isSmall: boolean;
  /** Told before further days than those touched are rebuilt, so that a killed build is taken up where it was. */
  readonly onWiden: (touched: DayRange) => Promise<void>;
}

const eventsPerWindow = 15_000_000;
const longestCascadeDays = 400;

/** Rebuilds sessions; returns the days (shop zone, widened by one) in which sessions may have changed. */
export async function rebuildSessions(warehouse: Warehouse, config: Config, request: SessionBuild): Promise<DayRange> {
  if (request.touched !== null) return await rebuildTouched(warehouse, config, request.touched, request);
  const whole = await fillSessions(warehouse, config, request.isSmall);
  await swapNext(warehouse, "fct_sessions");
  return whole;
}

/** Writes the sessions of all events to the twin of fct_sessions; returns the days they may lie in. */
export async function fillSessions(warehouse: Warehouse, config: Config, isSmall: boolean): Promise<DayRange> {
  const rows = await warehouse.query(`
    select toString(toDate(event_at, 'UTC')) as day, count() as event_count
    from fct_events where not is_derived group by day order by day`);
  const days = rows.map((row) => ({ day: String(row.day), rowCount: Number(row.event_count) }));
  await emptyNext(warehouse, "fct_sessions");
  for (const window of windowsOf(days, eventsPerWindow))
    await buildWindow(warehouse, config, window, isSmall, "next_fct_sessions");
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return first && last ? { firstOn: addDays(first, -1), lastOn: addDays(last, 1) } : noDays;
}

async function buildWindow(
  warehouse: Warehouse,
  config: Config,
  window: DayRange,
  isSmall: boolean,
  carriedFrom: "fct_sessions" | "next_fct_sessions",
): Promise<void> {
  const bindings = {
    window_start: `${window.firstOn} 00:00:00.000`,
    window_end: `${addDays(window.lastOn, 1)} 00:00:00.000`,
    gap_seconds: config.session_gap_minutes * 60,
    time_zone: config.time_zone,
    is_small: isSmall,
    carried_from: carriedFrom,
  };
  await warehouse.command("truncate table session_starts");
  await buildSql(warehouse, "core/session_starts.build", bindings);
  await buildSql(warehouse, "core/next_sessions", bindings);
}

async function rebuildTouched(
  warehouse: Warehouse,
  config: Config,
  touched: DayRange,
  { isSmall, onWiden }: SessionBuild,
): Promise<DayRange> {
  if (isEmptyRange(touched)) return touched;
  const firstOn = addDays(touched.firstOn, -2);
  let lastOn = addDays(touched.lastOn, 2);
  await replaceWindow(warehouse, config, { firstOn, lastOn: addDays(lastOn, -1) }, isSmall);
  for (let extended = 0; extended < longestCascadeDays; extended += 1) {
    await onWiden({ firstOn: touched.firstOn, lastOn: addDays(lastOn, -1) });
    const before = await startsOn(warehouse, lastOn);
    if (before === noStarts && !(await hasEventsOn(warehouse, lastOn))) break;
    await replaceWindow(warehouse, config, { firstOn: lastOn, lastOn }, isSmall);
    if ((await startsOn(warehouse, lastOn)) === before) break;
    lastOn = addDays(lastOn, 1);
  }
  return { firstOn: addDays(firstOn, -1), lastOn: addDays(lastOn, 1) };
}

/** A digest of the sessions that start on a UTC day. */
async function startsOn(warehouse: Warehouse, day: string): Promise<string> {
  const row = await warehouse.queryOne(
    `select toString(groupBitXor(cityHash64(source_key, is_inferred, started_at))) || '-' || toString(count()) as digest
     from fct_sessions where slice_on >= toStartOfMonth({day:Date}) and toDate(started_at, 'UTC') = {day:Date}`,
    { bindings: { day } },
  );
  return String(row.digest);
}

const noStarts = "0-0";

/** Whether anything happened on a UTC day; without events no session starts on it, as is usual of the days after today. */
async function hasEventsOn(warehouse: Warehouse, day: string): Promise<boolean> {
  const row = await warehouse.queryOne(
    `select count() as event_count from fct_events
     where event_on >= {day:Date} - 1 and event_on <= {day:Date} + 1 and toDate(event_at, 'UTC') = {day:Date} and not is_derived`,
    { bindings: { day } },
  );
  return Number(row.event_count) > 0;
}

async function replaceWindow(warehouse: Warehouse, config: Config, window: DayRange, isSmall: boolean): Promise<void> {
  await emptyNext(warehouse, "fct_sessions");
  await buildWindow(warehouse, config, window, isSmall, "fct_sessions");
  const slice = isSmall ? "toStartOfMonth" : "toDate";
  const bindings = { first_on: window.firstOn, last_on: window.lastOn };
  const inSlices = `slice_on >= ${slice}({first_on:Date}) and slice_on <= ${slice}({last_on:Date})`;
  await warehouse.command(
    `insert into next_fct_sessions select * from fct_sessions
     where ${inSlices} and not (toDate(started_at, 'UTC') >= {first_on:Date} and toDate(started_at, 'UTC') <= {last_on:Date})`,
    { bindings, settings: { max_partitions_per_insert_block: 0 } },
  );
  const slices = await warehouse.query(
    `select distinct toString(slice_on) as slice from fct_sessions where ${inSlices}
     union distinct select distinct toString(slice_on) as slice from next_fct_sessions`,
    { bindings },
  );
  for (const row of slices) await replacePartition(warehouse, "fct_sessions", "partition", String(row.slice));
  await emptyNext(warehouse, "fct_sessions");
}
