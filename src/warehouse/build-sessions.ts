/**
 * Sessions, rebuilt for the days that events touched, and where batches were only added for the session ids and customers of their
 * events alone. A session that starts on a day depends on that day's events, on the next 24 hours, and on whether a session of the
 * day before reaches into it; so the days beside a touched day are rebuilt too, and further ones for as long as the starts of the
 * last rebuilt day keep changing.
 */
import type { Config } from "../config.ts";
import {
  addDays,
  type DayRange,
  type DayRows,
  everyDay,
  isEmptyRange,
  noDays,
  unionOfDays,
  windowsOf,
} from "./day-range.ts";
import { buildSql, emptyNext, keepOthers, replacePartition, swapNext } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

export interface SessionBuild {
  readonly touched: DayRange | null;
  /** Batches that came since the last build, when sessions are right but for these and for customers who moved; null when not. */
  readonly added: readonly number[] | null;
  /** Whether slices are months (few events) or days. */
  readonly isSmall: boolean;
  /** Told before further days than those touched are rebuilt, so that a killed build is taken up where it was. */
  readonly onWiden: (touched: DayRange) => Promise<void>;
  /** Told when `touched_sources` and `touched_events` are known and their sessions still are what they were. */
  readonly onSources: () => Promise<void>;
}

/** Of so many events all are read for each of their parts; a day on either side is read once more. */
const eventsPerWindow = 60_000_000;
/** Events of a source are kept in memory until its sessions are found: of so many at a time. */
const eventsInPart = 10_000_000;
/** Days after a touched one for which changing starts are followed. */
export const longestCascadeDays = 400;

export interface RebuiltSessions {
  /** Days (shop zone) in which sessions or events may have changed. */
  readonly days: DayRange;
  /** Whether only sources in `touched_sources` were followed; then `changed_sessions` has all sessions that differ. */
  readonly isBySource: boolean;
}

export async function rebuildSessions(
  warehouse: Warehouse,
  config: Config,
  request: SessionBuild,
): Promise<RebuiltSessions> {
  const { touched, added } = request;
  if (touched === null) {
    const days = await fillSessions(warehouse, config, request.isSmall);
    await swapNext(warehouse, "fct_sessions");
    return { days, isBySource: false };
  }
  if (isEmptyRange(touched)) return { days: touched, isBySource: false };
  if (added !== null && (await areFew(warehouse, touched, added)))
    return { days: await rebuildSources(warehouse, config, touched, added, request), isBySource: true };
  return { days: await rebuildTouched(warehouse, config, touched, { ...request, added: null }), isBySource: false };
}

/** Sources of more than this share of the events of their days are not worth looking for. */
const mostShare = 0.25;

async function areFew(warehouse: Warehouse, touched: DayRange, added: readonly number[]): Promise<boolean> {
  const { added_count, event_count } = await warehouse.queryOne(
    `select countIf(batch_key in {added:Array(UInt32)}) as added_count, count() as event_count
     from fct_events where event_on >= {first_on:Date} and event_on <= {last_on:Date} and not is_derived`,
    { bindings: { added, first_on: touched.firstOn, last_on: touched.lastOn } },
  );
  return Number(added_count) <= Number(event_count) * mostShare;
}

/** Writes the sessions of all events to the twin of fct_sessions; returns the days they may lie in. */
export async function fillSessions(
  warehouse: Warehouse,
  config: Config,
  isSmall: boolean,
  eventsPerPart = eventsInPart,
): Promise<DayRange> {
  const days = await eventsByDay(warehouse, everyDay);
  await emptyNext(warehouse, "fct_sessions");
  const build = { isSmall, isWhole: true, carriedFrom: "next_fct_sessions", eventsPerPart } as const;
  for (const window of windowsOf(days, eventsPerWindow)) await buildWindow(warehouse, config, window, build);
  const [first, last] = [days[0]?.day, days.at(-1)?.day];
  return first && last ? { firstOn: addDays(first, -1), lastOn: addDays(last, 1) } : noDays;
}

/** Events of each UTC day that has any. */
async function eventsByDay(warehouse: Warehouse, { firstOn, lastOn }: DayRange): Promise<DayRows[]> {
  const rows = await warehouse.query(
    `select toString(toDate(event_at, 'UTC')) as day, count() as event_count
     from fct_events where event_on >= {first_on:Date} and event_on <= {last_on:Date} and not is_derived group by day order by day`,
    { bindings: { first_on: firstOn, last_on: lastOn } },
  );
  return rows.map((row) => ({ day: String(row.day), rowCount: Number(row.event_count) }));
}

