/** Segments of the settings, kept in step with another program for as long as the server runs. */
import { type Scheduler, startTasks } from "../delivery/index.ts";
import { segmentWebhookOf, syncSegments } from "../segment-sync/index.ts";
import type { Workspace } from "../workspace.ts";

const everyMs = 10_000;
/** Pauses after looks in which something was not taken; the last one again and again. */
const pausesMs = [60_000, 300_000, 1_800_000] as const;

/** Begins at once; `onWaiting` is told why something was not taken. */
export function runSegmentSync(
  workspace: Workspace,
  onFailure: (task: string, error: unknown) => void,
  onWaiting: (segment: string, problem: string) => void,
): Scheduler {
  const { config, clock } = workspace;
  const webhook = segmentWebhookOf(config);
  if (!webhook || config.segments.synced.length === 0) return startTasks([], onFailure);
  let [failures, again] = [0, 0];
  const run = async (): Promise<void> => {
    if (clock.now() < again) return;
    const waiting = (await syncSegments(workspace, webhook)).filter(({ state }) => state === "waiting");
    for (const { segment, problem } of waiting) onWaiting(segment, problem);
    failures = waiting.length > 0 ? failures + 1 : 0;
    again = failures === 0 ? 0 : clock.now() + (pausesMs[Math.min(failures, pausesMs.length) - 1] ?? 0);
  };
  return startTasks([{ name: "send segments", everyMs, run }], onFailure);
}
