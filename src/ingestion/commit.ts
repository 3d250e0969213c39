/**
 * From a loaded file to counted rows. Events wait in a load table of the same shape and are attached month by month; every
 * step is recorded first and may be repeated, so that an import killed at any moment is finished, or taken back, by the next.
 */
import type { Clock } from "../clock.ts";
import { isoNow } from "../clock.ts";
import { settled } from "../warehouse/replace.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import {
  type Batch,
  batchesOf,
  changeBatch,
  deleteRows,
  interruptedBatches,
  unbuiltBatches,
  writeBatches,
} from "./batches.ts";

interface Identity {
  /** Where the batch's rows are before they count. */
  readonly arriving: string;
  /** Where rows that count are. */
  readonly counted: string;
  readonly held: string;
  /** What makes a row the same row. */
  readonly id: string;
  readonly hasId: string;
}

const identities: Readonly<Record<string, Identity>> = {
  events: {
    arriving: "load_events",
    counted: "fct_events",
    held: "held_events",
    id: "event_id",
    hasId: "event_id != ''",
  },
  order_lines: {
    arriving: "stg_order_lines",
    counted: "stg_order_lines",
    held: "held_order_lines",
    id: "(order_key, line_id)",
    hasId: "line_id != ''",
  },
};

/**
 * Sets aside rows whose id is known already, or stands earlier in the same file; returns how many.
 *
 * @param idsAreNew whether no counted row has one of the ids; the cost is then that of the file and not that of the history
 */
export async function setAsideDuplicates(
  warehouse: Warehouse,
  batch: Batch,
  replacedKey: number,
  idsAreNew = false,
): Promise<number> {
  const identity = identities[batch.kind];
  if (!identity) return 0;
  const { arriving, counted, held, id, hasId } = identity;
  const bindings = { batch_key: batch.batch_key, replaced_key: replacedKey };
  const isCounted = `${id} in (
        select ${id} from ${counted}
        where ${hasId} and batch_key not in ({batch_key:UInt32}, {replaced_key:UInt32}) and batch_key in live_batches
          and ${id} in (select ${id} from ${arriving} where batch_key = {batch_key:UInt32} and ${hasId})
      )`;
  const repeated = `
    batch_key = {batch_key:UInt32} and ${hasId} and (
      ${idsAreNew ? "false" : isCounted}
      or (${id}, source_row) not in (
        select ${id}, min(source_row) from ${arriving} where batch_key = {batch_key:UInt32} and ${hasId} group by ${id}
      )
    )`;
  const found = await warehouse.queryOne(`select count() as row_count from ${arriving} where ${repeated}`, {
    bindings,
  });
  const count = Number(found.row_count);
  if (count === 0) return 0;
  await warehouse.command(`insert into ${held} select * from ${arriving} where ${repeated}`, { bindings });
  await warehouse.command(
    `delete from ${arriving} where batch_key = {batch_key:UInt32} and source_row in (
       select source_row from ${held} where batch_key = {batch_key:UInt32})`,
    { bindings, settings: settled },
  );
  return count;
}

/**
 * Rows set aside because of ids that no counted row has any more count again, the oldest first; their batches say so.
 * Every step may be repeated: rows go over first, then the batches are counted anew, then the rows leave the set-aside table.
 */
async function restoreHeld(warehouse: Warehouse, kind: string, joiningKey: number): Promise<void> {
  const identity = identities[kind];
  if (!identity) return;
  const { counted, held, id, hasId } = identity;
  const bindings = { joining_key: joiningKey };
  const isLive = "(batch_key in live_batches or batch_key = {joining_key:UInt32})";
  await warehouse.command(
    `insert into ${counted} select * from ${held}
     where ${isLive}
       and ${id} not in (select ${id} from ${counted} where ${hasId} and ${isLive} and ${id} in (select ${id} from ${held}))
       and (${id}, batch_key, source_row) in (
         select first_id, first.1, first.2 from (
           select ${id} as first_id, min((batch_key, source_row)) as first from ${held} where ${isLive} group by first_id
         )
       )`,
    { bindings, settings: { max_partitions_per_insert_block: 0 } },
  );
  const waiting = await warehouse.query(`select distinct batch_key from ${held}`);
  // Batches by their numbers: a delete whose condition reads its own table may never end.
  const isBack = `(batch_key, source_row) in (
    select batch_key, source_row from ${counted} where ${hasId} and batch_key in {waiting:Array(UInt32)})`;
  const ofWaiting = { waiting: waiting.map((row) => Number(row.batch_key)) };
  const back = await warehouse.query(`select distinct batch_key from ${held} where ${isBack}`, { bindings: ofWaiting });
  if (back.length === 0) return;
  const keys = back.map((row) => Number(row.batch_key));
  const counts = await warehouse.query(
    `select batch_key, count() as row_count from ${counted} where batch_key in {keys:Array(UInt32)} ${kind === "events" ? "and not is_derived" : ""} group by batch_key`,
    { bindings: { keys } },
  );
  const rowsOf = new Map(counts.map((row) => [Number(row.batch_key), Number(row.row_count)]));
  const changed = (await batchesOf(warehouse, [...rowsOf.keys()])).flatMap((batch) => {
    const rows = rowsOf.get(batch.batch_key);
    if (rows === undefined) return [];
    const duplicates = batch.read_rows - batch.rejected_rows - rows;
    return [{ ...batch, loaded_rows: rows, duplicate_rows: duplicates, is_built: false }];
  });
  await writeBatches(warehouse, changed);
  await warehouse.command(`delete from ${held} where ${isBack}`, { bindings: ofWaiting, settings: settled });
}

