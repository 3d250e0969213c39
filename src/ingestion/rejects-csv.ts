/** The refused rows of a batch as a file that can be corrected and imported again. */
import { CartwrightError } from "../errors.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { findBatch } from "./batches.ts";

/**
 * The header of the batch's file and below it each refused row as it stood, in the file's own delimiter (a row of JSON
 * Lines needs no header). Rows longer than 100,000 characters were cut when they were refused.
 */
export async function rejectsCsv(warehouse: Warehouse, batchKey: number): Promise<string> {
  const batch = await findBatch(warehouse, batchKey);
  const rows = await warehouse.query(
    "select raw from ops_rejects where batch_key = {batch_key:UInt32} order by source_row",
    { bindings: { batch_key: batchKey } },
  );
  if (rows.length === 0 && batch.rejected_rows > 0) {
    throw new CartwrightError("batch_unknown", `the refused rows of batch ${batchKey} are no longer kept`);
  }
  const lines = rows.map((row) => String(row.raw));
  return [...(batch.header === "" ? [] : [batch.header]), ...lines].map((line) => `${line}\n`).join("");
}
