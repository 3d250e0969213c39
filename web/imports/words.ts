/** What the wizard says of kinds, styles and counts. */
import { labelOf } from "../values.ts";
import type { ImportedBatch, Preview } from "./import-types.ts";

const delimiters: Readonly<Record<string, string>> = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" };
const dateOrders: Readonly<Record<string, string>> = {
  ymd: "year, month, day",
  dmy: "day, month, year",
  mdy: "month, day, year",
};
const formats: Readonly<Record<string, string>> = {
  delimited: "Delimited text",
  "json-lines": "JSON Lines",
  sheets: "Excel workbook",
  parquet: "Parquet",
};

export const delimiterChoices = Object.entries(delimiters).map(([value, label]) => ({ value, label }));
export const dateOrderChoices = Object.entries(dateOrders).map(([value, label]) => ({ value, label }));
export const encodingChoices = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"];
export const kindWord = (kind: string): string => labelOf(kind);
/** A field in words; times and days say that they are. */
export const fieldWord = (field: string): string =>
  /_(at|on)$/.test(field) ? `${labelOf(field)} ${field.endsWith("_at") ? "time" : "day"}` : labelOf(field);

/** How the file is understood: what its rows are, and how it is written. */
export function understoodAs({ kind, format, style }: Preview): readonly (readonly [string, string])[] {
  const { delimiter, encoding, decimal, dateOrder } = style;
  return [
    ["Rows", kindWord(kind)],
    ["Format", formats[format] ?? format],
    ...(delimiter === null
      ? []
      : ([
          ["Separator", delimiters[delimiter] ?? delimiter],
          ["Encoding", encoding],
        ] as const)),
    ["Decimals", decimal === "," ? "comma" : "point"],
    ["Dates", dateOrders[dateOrder] ?? dateOrder],
  ];
}

const rows = (count: number, written: string): string => `${written} ${count === 1 ? "row" : "rows"}`;

/** The outcome of an import in one sentence. */
export function outcomeWords(name: string, batch: ImportedBatch, count: (value: number) => string): string {
  if (batch.state === "undone") return `The import of ${name} is undone; nothing of it counts any more.`;
  if (batch.state === "duplicate") return `${name} is ${batch.message}, so nothing has changed.`;
  const loaded = `${rows(batch.loaded_rows, count(batch.loaded_rows))} of ${name} ${batch.loaded_rows === 1 ? "is" : "are"} loaded`;
  return batch.rejected_rows === 0
    ? `${loaded}.`
    : `${loaded}; ${rows(batch.rejected_rows, count(batch.rejected_rows))} refused.`;
}
