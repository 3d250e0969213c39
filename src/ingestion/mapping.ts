/** How the columns of a file become the fields of a kind: a preset's tables, or a mapping file given with `--map`. */
import { z } from "zod";
import { CartwrightError } from "../errors.ts";
import { type Field, type Kind, type KindName, kindNames, kinds } from "./kinds.ts";

const sourceSchema = z.union([
  z.string(),
  z.strictObject({
    column: z.string().optional().describe("Column of the file"),
    columns: z.array(z.string()).min(2).optional().describe("Columns whose values are joined with a dash"),
    value: z.string().optional().describe("The same value for every row"),
    values: z.record(z.string(), z.string()).optional().describe("What each value of the column means"),
    prefix: z.string().optional().describe("Text put before each value"),
  }),
]);

export const mappingSchema = z.strictObject({
  kind: z.enum(kindNames as [KindName, ...KindName[]]),
  columns: z.record(z.string(), sourceSchema).describe("Field of the kind -> column of the file"),
  delimiter: z.enum([",", ";", "\t", "|"]).optional(),
  encoding: z.string().optional().describe("Encoding, such as windows-1252; recognised when not given"),
  decimal: z.enum([".", ","]).optional().describe("Decimal separator; recognised when not given"),
  ignore: z.array(z.string()).optional().describe("Columns of folder names that no field takes and that are not kept"),
  omit: z.array(z.string()).optional().describe("Columns of the file that no field takes and that are not kept"),
  date_order: z.enum(["ymd", "dmy", "mdy"]).optional().describe("Order of day, month, year; recognised when not given"),
});
export type Mapping = z.infer<typeof mappingSchema>;

/** Where one field's value comes from. */
export interface FieldSource {
  readonly name: string;
  readonly field: Field;
  /** Positions of the columns in the file from 0, joined with a dash when several; none for a constant. */
  readonly positions: readonly number[];
  readonly column: string;
  readonly constant: string | null;
  /** Lower-cased value of the file -> value of the field. */
  readonly values: ReadonlyMap<string, string> | null;
  readonly prefix: string;
}

/** A mapping matched with a file's header. */
export interface ResolvedMapping {
  readonly kind: Kind;
  readonly preset: string;
  readonly header: readonly string[];
  readonly sources: readonly FieldSource[];
  /** Values of the last columns of the header, which stand in the names of folders and not in the rows. */
  readonly pathValues: readonly string[];
  /** Columns no field takes. */
  readonly unmapped: readonly { readonly column: string; readonly position: number }[];
}

/** A column's name as names are compared. */
export const fold = (name: string): string => name.trim().toLowerCase();

/** The mapping that a resolved one came from, for changing it: only what the file has. */
export function mappingOf({ kind, header, sources }: ResolvedMapping): Mapping {
  const columns = sources.map(({ name, positions, constant, values, prefix }) => {
    const [column = "", ...others] = positions.map((position) => header[position] ?? "");
    const from =
      constant !== null ? { value: constant } : others.length > 0 ? { columns: [column, ...others] } : { column };
    const further = { ...(values ? { values: Object.fromEntries(values) } : {}), ...(prefix === "" ? {} : { prefix }) };
    return [name, "column" in from && Object.keys(further).length === 0 ? column : { ...from, ...further }];
  });
  return { kind: kind.name, columns: Object.fromEntries(columns) };
}

/** Matches a mapping with a header; column names are compared without regard to case and outer spaces. */
export function resolveMapping(
  mapping: Mapping,
  header: readonly string[],
  preset: string,
  pathValues: readonly string[] = [],
): ResolvedMapping {
  const kind = kinds[mapping.kind];
  const positions = new Map(header.map((column, position) => [fold(column), position]));
  const sources: FieldSource[] = [];
  for (const [name, given] of Object.entries(mapping.columns)) {
    const field = kind.fields[name];
    if (!field) {
      const known = Object.keys(kind.fields).join(", ");
      throw new CartwrightError("mapping_invalid", `"${name}" is not a field of ${kind.name}; fields: ${known}`);
    }
    const source = typeof given === "string" ? { column: given } : given;
    const columns = source.value === undefined ? (source.columns ?? [source.column ?? ""]) : [];
    const found = columns.flatMap((column) => positions.get(fold(column)) ?? []);
    const column = columns.join(" + ");
    if (found.length < columns.length) {
      if (!field.isRequired) continue;
      throw new CartwrightError(
        "mapping_invalid",
        `the file has no column "${column}" for ${kind.name}.${name}; columns: ${header.join(", ")}`,
      );
    }
    sources.push({
      name,
      field,
      positions: found,
      column,
      constant: source.value ?? null,
      values: source.values ? new Map(Object.entries(source.values).map(([from, to]) => [fold(from), to])) : null,
      prefix: source.prefix ?? "",
    });
  }
  const missing = Object.entries(kind.fields).find(
    ([name, field]) => field.isRequired && !sources.some((source) => source.name === name),
  );
  if (missing)
    throw new CartwrightError(
      "mapping_invalid",
      `the mapping gives no column for the required field ${kind.name}.${missing[0]}`,
    );
  const taken = new Set(sources.flatMap((source) => source.positions));
  const unmapped = header
    .map((column, position) => ({ column, position }))
    .filter(({ position }) => !taken.has(position))
    .filter(
      ({ column, position }) =>
        !(position < header.length - pathValues.length ? mapping.omit : mapping.ignore)?.includes(fold(column)),
    );
  return { kind, preset, header, sources, pathValues, unmapped };
}
