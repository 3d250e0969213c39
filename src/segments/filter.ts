/** Saved segments as a filter of analyses. */
import type { Warehouse } from "../warehouse/warehouse.ts";
import { type CompiledSegment, compileSegment } from "./compile.ts";
import { findSegments } from "./journal.ts";

/** The customers of any of the segments named, as an analysis's scopes read them. @throws segment_unknown */
export async function segmentFilter(
  warehouse: Warehouse,
  names: readonly string[],
  asOf: string,
): Promise<CompiledSegment | null> {
  if (names.length === 0) return null;
  const segments = await findSegments(warehouse, names);
  return compileSegment(
    segments.map(({ definition }) => definition.rule),
    asOf,
  );
}
