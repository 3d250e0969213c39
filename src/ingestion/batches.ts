/** The journal of imports. Each change of state is a new version of the batch's row; the last one counts. */
import { CartwrightError } from "../errors.ts";
import { landings } from "../warehouse/landing.ts";
import { settled } from "../warehouse/replace.ts";
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

async function readBatches(
  warehouse: Warehouse,
  condition: string,
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Batch[]> {
  const sql = `select * from ops_batches final where ${condition} order by batch_key`;
  return (await warehouse.query(sql, { bindings })).map(toBatch);
}

/** The batches of a condition on other columns than the number; their numbers are found first, so that only those are read whole. */
const batchesWhere = async (
  warehouse: Warehouse,
  condition: string,
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<Batch[]> =>
  await readBatches(warehouse, `batch_key in (select batch_key from ops_batches final where ${condition})`, bindings);

/** All batches, oldest first; a shop that collects has thousands a day, so ask for those you need. */
export const listBatches = async (warehouse: Warehouse): Promise<Batch[]> => await readBatches(warehouse, "true");

export const batchesOf = async (warehouse: Warehouse, keys: readonly number[]): Promise<Batch[]> =>
  await readBatches(warehouse, "batch_key in {keys:Array(UInt32)}", { keys });

/** Those that sessions, orders and rollups do not follow yet. */
export const unbuiltBatches = async (warehouse: Warehouse): Promise<Batch[]> =>
  await batchesWhere(warehouse, "not is_built");

/** Those that a process left half done. */
export const interruptedBatches = async (warehouse: Warehouse): Promise<Batch[]> =>
  await batchesWhere(warehouse, "state in ('loading', 'attaching', 'undoing')");

/** Those that count, of files of this size in bytes. */
export const liveOfSize = async (warehouse: Warehouse, bytes: number): Promise<Batch[]> =>
  await batchesWhere(warehouse, "state = 'loaded' and file_bytes = {bytes:UInt64}", { bytes });

/** Those that count and whose source is `name`, or ends in it as the name of a file. */
export const liveNamed = async (warehouse: Warehouse, name: string): Promise<Batch[]> =>
  await batchesWhere(
    warehouse,
    "state = 'loaded' and (source = {name:String} or endsWith(source, concat('/', {name:String})))",
    { name },
  );

/** Those that count and hold the rows of further kinds of the batch's own file. */
export const livePartsOf = async (warehouse: Warehouse, { source, digest }: Batch): Promise<Batch[]> =>
  await batchesWhere(
    warehouse,
    "state = 'loaded' and digest = {digest:String} and startsWith(source, concat({source:String}, '#'))",
    { source, digest },
  );

/** The number of the next batch. */
export async function nextBatchKey(warehouse: Warehouse): Promise<number> {
  const row = await warehouse.queryOne("select max(batch_key) as last_key from ops_batches");
  return Number(row.last_key) + 1;
}

/** @throws batch_unknown */
export async function findBatch(warehouse: Warehouse, key: number): Promise<Batch> {
  const [batch] = await batchesOf(warehouse, [key]);
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
  for (const table of [landing.keptIn, ...(landing.beside ?? [])]) {
    await warehouse.command(`delete from ${table} where batch_key = {batch_key:UInt32}`, {
      bindings: { batch_key: batch.batch_key },
      settings: settled,
    });
  }
}
