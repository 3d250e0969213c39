/** Schedules and their runs in words. */
import type { Schedule, ScheduleRun } from "./use-schedules.ts";

export const taskWords: Readonly<Record<Schedule["task"], string>> = {
  pull: "Pull from sources",
  import: "Import files",
  refresh: "Refresh",
  train: "Train a model",
  score: "Score customers",
  report: "Report by mail",
  backup: "Backup",
  retention: "Retention",
};

export const stateWords: Readonly<Record<ScheduleRun["state"], string>> = {
  running: "Running",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  interrupted: "Interrupted",
  skipped: "Skipped",
  missed: "Missed",
};

/** Better, worse or neither: the colour beside the word. */
export const stateTone = (state: ScheduleRun["state"]): "better" | "worse" | "plain" =>
  state === "done" ? "better" : state === "failed" || state === "interrupted" ? "worse" : "plain";

/** Why it ran. */
export function reasonWords({ reason, asked_by, due_count }: ScheduleRun): string {
  if (reason === "hand") return `asked for by ${asked_by ?? "somebody"}`;
  if (reason === "time") return due_count > 1 ? `${due_count} times` : "on time";
  return due_count > 1 ? `caught up, for ${due_count} times` : "caught up";
}

/** What came of it, or what stands in its way. */
export function outcomeWords({ state, words, cancelled_by }: ScheduleRun): string {
  if (state === "running") return cancelled_by === null ? "still going on" : "being ended";
  return state === "cancelled" && cancelled_by !== null ? `ended by ${cancelled_by}` : words;
}

/** Lines for the settings, to begin with. */
export const exampleSettings = `"schedules": {
  "nightly-backup": { "task": "backup", "cron": "30 2 * * *", "keep": 7 },
  "monday-report": { "task": "report", "cron": "0 7 * * 1", "to": ["you@example.com"], "days": 7 }
}`;
