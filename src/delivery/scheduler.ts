/** Work that a running server does by itself: each task again and again, never twice at once, ended with the server. */
import { setTimeout as sleep } from "node:timers/promises";

export interface Task {
  readonly name: string;
  /** Pause between the end of one run and the next, or what tells it after each run. */
  readonly everyMs: number | (() => number);
  readonly run: (signal: AbortSignal) => Promise<void>;
}

export interface Scheduler {
  /** Ends the pauses, waits for what runs. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the tasks. One that fails is reported and tried again after its pause, so that a database that is away for a while
 * ends nothing.
 */
export function startTasks(tasks: readonly Task[], onFailure: (task: string, error: unknown) => void): Scheduler {
  const stopping = new AbortController();
  const { signal } = stopping;
  const repeat = async ({ name, everyMs, run }: Task): Promise<void> => {
    while (!signal.aborted) {
      await run(signal).catch((error: unknown) => onFailure(name, error));
      // A stop ends the pause by rejecting it.
      await sleep(typeof everyMs === "number" ? everyMs : everyMs(), undefined, { signal }).catch(() => {});
    }
  };
  const running = tasks.map(repeat);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}
