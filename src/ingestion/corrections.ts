/** Refused rows put right before they are loaded: values of columns, or the row written anew. */
import { CartwrightError } from "../errors.ts";
import { fold } from "./mapping.ts";
import type { OpenedFile } from "./open-file.ts";
import { longestRaw, type Reject, type SourceRow } from "./rows.ts";

/** `values` by column of the file; `raw` a whole row in the form of `rejects` files, for one that could not be taken apart. */
export type Correction = { readonly values: Readonly<Record<string, string>> } | { readonly raw: string };

/** By the row's number in the file. */
export type Corrections = ReadonlyMap<number, Correction>;

/**
 * A refused row as it was corrected.
 *
 * @throws mapping_invalid when the file has no such column, or the row cannot be taken apart
 */
export function correctedRow(file: OpenedFile, refused: Reject, correction: Correction): SourceRow {
  const { source_row: row, line } = refused;
  if ("raw" in correction) return { row, line, raw: correction.raw, ...partsOf(file, correction.raw) };
  if (refused.raw.length >= longestRaw)
    throw new CartwrightError("mapping_invalid", `row ${row} is too long to be corrected here`);
  const { fields, ...rest } = partsOf(file, refused.raw);
  const header = ownHeader(file).map(fold);
  const changed = [...fields];
  for (const [column, value] of Object.entries(correction.values)) {
    const at = header.indexOf(fold(column));
    if (at === -1) throw new CartwrightError("mapping_invalid", `the file has no column "${column}"`);
    changed[at] = value;
  }
  return { row, line, raw: refused.raw, ...rest, fields: changed };
}

/** The columns that stand in the rows themselves. */
export const ownHeader = ({ mapping }: OpenedFile): readonly string[] =>
  mapping.header.slice(0, mapping.header.length - mapping.pathValues.length);

function partsOf(file: OpenedFile, raw: string): Pick<SourceRow, "fields" | "further"> {
  const parts = file.takeApart(raw);
  if ("reason" in parts) throw new CartwrightError("mapping_invalid", `the row ${parts.reason}`);
  return parts;
}

/** Corrects each row once: one that is refused again stays refused. */
export function correctorOf(file: OpenedFile, corrections: Corrections): (refused: Reject) => SourceRow | null {
  const waiting = new Map(corrections);
  return (refused) => {
    const correction = waiting.get(refused.source_row);
    if (!correction) return null;
    waiting.delete(refused.source_row);
    return correctedRow(file, refused, correction);
  };
}
