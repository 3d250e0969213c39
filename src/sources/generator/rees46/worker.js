/**
 * A thread that fills slices of a REES46-shaped stream: it is sent slice numbers and answers with their bytes.
 * Plain JavaScript, so that it starts from `src` under the tests and from `dist` when compiled.
 */
import { parentPort, workerData } from "node:worker_threads";
import { formatSlice } from "./rows.js";
import { fillSlice, SliceEvents } from "./sessions.js";

const events = new SliceEvents();

parentPort?.on("message", (/** @type {number} */ slice) => {
  const { from, to } = fillSlice(workerData, slice, events);
  const parts = formatSlice(workerData, events, from, to);
  parentPort?.postMessage(
    { slice, parts },
    parts.map((part) => part.bytes.buffer),
  );
});