/** Windows without a day between them that cover a range: where sessions stood and no events are left, they must go. */
async function windowsOver(warehouse: Warehouse, { firstOn, lastOn }: DayRange): Promise<DayRange[]> {
  const [, ...later] = windowsOf(await eventsByDay(warehouse, { firstOn, lastOn }), eventsPerWindow);
  const starts = [firstOn, ...later.map((window) => window.firstOn).filter((day) => day > firstOn && day <= lastOn)];
  return starts.map((start, place) => {
    const next = starts[place + 1];
    return { firstOn: start, lastOn: next === undefined ? lastOn : addDays(next, -1) };
  });
}

/** How the sessions of a window are built: in slices of months or days, of every source or of the touched ones. */
interface WindowBuild {
  readonly isSmall: boolean;
  readonly isWhole: boolean;
  readonly carriedFrom: "fct_sessions" | "next_fct_sessions";
  readonly eventsPerPart?: number;
}

/** Where the events lie of which a build makes everything, or what the touched sources change. */
export const eventsOf = (isWhole: boolean): string => (isWhole ? "person_events" : "touched_events");

const boundsOf = ({ firstOn, lastOn }: DayRange) => ({
  window_start: `${firstOn} 00:00:00.000`,
  window_end: `${addDays(lastOn, 1)} 00:00:00.000`,
});

async function buildWindow(
  warehouse: Warehouse,
  config: Config,
  window: DayRange,
  { isSmall, isWhole, carriedFrom, eventsPerPart = eventsInPart }: WindowBuild,
): Promise<void> {
  const events = eventsOf(isWhole);
  const partCount = Math.max(1, Math.ceil((await countEvents(warehouse, events, window)) / eventsPerPart));
  const bindings = {
    ...boundsOf(window),
    gap_seconds: config.session_gap_minutes * 60,
    time_zone: config.time_zone,
    is_small: isSmall,
    events,
    carried_from: carriedFrom,
    part_count: partCount,
  };
  for (let part = 0; part < partCount; part += 1) {
    await warehouse.command("truncate table session_starts");
    await buildSql(warehouse, "core/session_starts.build", { ...bindings, part });
    await buildSql(warehouse, "core/next_sessions", { ...bindings, part });
  }
}

/** Events that a window of sessions reads: of its days and, by the shop's clocks, of two beside them. */
async function countEvents(warehouse: Warehouse, events: string, { firstOn, lastOn }: DayRange): Promise<number> {
  const { event_count } = await warehouse.queryOne(
    "select count() as event_count from {events:Identifier} where event_on >= {first_on:Date} - 2 and event_on <= {last_on:Date} + 2",
    { bindings: { events, first_on: firstOn, last_on: lastOn } },
  );
  return Number(event_count);
}

/** The sessions of the sources that added events and moved customers touch; every other session stays as it is. */
async function rebuildSources(
  warehouse: Warehouse,
  config: Config,
  touched: DayRange,
  added: readonly number[],
  request: SessionBuild,
): Promise<DayRange> {
  for (const table of ["touched_sources", "touched_events", "changed_sessions"])
    await warehouse.command(`truncate table ${table}`);
  await buildSql(warehouse, "core/touched_sources.build", {
    added,
    first_on: touched.firstOn,
    last_on: touched.lastOn,
  });
  const [nearest, furthest] = [addDays(touched.firstOn, -4), addDays(touched.lastOn, longestCascadeDays + 5)];
  await buildSql(warehouse, "core/touched_events.build", {
    added,
    first_on: nearest > everyDay.firstOn ? nearest : everyDay.firstOn,
    last_on: furthest < everyDay.lastOn ? furthest : everyDay.lastOn,
  });
  await request.onSources();
  await rebuildTouched(warehouse, config, touched, request);
  const { first_on, last_on, session_count } = await warehouse.queryOne(
    "select toString(min(first_on)) as first_on, toString(max(last_on)) as last_on, count() as session_count from changed_sessions",
  );
  return Number(session_count) === 0
    ? touched
    : unionOfDays(touched, { firstOn: String(first_on), lastOn: String(last_on) });
}

