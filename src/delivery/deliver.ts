/** From the store to the warehouse: what changed is written as files, imported as batches, and only then confirmed. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { importFiles } from "../ingestion/import.ts";
import type { StoreConnection } from "../store/connection.ts";
import { createStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { writeDelivery } from "./write-delivery.ts";

export interface DeliveryOutcome {
  readonly delivery_count: number;
  readonly change_count: number;
  readonly loaded_rows: number;
}

export interface DeliveryOptions {
  /** Most changes in one delivery. */
  readonly most?: number;
  readonly signal?: AbortSignal;
  readonly onDelivered?: (deliveryId: number, changes: number) => void;
}

/** Where deliveries wait until they are confirmed. */
const folderOf = (workspace: Workspace): string => join(workspace.folders.root, "store", "deliveries");

/**
 * Sends everything that waits. Killed at any moment, the next call goes on with the same delivery: its files are the same,
 * and a file that has been imported changes nothing when it is imported again.
 */
export async function deliver(
  workspace: Workspace,
  connection: StoreConnection,
  options: DeliveryOptions = {},
): Promise<DeliveryOutcome> {
  const store = createStore(connection);
  const { warehouse, config, clock } = workspace;
  const outcome = { delivery_count: 0, change_count: 0, loaded_rows: 0 };
  for (;;) {
    if (options.signal?.aborted) return outcome;
    const deliveryId = await store.claimDelivery(options.most);
    if (deliveryId === null) return outcome;
    const folder = folderOf(workspace);
    const paths = await writeDelivery(connection, { folder, deliveryId, currency: config.currency });
    if (paths.length > 0) {
      const batches = await importFiles({ warehouse, config, clock }, paths, { preset: "store" });
      for (const batch of batches) outcome.loaded_rows += Number(batch.loaded_rows);
    }
    const [row] = await connection.query("select row_count from store.deliveries where delivery_id = $1", [deliveryId]);
    await store.confirmDelivery(deliveryId);
    rmSync(join(folder, String(deliveryId)), { recursive: true, force: true });
    outcome.delivery_count += 1;
    outcome.change_count += Number(row?.row_count ?? 0);
    options.onDelivered?.(deliveryId, Number(row?.row_count ?? 0));
  }
}
