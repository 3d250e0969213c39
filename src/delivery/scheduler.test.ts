import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { startTasks } from "./scheduler.ts";

it("runs a task again and again, never twice at once, also after it fails, and ends it with the scheduler", async () => {
  let runs = 0;
  let atOnce = 0;
  let most = 0;
  const failures: string[] = [];
  const reached = new Promise<void>((resolve) => {
    const scheduler = startTasks(
      [
        {
          name: "count",
          everyMs: 1,
          run: async () => {
            runs += 1;
            atOnce += 1;
            most = Math.max(most, atOnce);
            await sleep(2);
            atOnce -= 1;
            if (runs === 2) throw new Error("once");
            if (runs === 4) {
              void scheduler.stop().then(resolve);
            }
          },
        },
      ],
      (task, error) => failures.push(`${task}: ${(error as Error).message}`),
    );
  });
  await reached;
  const ended = runs;
  await sleep(20);
  expect([runs, most, failures]).toEqual([ended, 1, ["count: once"]]);
  expect(runs).toBe(4);
});

it("a stop ends a long pause at once and waits for what runs", async () => {
  let isDone = false;
  const scheduler = startTasks(
    [
      {
        name: "slow",
        everyMs: 3_600_000,
        run: async (signal) => {
          await sleep(30, undefined, { signal }).catch(() => {});
          isDone = true;
        },
      },
    ],
    () => {},
  );
  await scheduler.stop();
  expect(isDone).toBe(true);
});