/** @returns the days, widened, whose sessions were built */
async function rebuildTouched(
  warehouse: Warehouse,
  config: Config,
  touched: DayRange,
  { isSmall, added, onWiden }: SessionBuild,
): Promise<DayRange> {
  const build = { isSmall, isWhole: added === null };
  const firstOn = addDays(touched.firstOn, -2);
  let lastOn = addDays(touched.lastOn, 2);
  const windows = build.isWhole
    ? await windowsOver(warehouse, { firstOn, lastOn: addDays(lastOn, -1) })
    : [{ firstOn, lastOn: addDays(lastOn, -1) }];
  for (const window of windows) await replaceWindow(warehouse, config, window, build);
  for (let extended = 0; extended < longestCascadeDays; extended += 1) {
    await onWiden({ firstOn: touched.firstOn, lastOn: addDays(lastOn, -1) });
    const before = await startsOn(warehouse, lastOn, build.isWhole);
    if (before === noStarts && !(await hasEventsOn(warehouse, lastOn, build.isWhole))) break;
    await replaceWindow(warehouse, config, { firstOn: lastOn, lastOn }, build);
    if ((await startsOn(warehouse, lastOn, build.isWhole)) === before) break;
    lastOn = addDays(lastOn, 1);
  }
  return { firstOn: addDays(firstOn, -1), lastOn: addDays(lastOn, 1) };
}

/** A digest of the sessions, of every source or of the touched ones, that start on a UTC day. */
async function startsOn(warehouse: Warehouse, day: string, isWhole: boolean): Promise<string> {
  const row = await warehouse.queryOne(
    `select toString(groupBitXor(cityHash64(source_key, is_inferred, started_at))) || '-' || toString(count()) as digest
     from fct_sessions where slice_on >= toStartOfMonth({day:Date}) and toDate(started_at, 'UTC') = {day:Date}
       and ({is_whole:Bool} or (source_key, is_inferred) in touched_sources)`,
    { bindings: { day, is_whole: isWhole } },
  );
  return String(row.digest);
}

const noStarts = "0-0";

/** Whether anything happened on a UTC day; without events no session starts on it, as is usual of the days after today. */
async function hasEventsOn(warehouse: Warehouse, day: string, isWhole: boolean): Promise<boolean> {
  const row = await warehouse.queryOne(
    `select count() as event_count from {events:Identifier}
     where event_on >= {day:Date} - 1 and event_on <= {day:Date} + 1 and toDate(event_at, 'UTC') = {day:Date} and not is_derived`,
    { bindings: { day, events: eventsOf(isWhole) } },
  );
  return Number(row.event_count) > 0;
}

async function replaceWindow(
  warehouse: Warehouse,
  config: Config,
  window: DayRange,
  { isSmall, isWhole }: Pick<WindowBuild, "isSmall" | "isWhole">,
): Promise<void> {
  const sliceOf = (day: string): string => (isSmall ? `${day.slice(0, 7)}-01` : day);
  const [first, last] = [sliceOf(window.firstOn), sliceOf(window.lastOn)];
  const bindings = { first_on: window.firstOn, last_on: window.lastOn };
  const isOfWindow = "toDate(started_at, 'UTC') >= {first_on:Date} and toDate(started_at, 'UTC') <= {last_on:Date}";
  const isOfSources = "(source_key, is_inferred) in (select source_key, is_inferred from touched_sources)";
  await emptyNext(warehouse, "fct_sessions");
  await keepOthers(warehouse, "fct_sessions", {
    gone: isWhole ? isOfWindow : `${isOfWindow} and ${isOfSources}`,
    isMost: isWhole,
    bindings,
    partitions: [first.replaceAll("-", ""), last.replaceAll("-", "")],
  });
  await buildWindow(warehouse, config, window, { isSmall, isWhole, carriedFrom: "fct_sessions" });
  if (!isWhole)
    await buildSql(warehouse, "core/changed_sessions.build", { ...boundsOf(window), time_zone: config.time_zone });
  const inSlices = "slice_on >= {first:Date} and slice_on <= {last:Date}";
  const slices = await warehouse.query(
    isWhole
      ? `select distinct toString(slice_on) as slice from fct_sessions where ${inSlices}
         union distinct select distinct toString(slice_on) as slice from next_fct_sessions`
      : `select distinct toString(slice_on) as slice from changed_sessions where ${inSlices}`,
    { bindings: { first, last } },
  );
  for (const { slice } of slices) await replacePartition(warehouse, "fct_sessions", "partition", String(slice));
  await emptyNext(warehouse, "fct_sessions");
}
