/** What a delimited file is: its delimiter, header, styles of numbers and dates, and the preset its columns fit. */
import { CartwrightError } from "../errors.ts";
import type { PresetTable, Shape } from "../sources/preset.ts";
import { presets } from "../sources/presets.ts";
import { type InstantForm, instantFormOf } from "./instant-forms.ts";
import type { Mapping, ResolvedMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import { parseRecord } from "./records.ts";

export interface Table {
  readonly header: readonly string[];
  /** The first rows, for recognising styles. */
  readonly samples: readonly (readonly string[])[];
}

const delimiters = [",", ";", "\t", "|"];

/** The delimiter that splits the header into the most columns. */
export function delimiterOf(headerLine: string): string {
  const counts = delimiters.map((delimiter) => {
    const parsed = parseRecord(headerLine, delimiter);
    return { delimiter, columns: parsed.isValid ? parsed.fields.length : 0 };
  });
  return counts.reduce((best, one) => (one.columns > best.columns ? one : best)).delimiter;
}

/** The mapping for a header: the one given, the preset named, or the first preset whose columns are all there. */
export function chooseMapping(
  header: readonly string[],
  wanted: { preset?: string; mapping?: Mapping },
  path: string,
): { readonly mapping: Mapping; readonly preset: string } {
  if (wanted.mapping) return { mapping: wanted.mapping, preset: "map" };
  if (wanted.preset !== undefined && !presets.some((preset) => preset.name === wanted.preset))
    throw unknown(path, header, `there is no preset "${wanted.preset}"`);
  const found = findTable(header, wanted.preset);
  if (found && !found.table.shape) return { mapping: found.table.mapping, preset: found.preset.name };
  throw unknown(
    path,
    header,
    wanted.preset === undefined ? "no preset fits" : `the preset ${wanted.preset} does not fit`,
  );
}

/** The first table of a preset whose columns are all there; undefined when none fits. */
function findTable(header: readonly string[], wanted: string | undefined) {
  const columns = new Set(header.map((column) => column.trim().toLowerCase()));
  const candidates = wanted === undefined ? presets : presets.filter((preset) => preset.name === wanted);
  for (const preset of candidates) {
    const table = preset.tables.find(({ requires }) => requires.every((column) => columns.has(column.toLowerCase())));
    if (table) return { preset, table };
  }
  return undefined;
}

export interface ShapedTable {
  readonly preset: string;
  readonly table: PresetTable & { readonly shape: Shape };
}

/** The table of a preset that makes rows of the records of a file with this header; null when the records are rows. */
export function findShaped(
  header: readonly string[],
  wanted: { preset?: string; mapping?: Mapping },
): ShapedTable | null {
  const found = wanted.mapping ? undefined : findTable(header, wanted.preset);
  if (!found?.table.shape) return null;
  return { preset: found.preset.name, table: { ...found.table, shape: found.table.shape } };
}

function unknown(path: string, header: readonly string[], why: string): CartwrightError {
  return new CartwrightError("format_unknown", `${path}: ${why}; its columns are ${header.join(", ")}`, {
    presets: presets.map((preset) => preset.name).join(", "),
  });
}

/** The values that stand in the first rows for fields of some types; empty ones left out. */
export function valuesOf(table: Table, mapping: ResolvedMapping, types: readonly string[]): string[] {
  const positions = mapping.sources
    .filter((source) => types.includes(source.field.type))
    .flatMap((source) => source.positions);
  return table.samples
    .flatMap((row) => positions.map((position) => row[position] ?? ""))
    .filter((value) => value !== "");
}

/** How the file writes numbers and dates: as told, else as its first rows show. */
export function styleOf(table: Table, mapping: ResolvedMapping, told: Partial<FileStyle>): FileStyle {
  const amounts = valuesOf(table, mapping, ["money", "number", "rate"]);
  const hasDecimalComma = amounts.some((value) => /^[^.]*,\d{1,2}$|\.\d{3},\d+$/.test(value.trim()));
  const hasDecimalPoint = amounts.some((value) => /^[^,]*\.\d{1,2}$|,\d{3}\.\d+$/.test(value.trim()));
  const dates = valuesOf(table, mapping, ["instant", "day"]).map((value) =>
    /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}/.exec(value),
  );
  const hasFirstAbove12 = dates.some((match) => Number(match?.[1] ?? 0) > 12);
  const hasSecondAbove12 = dates.some((match) => Number(match?.[2] ?? 0) > 12);
  if (dates.some((match) => match) && hasFirstAbove12 && hasSecondAbove12 && told.dateOrder === undefined) {
    throw new CartwrightError(
      "mapping_invalid",
      "some dates are day first and some month first; say which with --date-order dmy or mdy",
    );
  }
  return {
    decimal: told.decimal ?? (hasDecimalComma && !hasDecimalPoint ? "," : "."),
    dateOrder: told.dateOrder ?? (hasSecondAbove12 ? "mdy" : dates.some((match) => match) ? "dmy" : "ymd"),
  };
}

/** The forms of the file's instants when the engine itself can read every one of them; null when it cannot. */
export function instantFormsOf(table: Table, mapping: ResolvedMapping): ReadonlyMap<string, InstantForm> | null {
  const forms = new Map<string, InstantForm>();
  for (const source of mapping.sources.filter((one) => one.field.type === "instant")) {
    const position = source.positions[0];
    const samples = position === undefined ? [source.constant ?? ""] : table.samples.map((row) => row[position] ?? "");
    const form = instantFormOf(samples);
    if (form === null || source.positions.length > 1) return null;
    forms.set(source.name, form);
  }
  return forms;
}
