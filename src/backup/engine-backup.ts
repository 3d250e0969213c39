/** The engine's own BACKUP and RESTORE of the warehouse: one archive, made while others read and write. */
import { setTimeout as sleep } from "node:timers/promises";
import { CartwrightError } from "../errors.ts";
import { databaseName } from "../warehouse/engine-config.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { throwIfCancelled } from "./digest.ts";

const pollMs = 100;

export interface EngineWork {
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many bytes there are in all. */
  readonly onProgress?: ((byteCount: number) => void) | undefined;
}

/** Runs a BACKUP or RESTORE in the engine's background and waits for its end; when cancelled, the engine's work is ended first. */
async function runInBackground(warehouse: Warehouse, statement: string, file: string, work: EngineWork): Promise<void> {
  const [begun] = await warehouse.query(`${statement} File({file:String}) async`, { bindings: { file } });
  const bindings = { id: String(begun?.id) };
  for (;;) {
    const state = await warehouse.queryOne(
      "select toString(status) as status, error, total_size from system.backups where id = {id:String}",
      { bindings },
    );
    const status = String(state.status);
    if (status === "BACKUP_CREATED" || status === "RESTORED") return;
    if (/FAILED|CANCELLED/.test(status)) {
      throwIfCancelled(work.signal);
      const [reason = ""] = String(state.error).split(", Stack trace");
      const code = /No space left|NOT_ENOUGH_SPACE/i.test(reason) ? "disk_full" : "backup_failed";
      throw new CartwrightError(code, `the engine says of ${file}: ${reason}`, { path: "the backup" });
    }
    work.onProgress?.(Number(state.total_size));
    if (work.signal?.aborted) {
      await warehouse.command(
        "kill query where query_id in (select query_id from system.backups where id = {id:String}) sync",
        { bindings },
      );
    }
    await sleep(pollMs);
  }
}

/**
 * Writes the warehouse to `file`, a path below the engine's folder of backups.
 *
 * @throws cancelled, disk_full, or backup_failed with the engine's reason
 */
export async function backUpWarehouse(warehouse: Warehouse, file: string, work: EngineWork): Promise<void> {
  await runInBackground(warehouse, `backup database ${databaseName} to`, file, work);
}

/** Makes the tables of the warehouse out of `file`; there must be none yet. */
export async function restoreWarehouse(warehouse: Warehouse, file: string, work: EngineWork): Promise<void> {
  await runInBackground(warehouse, `restore database ${databaseName} from`, file, work);
}
