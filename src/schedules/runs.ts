/** The life of a run: begun when its time has come or somebody asks, taken over by the process that does it, ended. */
import { randomUUID } from "node:crypto";
import { type Clock, isoNow } from "../clock.ts";
import type { Schedule } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { processMark } from "../workspace/process-lock.ts";
import { occurrences, type Timing } from "./cron.ts";
import {
  changeJournal,
  type Journal,
  lineOf,
  mostCounted,
  type Owed,
  openRun,
  type RunState,
  readJournal,
  type ScheduleRun,
  settledRun,
  withRun,
} from "./journal.ts";

/** A schedule of a workspace, with what is needed to know its times. */
export interface Scheduled {
  /** The workspace's folder. */
  readonly root: string;
  readonly name: string;
  readonly schedule: Schedule;
  /** The shop's. */
  readonly timeZone: string;
  readonly clock: Clock;
}

const mostAttempts = 3;
/** A run that begins so long after its time was missed before. */
const punctualMs = 5 * 60_000;

export const timingOf = ({ schedule, timeZone }: Pick<Scheduled, "schedule" | "timeZone">): Timing => ({
  cron: schedule.cron,
  timeZone: schedule.time_zone ?? timeZone,
});

const emptyJournal = ({ cron, timeZone }: Timing, now: string): Journal => ({
  cron,
  time_zone: timeZone,
  seen_until: now,
  owed: null,
  backups: [],
  runs: [],
});

/** The journal as of now: a run whose process is gone is over, and owes its time where the schedule catches up. */
function settled(journal: Journal, { schedule }: Scheduled, now: string): Journal {
  const open = openRun(journal);
  if (!open) return journal;
  const run = settledRun(open, now);
  return run === open ? journal : owing(withRun(journal, run), run, schedule);
}

/** An interrupted run is made good, but not for ever: it may be what ends the server. */
function owing(journal: Journal, run: ScheduleRun, schedule: Schedule): Journal {
  const { state, due_at, due_count, attempt } = run;
  if (state !== "interrupted" || due_at === null || attempt >= mostAttempts) return journal;
  return schedule.catch_up === "once" ? { ...journal, owed: { due_at, due_count, attempt } } : journal;
}

/** Times that have come; `last` is the last of them that was counted, in milliseconds since 1970, UTC. */
type Due = Owed & { readonly last: number };

/** Times since the journal was last looked at; null when there was none. */
function timesSince(seenUntil: number, now: number, timing: Timing): Due | null {
  let [first, last, count] = [0, 0, 0];
  for (const instant of occurrences(timing, seenUntil)) {
    if (instant > now || count === mostCounted) break;
    if (count === 0) first = instant;
    last = instant;
    count += 1;
  }
  return count === 0 ? null : { due_at: new Date(first).toISOString(), due_count: count, attempt: 0, last };
}

const newRun = (now: string, run: Pick<ScheduleRun, "state" | "reason"> & Partial<ScheduleRun>): ScheduleRun => ({
  id: randomUUID(),
  asked_by: null,
  due_at: null,
  due_count: 0,
  attempt: 1,
  started_at: now,
  ended_at: run.state === "running" ? null : now,
  words: "",
  code: null,
  cancelled_by: null,
  process: run.state === "running" ? processMark() : "",
  ...run,
});

/** Times that came while the one before still ran: one line for all of them. */
function withSkip(journal: Journal, { due_at, due_count }: Owed, now: string): Journal {
  const last = journal.runs.at(-1);
  const words = "the run before was still going on";
  if (last?.state !== "skipped")
    return withRun(journal, newRun(now, { state: "skipped", reason: "time", words, due_at, due_count }));
  return withRun(journal, { ...last, due_count: last.due_count + due_count, ended_at: now });
}

interface Begun {
  readonly journal: Journal;
  readonly value: ScheduleRun | null;
}

/** Of a schedule that does not catch up: the last time when it is now, and a line for those before. */
function begunWithoutCatchUp(journal: Journal, due: Due, now: string): Begun {
  const isPunctual = Date.parse(now) - due.last <= punctualMs;
  const missed = due.due_count - (isPunctual ? 1 : 0);
  const words = "nobody was there to run it";
  const line = { state: "missed", reason: "time", words, due_at: due.due_at, due_count: missed } as const;
  const after = missed > 0 ? withRun(journal, newRun(now, line)) : journal;
  if (!isPunctual) return { journal: after, value: null };
  const dueAt = new Date(due.last).toISOString();
  const run = newRun(now, { state: "running", reason: "time", due_at: dueAt, due_count: 1 });
  return { journal: withRun(after, run), value: run };
}

