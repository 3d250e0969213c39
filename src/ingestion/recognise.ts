/** What a delimited file is: its delimiter, header, styles of numbers and dates, and the preset its columns fit. */
import { CartwrightError } from "../errors.ts";
import type { Preset } from "../sources/preset.ts";
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
  const columns = new Set(header.map((column) => column.trim().toLowerCase()));
  const candidates = wanted.preset === undefined ? presets : presets.filter((preset) => preset.name === wanted.preset);
  if (candidates.length === 0) throw unknown(path, header, `there is no preset "${wanted.preset}"`);
  for (const preset of candidates) {
    const table = tableOf(preset, columns);
    if (table) return { mapping: table.mapping, preset: preset.name };
  }
  throw unknown(
    path,
    header,
    wanted.preset === undefined ? "no preset fits" : `the preset ${wanted.preset} does not fit`,
  );
}

function tableOf(preset: Preset, columns: ReadonlySet<string>) {
  return preset.tables.find((table) => table.requires.every((column) => columns.has(column.toLowerCase())));
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
  const amounts = valuesOf(table, mapping, ["money", "number"]);
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
