/** One run of a schedule in this process, from its beginning to its entry in the journal. */
import { setTimeout as sleep } from "node:timers/promises";
import { CartwrightError, toCartwrightError } from "../../errors.ts";
import { type Ending, endRun, type Scheduled, type ScheduleRun } from "../../schedules/index.ts";
import type { Workspace } from "../../workspace.ts";
import type { TaskContext } from "./task-context.ts";
import { doTask } from "./tasks.ts";

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Opens the workspace, gives it to the work, closes it again. */
  readonly inWorkspace: <T>(work: (workspace: Workspace) => Promise<T>) => Promise<T>;
  /** Pause before work that met a busy workspace is tried again, milliseconds. */
  readonly pauseMs?: number;
  /** Most milliseconds that a part of the work waits so. */
  readonly patienceMs?: number;
}

const hourMs = 3_600_000;

const cancelled = (name: string): CartwrightError =>
  new CartwrightError("cancelled", `${name} was ended before it was done`);

/** Rejects when the signal fires. */
function whenCancelled(name: string, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(cancelled(name));
    signal.addEventListener("abort", () => reject(cancelled(name)), { once: true });
  });
}

function patience({ signal, pauseMs = 5000, patienceMs = 6 * hourMs }: RunOptions): TaskContext["patiently"] {
  return async (work) => {
    for (let waited = 0; ; waited += pauseMs) {
      try {
        return await work();
      } catch (error) {
        const isBusy = error instanceof CartwrightError && error.code === "workspace_busy";
        if (!isBusy || waited >= patienceMs) throw error;
        await sleep(pauseMs, undefined, { signal });
      }
    }
  };
}

/** Backups and imports undo or finish a step when they are told to end; anything else may stop anywhere, as it may be killed. */
const endsItself = (task: string): boolean => task === "backup" || task === "import";

function endingOf(failure: unknown, signal: AbortSignal): Ending {
  if (signal.aborted)
    return { state: "interrupted", words: "it was told to end before it was done", code: "cancelled" };
  const { message, code } = toCartwrightError(failure);
  return { state: "failed", words: message, code };
}

/** Does what a begun run is to do and writes down how it went; what it failed with, or null. */
export async function doRun(
  scheduled: Scheduled,
  { id }: ScheduleRun,
  options: RunOptions,
): Promise<{ readonly run: ScheduleRun; readonly failure: unknown }> {
  const { name, schedule } = scheduled;
  const { signal, inWorkspace } = options;
  const patiently = patience(options);
  try {
    const work = inWorkspace((workspace) => {
      const task = doTask({ workspace, name, signal, patiently }, schedule);
      return endsItself(schedule.task) ? task : Promise.race([task, whenCancelled(name, signal)]);
    });
    const words = await work;
    return { run: endRun(scheduled, id, { state: "done", words, code: null }), failure: null };
  } catch (failure) {
    return { run: endRun(scheduled, id, endingOf(failure, signal)), failure };
  }
}