/** One run for all times that have come, and for those that an interrupted one owes. */
function begunForAll(journal: Journal, due: Due | null, now: string): Begun | null {
  const { owed } = journal;
  const first = owed ?? due;
  if (!first) return null;
  const dueCount = (owed?.due_count ?? 0) + (due?.due_count ?? 0);
  const isPunctual = due !== null && Date.parse(now) - due.last <= punctualMs;
  const run = newRun(now, {
    state: "running",
    reason: owed === null && dueCount === 1 && isPunctual ? "time" : "catch-up",
    due_at: first.due_at,
    due_count: Math.min(dueCount, mostCounted),
    attempt: (owed?.attempt ?? 0) + 1,
  });
  return { journal: withRun({ ...journal, owed: null }, run), value: run };
}

/**
 * Looks whether the schedule's time has come, and begins its run. Every time is seen to once, whoever asks and however often.
 * A schedule that is new, or whose times have changed, begins with the next time.
 *
 * @returns the run that this process now has to see done; null when nothing is due
 */
export function beginIfDue(scheduled: Scheduled): ScheduleRun | null {
  const { root, name, schedule, clock } = scheduled;
  const timing = timingOf(scheduled);
  const now = isoNow(clock);
  return changeJournal<ScheduleRun | null>(root, name, (before) => {
    const known = settled(before ?? emptyJournal(timing, now), scheduled, now);
    const nothing = { journal: known === before ? null : known, value: null };
    if (known.cron !== timing.cron || known.time_zone !== timing.timeZone) {
      const anew = { cron: timing.cron, time_zone: timing.timeZone, seen_until: now, owed: null };
      return { journal: { ...known, ...anew }, value: null };
    }
    const due = timesSince(Date.parse(known.seen_until), Date.parse(now), timing);
    const seen: Journal = due ? { ...known, seen_until: now } : known;
    if (openRun(known)) return due ? { journal: withSkip(seen, due, now), value: null } : nothing;
    if (schedule.catch_up === "none") return due ? begunWithoutCatchUp({ ...seen, owed: null }, due, now) : nothing;
    return begunForAll(seen, due, now) ?? nothing;
  });
}

/** Begins a run that somebody asks for. @throws schedule_running while one goes on */
export function beginByHand(scheduled: Scheduled, askedBy: string): ScheduleRun {
  const { root, name, clock } = scheduled;
  const now = isoNow(clock);
  return changeJournal(root, name, (before) => {
    const known = settled(before ?? emptyJournal(timingOf(scheduled), now), scheduled, now);
    const open = openRun(known);
    if (open)
      throw new CartwrightError("schedule_running", `${name} has been running since ${open.started_at}`, { name });
    const run = newRun(now, { state: "running", reason: "hand", asked_by: askedBy });
    return { journal: withRun(known, run), value: run };
  });
}

/** Changes the run while it is open; the run as it then stands. @throws schedule_run_unknown */
export function changeRun(
  { root, name, schedule }: Pick<Scheduled, "root" | "name" | "schedule">,
  id: string,
  change: Partial<ScheduleRun>,
): ScheduleRun {
  return changeJournal(root, name, (journal) => {
    const run = journal?.runs.find((one) => one.id === id);
    if (!journal || !run) throw new CartwrightError("schedule_run_unknown", `${name} has no run ${id}`, { name });
    if (run.state !== "running") return { journal: null, value: run };
    const changed = { ...run, ...change };
    return { journal: owing(withRun(journal, changed), changed, schedule), value: changed };
  });
}

/** The process that does a run takes it over from the one that has begun it. */
export const takeOver = (scheduled: Scheduled, id: string): ScheduleRun =>
  changeRun(scheduled, id, { process: processMark() });

/** How a run went. */
export interface Ending {
  readonly state: Exclude<RunState, "running" | "skipped" | "missed">;
  readonly words: string;
  readonly code: string | null;
}

/** Ends a run; one that is over stays as it is. An interrupted one that somebody cancelled is cancelled. */
export function endRun(scheduled: Scheduled, id: string, { state, words, code }: Ending): ScheduleRun {
  const isCancelled =
    state === "interrupted" &&
    readJournal(scheduled.root, scheduled.name)?.runs.some((run) => run.id === id && run.cancelled_by !== null);
  return changeRun(scheduled, id, {
    state: isCancelled ? "cancelled" : state,
    ended_at: isoNow(scheduled.clock),
    words: lineOf(words),
    code,
  });
}
