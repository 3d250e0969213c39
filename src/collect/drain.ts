/** From the journals into the warehouse: what is on disk is sealed, imported as ordinary batches, and only then removed. */
import { recover } from "../ingestion/commit.ts";
import { type ImportContext, importOpened } from "../ingestion/import.ts";
import type { Workspace } from "../workspace.ts";
import type { Collector } from "./collector.ts";
import { streams } from "./forms.ts";
import { openSegment } from "./open-segment.ts";

export interface DrainOutcome {
  readonly batch_count: number;
  readonly loaded_rows: number;
  readonly duplicate_rows: number;
  readonly rejected_rows: number;
  readonly batch_keys: readonly number[];
}

/**
 * Loads everything that is on disk and builds. Killed at any moment, the next call goes on with the same files: a file that
 * has been imported changes nothing when it is imported again.
 *
 * @throws workspace_busy while another process changes the workspace; nothing is lost, and a later call goes on
 */
export async function drain(workspace: Workspace, collector: Collector): Promise<DrainOutcome> {
  const { warehouse, config, clock } = workspace;
  const batch_keys: number[] = [];
  const outcome = { batch_count: 0, loaded_rows: 0, duplicate_rows: 0, rejected_rows: 0, batch_keys };
  const context: ImportContext = { warehouse, config, clock };
  return await workspace.exclusively(async () => {
    const names = collector.takeSettled();
    for (const stream of streams) await collector.journals[stream].seal();
    const sealed = streams.flatMap((stream) => collector.journals[stream].sealed().map((path) => ({ path, stream })));
    if (sealed.length === 0) return outcome;
    try {
      await recover(warehouse, clock);
      const idsAreNew = await collector.idsAreNew();
      const opened = sealed.map(({ path, stream }) => openSegment(path, stream));
      for (const batch of await importOpened(context, opened, { idsAreNew }, "collect")) {
        outcome.batch_count += 1;
        batch_keys.push(batch.batch_key);
        outcome.loaded_rows += batch.loaded_rows;
        outcome.duplicate_rows += batch.duplicate_rows;
        outcome.rejected_rows += batch.rejected_rows;
      }
    } catch (error) {
      collector.notArrived(names);
      throw error;
    }
    collector.arrived(names);
    for (const { path, stream } of sealed) collector.journals[stream].remove(path);
    return outcome;
  });
}
