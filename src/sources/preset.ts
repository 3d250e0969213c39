import type { KindName } from "../ingestion/kinds.ts";
import type { Mapping } from "../ingestion/mapping.ts";

/** One file of a source system, recognised by the columns it must have. */
export interface PresetTable {
  readonly requires: readonly string[];
  /** How its rows become rows of a kind; for a shaped table, how the rows that `shape` makes do. */
  readonly mapping: Mapping;
  /** Makes rows of the file's records where a record is not yet a row. */
  readonly shape?: Shape;
}

/** A record of a file by its columns: texts of a delimited file under their names in lower case, members of a JSON object. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** A row made of records. */
export interface ShapedRow {
  readonly kind: KindName;
  /** Which of the records it is made of, from 0; names the line it is refused with. */
  readonly record: number;
  /** By the columns that the mapping of its kind names. */
  readonly values: Readonly<Record<string, string>>;
  /** Values that go where unmapped columns go. */
  readonly further?: Readonly<Record<string, string>>;
}

/** A record of which no row is made, with the reason. */
export interface RefusedRecord {
  readonly record: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** How the records of a file become rows of one kind or several. */
export interface Shape {
  /** Records are handed over one by one, all of a file at once, or those that follow each other with the same value in a column. */
  readonly by: "record" | "file" | { readonly column: string };
  /** Mappings of the further kinds that its rows are of. */
  readonly also: readonly Mapping[];
  /** @returns rows and refusals in the order of the records; an empty list passes the records over */
  readonly rows: (records: readonly SourceRecord[]) => readonly (ShapedRow | RefusedRecord)[];
}

/** How the files of one source system are understood. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly tables: readonly PresetTable[];
}

/** Fields that are read from columns of their own names. */
export const same = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));
