/** Collecting events over HTTP: messages in, verdicts out, batches into the warehouse. */
export { Collector, type Verdict } from "./collector.ts";
export { type DrainOutcome, drain } from "./drain.ts";
export type { LivePicture } from "./live-counts.ts";
export { collectOnce, pauseOf } from "./tasks.ts";