/** Removes a batch's rows for good, those set aside too. */
async function removeRows(warehouse: Warehouse, batch: Batch): Promise<void> {
  await deleteRows(warehouse, batch);
  const held = identities[batch.kind]?.held;
  if (held === undefined) return;
  await warehouse.command(`delete from ${held} where batch_key = {batch_key:UInt32}`, {
    bindings: { batch_key: batch.batch_key },
    settings: settled,
  });
}

const ended = (clock: Clock, state: "undone" | "replaced") => ({
  state,
  is_built: false,
  finished_at: isoNow(clock),
});

/** Takes a loaded batch back; the caller builds afterwards. */
export async function undoBatch(warehouse: Warehouse, clock: Clock, batch: Batch): Promise<Batch> {
  return await finishUndo(warehouse, clock, await changeBatch(warehouse, batch, { state: "undoing" }));
}

async function finishUndo(warehouse: Warehouse, clock: Clock, batch: Batch): Promise<Batch> {
  await removeRows(warehouse, batch);
  await restoreHeld(warehouse, batch.kind, 0);
  return await changeBatch(warehouse, batch, ended(clock, "undone"));
}

/** Takes back the batch whose place another one has, where that other one is counted already. */
export async function retireBatch(warehouse: Warehouse, clock: Clock, batch: Batch): Promise<void> {
  await removeRows(warehouse, batch);
  await restoreHeld(warehouse, batch.kind, 0);
  await changeBatch(warehouse, batch, ended(clock, "replaced"));
}

/** Makes a completely loaded batch count, in place of the one it replaces. */
export async function commitBatch(
  warehouse: Warehouse,
  clock: Clock,
  batch: Batch,
  replaced: Batch | null,
): Promise<Batch> {
  const attaching = await changeBatch(warehouse, batch, {
    state: "attaching",
    message: replaced ? `replaces batch ${replaced.batch_key}` : "",
  });
  return await finishCommit(warehouse, clock, attaching, replaced);
}

async function finishCommit(warehouse: Warehouse, clock: Clock, batch: Batch, replaced: Batch | null): Promise<Batch> {
  if (replaced && replaced.state !== "replaced") {
    await removeRows(warehouse, replaced);
    await changeBatch(warehouse, replaced, ended(clock, "replaced"));
  }
  if (batch.kind === "events") await attachEvents(warehouse, batch);
  // Only now: an id that both the old and the new content hold must not come back from a third batch.
  if (replaced) await restoreHeld(warehouse, replaced.kind, batch.batch_key);
  const loaded = await changeBatch(warehouse, batch, { state: "loaded", finished_at: isoNow(clock) });
  await warehouse.command("truncate table load_events");
  return loaded;
}

/** Attaches each month once. A month that an ended process left half attached (several parts) is taken back first. */
async function attachEvents(warehouse: Warehouse, batch: Batch): Promise<void> {
  const bindings = { batch_key: batch.batch_key };
  const rowsIn = async (table: string): Promise<Map<string, string>> => {
    const rows = await warehouse.query(
      `select _partition_id as id, toString(count()) as row_count from ${table}
       where batch_key = {batch_key:UInt32} and not is_derived group by id order by id`,
      { bindings },
    );
    return new Map(rows.map((row) => [String(row.id), String(row.row_count)]));
  };
  const attached = await rowsIn("fct_events");
  for (const [id, rowCount] of await rowsIn("load_events")) {
    if (attached.get(id) === rowCount) continue;
    if (attached.has(id)) {
      await warehouse.command(
        "delete from fct_events where batch_key = {batch_key:UInt32} and _partition_id = {id:String}",
        { bindings: { ...bindings, id }, settings: settled },
      );
    }
    await warehouse.command("alter table fct_events attach partition id {id:String} from load_events", {
      bindings: { id },
    });
  }
}

/** Finishes or takes back whatever an earlier process left half done. Returns true when a build is owed. */
export async function recover(warehouse: Warehouse, clock: Clock): Promise<boolean> {
  // A delete that a killed engine had begun goes on after its restart, beside or before ours; every one is issued again below.
  await warehouse.command("kill mutation where database = currentDatabase() and not is_done sync");
  for (const batch of await interruptedBatches(warehouse)) {
    if (batch.state === "loading") {
      await deleteRows(warehouse, batch);
      for (const table of ["held_events", "held_order_lines", "ops_rejects"]) {
        await warehouse.command(`delete from ${table} where batch_key = {batch_key:UInt32}`, {
          bindings: { batch_key: batch.batch_key },
          settings: settled,
        });
      }
      await warehouse.command("truncate table load_events");
      await changeBatch(warehouse, batch, {
        state: "failed",
        is_built: true,
        finished_at: isoNow(clock),
        message: "interrupted; nothing of it was kept",
      });
    } else if (batch.state === "attaching") {
      const key = Number(/^replaces batch (\d+)/.exec(batch.message)?.[1] ?? 0);
      const [replaced] = await batchesOf(warehouse, [key]);
      await finishCommit(warehouse, clock, batch, replaced ?? null);
    } else if (batch.state === "undoing") {
      await finishUndo(warehouse, clock, batch);
    }
  }
  return (await unbuiltBatches(warehouse)).length > 0;
}
