/** The journal of imports. Each change of state is a new version of the batch's row; the last one counts. */
import { CartwrightError } from "../errors.ts";
import { landings } from "../warehouse/landing.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";

export type BatchState =
  | "loading"
  | "attaching"
  | "loaded"
  | "duplicate"
  | "undoing"
  | "undone"
  | "replaced"
  | "failed";

export interface Batch {
  readonly batch_key: number;
  readonly version: number;
  readonly state: BatchState;
  readonly source: string;
  readonly path: string;
  readonly digest: string;
  readonly file_bytes: number;
  readonly preset: string;
  readonly kind: string;
  /** Header record of the file; empty where rows need none. */
  readonly header: string;
  readonly read_rows: number;
  readonly loaded_rows: number;
  readonly duplicate_rows: number;
  readonly rejected_rows: number;
  /** Rows passed over by `--keep`; not among those read. */
  readonly filtered_rows: number;
  readonly first_on: string | null;
  readonly last_on: string | null;
  readonly is_built: boolean;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly message: string;
}

function toBatch(row: Row): Batch {
  const text = (name: string): string => String(row[name]);
  const nullable = (name: string): string | null => (row[name] === null ? null : text(name));
  return {
    batch_key: Number(row.batch_key),
    version: Number(row.version),
    state: text("state") as BatchState,
    source: text("source"),
    path: text("path"),
    digest: text("digest"),
    file_bytes: Number(row.file_bytes),
    preset: text("preset"),
    kind: text("kind"),
    header: text("header"),
    read_rows: Number(row.read_rows),
    loaded_rows: Number(row.loaded_rows),
    duplicate_rows: Number(row.duplicate_rows),
    rejected_rows: Number(row.rejected_rows),
    filtered_rows: Number(row.filtered_rows),
    first_on: nullable("first_on"),
    last_on: nullable("last_on"),
    is_built: row.is_built === true,
    started_at: text("started_at"),
    finished_at: nullable("finished_at"),
    message: text("message"),
  };
}

/** All batches, oldest first. */
export async function listBatches(warehouse: Warehouse): Promise<Batch[]> {
  return (await warehouse.query("select * from ops_batches final order by batch_key")).map(toBatch);
}

export async function findBatch(warehouse: Warehouse, key: number): Promise<Batch> {
  const batch = (await listBatches(warehouse)).find((one) => one.batch_key === key);
  if (!batch) throw new CartwrightError("batch_unknown", `there is no batch ${key}`, { batch: key });
  return batch;
}

/** Writes the next version of some batches in one insert: they change together or not at all. */
export async function writeBatches(warehouse: Warehouse, batches: readonly Batch[]): Promise<Batch[]> {
  const next = batches.map((batch) => ({ ...batch, version: batch.version + 1 }));
  await warehouse.insertRows("ops_batches", next);
  return next;
}

/** Changes one batch and returns its new version. */
export async function changeBatch(warehouse: Warehouse, batch: Batch, change: Partial<Batch>): Promise<Batch> {
  const [next] = await writeBatches(warehouse, [{ ...batch, ...change }]);
  if (!next) throw new CartwrightError("internal", "a batch was not written");
  return next;
}

/** Removes every row a batch brought. Rows derived from it follow with the next build. */
export async function deleteRows(warehouse: Warehouse, batch: Batch): Promise<void> {
  const landing = landings[batch.kind];
  if (!landing) return;
  for (const table of [landing.keptIn, ...(landing.seesProducts ? ["stg_product_sightings"] : [])]) {
    await warehouse.command(`delete from ${table} where batch_key = {batch_key:UInt32}`, {
      bindings: { batch_key: batch.batch_key },
      settings: { mutations_sync: "2", lightweight_deletes_sync: "2" },
    });
  }
}
