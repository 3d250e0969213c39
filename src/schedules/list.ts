/** Schedules as they are shown: what, when, next, last. */
import { isoNow } from "../clock.ts";
import type { Task } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { Workspace } from "../workspace.ts";
import { cronWords, nextAfter } from "./cron.ts";
import { openRun, readJournal, type ScheduleRun, settledRun } from "./journal.ts";
import { type Scheduled, timingOf } from "./runs.ts";

type Home = Pick<Workspace, "config" | "clock"> & { readonly folders: Pick<Workspace["folders"], "root"> };

/** A run as it is shown: without its process, with its duration. */
export interface ShownRun extends Omit<ScheduleRun, "process"> {
  readonly schedule: string;
  /** Until now while it runs. */
  readonly duration_seconds: number;
}

export interface ListedSchedule {
  readonly name: string;
  readonly task: Task;
  readonly cron: string;
  /** The line in words. */
  readonly words: string;
  readonly time_zone: string;
  readonly catch_up: "once" | "none";
  /** ISO 8601, UTC; null when it never comes again. */
  readonly next_at: string | null;
  readonly is_running: boolean;
  readonly last_run: ShownRun | null;
}

/** A schedule of a workspace by name. @throws schedule_unknown */
export function scheduledOf({ config, folders, clock }: Home, name: string): Scheduled {
  const schedule = Object.hasOwn(config.schedules, name) ? config.schedules[name] : undefined;
  if (!schedule) {
    const names = Object.keys(config.schedules).join(", ") || "there is none";
    throw new CartwrightError("schedule_unknown", `there is no schedule "${name}"`, { names });
  }
  return { root: folders.root, name, schedule, timeZone: config.time_zone, clock };
}

function shown(schedule: string, run: ScheduleRun, now: string): ShownRun {
  const { process: _, ...rest } = settledRun(run, now);
  const duration = Date.parse(rest.ended_at ?? now) - Date.parse(rest.started_at);
  return { schedule, ...rest, duration_seconds: Math.max(0, Math.round(duration / 1000)) };
}

/** Every schedule of the settings, in their order. */
export function listSchedules(home: Home): readonly ListedSchedule[] {
  const { config, folders, clock } = home;
  const now = isoNow(clock);
  return Object.keys(config.schedules).map((name) => {
    const scheduled = scheduledOf(home, name);
    const { schedule } = scheduled;
    const timing = timingOf(scheduled);
    const journal = readJournal(folders.root, name);
    const last = openRun(journal) ?? journal?.runs.at(-1);
    const lastRun = last ? shown(name, last, now) : null;
    const next = nextAfter(timing, clock.now());
    return {
      name,
      task: schedule.task,
      cron: schedule.cron,
      words: cronWords(schedule.cron),
      time_zone: timing.timeZone,
      catch_up: schedule.catch_up,
      next_at: next === null ? null : new Date(next).toISOString(),
      is_running: lastRun?.state === "running",
      last_run: lastRun,
    };
  });
}

/** Runs of one schedule, or of all, the newest first. */
export function scheduleHistory(home: Home, name: string | null, limit: number): readonly ShownRun[] {
  const now = isoNow(home.clock);
  const names = name === null ? Object.keys(home.config.schedules) : [scheduledOf(home, name).name];
  return names
    .flatMap((one) => (readJournal(home.folders.root, one)?.runs ?? []).map((run) => shown(one, run, now)))
    .toSorted((one, other) => (one.started_at < other.started_at ? 1 : -1))
    .slice(0, limit);
}
