/**
 * The step of an analysis that SQL cannot take: a pure function from the rows of its SQL to the rows it answers with. Route,
 * command, export and explanation all run it, because it is part of the one declaration.
 */
import type { Columns, RowOf } from "./column.ts";

type Row = Readonly<Record<string, unknown>>;

/** A derivation as the runner sees it; `derivation` makes one from typed parts. */
export interface Derivation<V> {
  /** The columns of the rows that the SQL gives. */
  readonly from: Columns;
  /** What is computed, in the reader's words: shown beside the SQL wherever it is explained. */
  readonly meaning: string;
  /** Rows of the analysis, with the declared columns; reads no clock and no chance. */
  readonly rows: (rows: readonly Row[], values: V) => readonly Row[];
}

/** Declares a derivation: the rows it reads have the type of the columns it reads them from. */
export function derivation<const I extends Columns, V>(parts: {
  readonly from: I;
  readonly meaning: string;
  readonly rows: (rows: readonly RowOf<I>[], values: V) => readonly Row[];
}): Derivation<V> {
  // The runner decodes each row by `from` before it hands it over, so the rows have this type.
  return { ...parts, rows: (rows, values) => parts.rows(rows as readonly RowOf<I>[], values) };
}
