/**
 * What schedules have done: a file for each in the workspace's `schedules/`. Files and not a table, so that a run in which the
 * engine does not start is written down too, and two processes agree on what runs without one. Each change is made under a
 * lock and replaces the file, so that a kill leaves what was there before it or after it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "../workspace/file-lock.ts";
import { isMarkAlive } from "../workspace/process-lock.ts";
import { replaceFile } from "../workspace/replace-file.ts";

/**
 * How a run stands. `skipped`: the one before still ran. `interrupted`: its process ended before it did. `missed`: nobody
 * was there to run it, and the schedule does not catch up.
 */
export type RunState = "running" | "done" | "failed" | "cancelled" | "interrupted" | "skipped" | "missed";

export interface ScheduleRun {
  readonly id: string;
  readonly state: RunState;
  /** Why it ran: its time had come; it makes good what was missed; somebody asked. */
  readonly reason: "time" | "catch-up" | "hand";
  /** Who asked for a run by hand; null for others. */
  readonly asked_by: string | null;
  /** The first time it stands for, ISO 8601 in UTC; null for a run by hand. */
  readonly due_at: string | null;
  /** Times it stands for; 0 for a run by hand, `mostCounted` for as many or more. */
  readonly due_count: number;
  /** The how manieth run for these times it is: those before were interrupted. */
  readonly attempt: number;
  readonly started_at: string;
  /** Null while it runs. */
  readonly ended_at: string | null;
  /** What it did, or why it did not, in a line. */
  readonly words: string;
  /** Code of the error; null when there was none. */
  readonly code: string | null;
  /** Who cancelled it; null when nobody did. */
  readonly cancelled_by: string | null;
  /** The mark of the process that does it. */
  readonly process: string;
}

/** Times that one run stands for. */
export interface Owed {
  readonly due_at: string;
  readonly due_count: number;
  /** Runs that were begun for them. */
  readonly attempt: number;
}

export interface Journal {
  /** Line and zone that times were counted by. */
  readonly cron: string;
  readonly time_zone: string;
  /** Times up to here have been seen to. */
  readonly seen_until: string;
  /** What an interrupted run owes. */
  readonly owed: Owed | null;
  /** Folders of backups that the schedule has made and not removed, the oldest first. */
  readonly backups: readonly string[];
  /** The newest last. */
  readonly runs: readonly ScheduleRun[];
}

/** How many times are counted; more are "at least". */
export const mostCounted = 1000;
/** Runs of a schedule that are kept; older ones go. */
export const mostRuns = 500;
const longestWords = 500;

/** A line without what could be an e-mail address, bounded. */
export const lineOf = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/[^\s/<>"']+/g, (part) => (part.includes("@") ? "(address)" : part))
    .trim()
    .slice(0, longestWords);

const pathOf = (root: string, name: string): string => join(root, "schedules", `${name}.json`);

/** What is written of a schedule; null before its first time has been looked for. */
export function readJournal(root: string, name: string): Journal | null {
  const path = pathOf(root, name);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Journal) : null;
}

/** Reads and replaces a journal while no other process does; `change` gives the new one, or null where nothing changes. */
export function changeJournal<T>(
  root: string,
  name: string,
  change: (journal: Journal | null) => { readonly journal: Journal | null; readonly value: T },
): T {
  return withFileLock(join(root, "run", `schedule-${name}.lock`), () => {
    const { journal, value } = change(readJournal(root, name));
    if (journal)
      replaceFile(
        pathOf(root, name),
        `${JSON.stringify({ ...journal, runs: journal.runs.slice(-mostRuns) }, null, 1)}\n`,
      );
    return value;
  });
}

/** The run that is not over; null when none runs. */
export const openRun = (journal: Journal | null): ScheduleRun | null =>
  journal?.runs.findLast(({ state }) => state === "running") ?? null;

export const withRun = (journal: Journal, run: ScheduleRun): Journal => ({
  ...journal,
  runs: journal.runs.some(({ id }) => id === run.id)
    ? journal.runs.map((one) => (one.id === run.id ? run : one))
    : [...journal.runs, run],
});

/** A run whose process is gone, as what it is. */
export const settledRun = (run: ScheduleRun, at: string): ScheduleRun =>
  run.state !== "running" || isMarkAlive(run.process)
    ? run
    : {
        ...run,
        state: run.cancelled_by === null ? "interrupted" : "cancelled",
        ended_at: at,
        words: "its process ended before it was done",
      };
