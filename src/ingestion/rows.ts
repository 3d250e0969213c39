/** Rows read in Node: normalised field by field, refused with a reason, written out in the engine's tab-separated form. */
import type { FieldSource, ResolvedMapping } from "./mapping.ts";
import { type FileStyle, normalise } from "./normalise.ts";

/** One row of any file, as texts in the order of the header. */
export interface SourceRow {
  readonly row: number;
  readonly line: number;
  readonly fields: readonly string[];
  /** The row as it stands in the file. */
  readonly raw: string;
  /** Values of columns that the header does not have (JSON Lines only); they go where unmapped columns go. */
  readonly further?: Readonly<Record<string, string>>;
}

/** The values of a row, or why it has none. */
export type RowParts = Pick<SourceRow, "fields" | "further"> | { readonly reason: string };

/** A refused row, as `ops_rejects` keeps it. */
export interface Reject {
  readonly source_row: number;
  readonly line: number;
  readonly column_name: string;
  readonly value: string;
  readonly reason: string;
  readonly raw: string;
}

const longestValue = 1000;
/** Rows are kept up to here; a longer one is kept cut. */
export const longestRaw = 100_000;

/** A reject of a row, or of one column of it; texts are cut to what is stored. */
export function reject(row: Pick<SourceRow, "row" | "line" | "raw">, reason: string, column = "", value = ""): Reject {
  return {
    source_row: row.row,
    line: row.line,
    column_name: column,
    value: value.slice(0, longestValue),
    reason,
    raw: row.raw.slice(0, longestRaw),
  };
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0" };
const unescapes: Readonly<Record<string, string>> = { "\\": "\\", t: "\t", n: "\n", r: "\r", "0": "\0" };
const escapeTsv = (text: string): string =>
  /[\\\t\n\r\0]/.test(text) ? text.replace(/[\\\t\n\r\0]/g, (char) => escapes[char] ?? char) : text;

/** A cell of a rewritten row as it was before. */
export const unescapeTsv = (text: string): string =>
  text.replace(/\\([\\tnr0])/g, (_, char: string) => unescapes[char] ?? char);

/** What stands in a field's columns; several are the parts of one value. */
function textAt({ positions }: FieldSource, fields: readonly string[]): string {
  const [only] = positions;
  if (positions.length === 1 && only !== undefined) return fields[only] ?? "";
  return positions.map((position) => fields[position] ?? "").join("-");
}

function readField(source: FieldSource, shown: string): string {
  const given = source.constant ?? shown;
  const meant = source.values
    ? (source.values.get(given.toLowerCase()) ?? (source.field.type === "choice" ? "" : given))
    : given;
  return meant !== "" && source.prefix ? source.prefix + meant : meant;
}

const rangeOf: Readonly<Record<string, { least: number; most: number }>> = {
  "customers.age": { least: 0, most: 150 },
  "reviews.rating": { least: 1, most: 5 },
  "product_costs.cost": { least: 0, most: 9e10 },
};

/** The row in the engine's form, or why it is refused. */
export function rewriteRow(mapping: ResolvedMapping, row: SourceRow, style: FileStyle): string | Reject {
  const expected = mapping.header.length - mapping.pathValues.length;
  if (row.fields.length !== expected) {
    return reject(row, `has ${row.fields.length} columns, and the header has ${expected}`);
  }
  const fields = mapping.pathValues.length === 0 ? row.fields : [...row.fields, ...mapping.pathValues];
  const texts: string[] = [String(row.row)];
  for (const source of mapping.sources) {
    const shown = textAt(source, fields);
    const value = readField(source, shown);
    const trimmed = source.field.type === "text" || source.field.type === "id" ? value : value.trim();
    if (source.field.type === "choice" && value === "" && shown !== "") {
      return reject(
        row,
        `is none of ${[...(source.values?.keys() ?? source.field.values ?? [])].join(", ")}`,
        source.column,
        shown,
      );
    }
    const read = normalise(source.field, trimmed, style);
    if (!read.isValid) return reject(row, read.reason, source.column, shown);
    const range = rangeOf[`${mapping.kind.name}.${source.name}`];
    if (range && read.text !== "" && (Number(read.text) < range.least || Number(read.text) > range.most)) {
      return reject(row, `must be from ${range.least} to ${range.most.toLocaleString("en")}`, source.column, shown);
    }
    texts.push(escapeTsv(read.text));
  }
  const further = mapping.unmapped
    .map(({ column, position }) => [column, fields[position] ?? ""])
    .filter(([, value]) => value !== "");
  texts.push(escapeTsv(JSON.stringify({ ...Object.fromEntries(further), ...row.further })));
  return `${texts.join("\t")}\n`;
}
