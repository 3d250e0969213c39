import type { Mapping } from "../ingestion/mapping.ts";

/** One file of a source system, recognised by the columns it must have. */
export interface PresetTable {
  readonly requires: readonly string[];
  readonly mapping: Mapping;
}

/** How the files of one source system are understood. */
export interface Preset {
  readonly name: string;
  readonly title: string;
  readonly tables: readonly PresetTable[];
}
