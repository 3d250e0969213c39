/** The regular work of the door for events: what is on disk goes into the warehouse every few seconds. */
import { CartwrightError } from "../errors.ts";
import type { Workspace } from "../workspace.ts";
import type { Collector } from "./collector.ts";
import { drain } from "./drain.ts";

/** One round: loads what waits, learns what others loaded, and opens the door once both have been done. */
export async function collectOnce(workspace: Workspace, collector: Collector): Promise<void> {
  collector.plan.follow();
  try {
    const { batch_keys } = await drain(workspace, collector);
    // Before the first round ends nothing was noted: what earlier processes left is learnt like any other batch.
    if (collector.isReady) collector.known.skip(batch_keys);
    await collector.known.follow();
    collector.markReady();
  } catch (error) {
    // While a command changes the workspace what was collected waits for the next round.
    if (!(error instanceof CartwrightError && error.code === "workspace_busy")) throw error;
  }
}

/** As many bytes as arrive while a load takes its usual time are no reason to wait for more. */
const muchBytes = 1024 * 1024;
const shortPauseMs = 100;

/** Milliseconds until the next round: the usual pause, unless much arrived during the last one. */
export const pauseOf = (collector: Pick<Collector, "waitingBytes">, usualMs: number): number =>
  collector.waitingBytes > muchBytes ? shortPauseMs : usualMs;
