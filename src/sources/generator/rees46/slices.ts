import { Worker } from "node:worker_threads";
import type { Rees46Plan } from "./plan.ts";
import { formatSlice, type Part } from "./rows.js";
import { fillSlice, SliceEvents } from "./sessions.js";

const WORKER = new URL("./worker.js", import.meta.url);

/** Slices finished or under way for each thread, ahead of the one being read. */
const AHEAD = 2;

type Answer = { readonly slice: number; readonly parts: readonly Part[] };
type Waiting = { readonly resolve: (parts: readonly Part[]) => void; readonly reject: (cause: unknown) => void };

/** Slices filled in the calling thread, one after another. */
export function* slicesHere(plan: Rees46Plan): Generator<readonly Part[]> {
  const events = new SliceEvents();
  for (let slice = 0; slice < plan.slices; slice++) {
    const { from, to } = fillSlice(plan, slice, events);
    yield formatSlice(plan, events, from, to);
  }
}

/**
 * Slices filled by threads and given in order. Work runs a fixed number of slices ahead of the reader and then waits, so
 * memory does not grow with the stream; the threads end with the iteration, however it ends.
 */
export async function* slicesByWorkers(plan: Rees46Plan, count: number): AsyncGenerator<readonly Part[]> {
  const waiting = new Map<number, Waiting>();
  const ready = new Map<number, Promise<readonly Part[]>>();
  const fail = (cause: unknown) => {
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  const workers = Array.from({ length: Math.min(count, plan.slices) }, () => {
    const worker = new Worker(WORKER, { workerData: plan });
    worker.on("message", (answer: Answer) => {
      waiting.get(answer.slice)?.resolve(answer.parts);
      waiting.delete(answer.slice);
    });
    worker.on("error", fail);
    worker.on("exit", () => fail(new Error("a generator thread ended before its work was done")));
    return worker;
  });
  const send = (slice: number) => {
    const made = new Promise<readonly Part[]>((resolve, reject) => waiting.set(slice, { resolve, reject }));
    made.catch(() => undefined);
    ready.set(slice, made);
    workers[slice % workers.length]?.postMessage(slice);
  };
  try {
    const ahead = AHEAD * workers.length;
    for (let slice = 0; slice < Math.min(ahead, plan.slices); slice++) send(slice);
    for (let slice = 0; slice < plan.slices; slice++) {
      const parts = await ready.get(slice);
      ready.delete(slice);
      if (slice + ahead < plan.slices) send(slice + ahead);
      if (parts) yield parts;
    }
  } finally {
    waiting.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
