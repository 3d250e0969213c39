/**
 * Sessions, rebuilt for the days that events touched. A session that starts on a day depends on that day's events, on the
 * next 24 hours, and on whether a session of the day before reaches into it; so the days beside a touched day are rebuilt
 * too, and further ones for as long as the starts of the last rebuilt day keep changing.
 */
import type { Config } from "../config.ts";
import { addDays } from "./build.ts";
import { buildSql, emptyNext, swapNext } from "./replace.ts";
import type { Warehouse } from "./warehouse.ts";

/** Days `YYYY-MM-DD`, both included. */
export interface DayRange {
  readonly firstOn: string;
  readonly lastOn: string;
}

export interface SessionBuild {
  readonly touched: DayRange | null;
  /** Whether slices are months (few events) or days. */
  readonly isSmall: boolean;
}

const eventsPerWindow = 15_000_000;
const longestCascadeDays = 400;

/** Rebuilds sessions; returns the days (shop zone, widened by one) in which sessions may have changed. */
export async function rebuildSessions(warehouse: Warehouse, config: Config, request: SessionBuild): Promise<DayRange> {
  const extent = await warehouse.queryOne(`
    select count() as event_count, toString(min(event_on)) as first_on, toString(max(event_on)) as last_on
    from fct_events where not is_derived`);
  const whole = { firstOn: addDays(String(extent.first_on), -1), lastOn: addDays(String(extent.last_on), 1) };
  if (request.touched !== null) return await rebuildTouched(warehouse, config, request.touched, request.isSmall);
  await emptyNext(warehouse, "fct_sessions");
  if (Number(extent.event_count) > 0) {
    const days = Math.round((Date.parse(whole.lastOn) - Date.parse(whole.firstOn)) / 86_400_000) + 1;
    const share = Math.min(1, eventsPerWindow / Number(extent.event_count));
    const windowDays = Math.max(1, Math.floor(share * days));
    for (let day = whole.firstOn; day <= whole.lastOn; day = addDays(day, windowDays)) {
      const lastOn = addDays(day, windowDays - 1);
      await buildWindow(
        warehouse,
        config,
        { firstOn: day, lastOn: lastOn < whole.lastOn ? lastOn : whole.lastOn },
        request.isSmall,
        "next_fct_sessions",
      );
    }
  }
  await swapNext(warehouse, "fct_sessions");
  return whole;
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
  isSmall: boolean,
): Promise<DayRange> {
  const firstOn = addDays(touched.firstOn, -2);
  let lastOn = addDays(touched.lastOn, 2);
  await replaceWindow(warehouse, config, { firstOn, lastOn: addDays(lastOn, -1) }, isSmall);
  for (let extended = 0; extended < longestCascadeDays; extended += 1) {
    const before = await startsOn(warehouse, lastOn);
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
  for (const row of slices) {
    await warehouse.command("alter table fct_sessions replace partition {slice:String} from next_fct_sessions", {
      bindings: { slice: String(row.slice) },
    });
  }
  await emptyNext(warehouse, "fct_sessions");
}
