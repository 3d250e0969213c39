/** The rows of an analysis as a file: streamed, without a cap, in the same values as everywhere else. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Row } from "../warehouse/warehouse.ts";
import { structureOf } from "./column-types.ts";
import type { Analysis } from "./define.ts";
import {
  type AnalysisContext,
  answerRows,
  bindingsFor,
  decodeRow,
  type Given,
  type ResultRow,
  resolveValues,
  sqlOf,
  type Values,
} from "./run.ts";

export const exportFormats = ["csv", "ndjson", "parquet"] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const contentTypes: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson",
  parquet: "application/vnd.apache.parquet",
};

/** A CSV field (RFC 4180). Text that a spreadsheet would take for a formula is defused with a leading apostrophe. */
export function csvField(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = Array.isArray(value) ? JSON.stringify(value) : String(value);
  const safe =
    typeof value === "string" && /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvLine = (values: readonly unknown[]): string => `${values.map(csvField).join(",")}\r\n`;

async function* decodedRows(context: AnalysisContext, analysis: Analysis, given: Given): AsyncGenerator<ResultRow> {
  const values = resolveValues(analysis, given, context.extent);
  const sql = sqlOf(analysis, values);
  const bytes = await context.warehouse.stream("reader", sql, "JSONEachRow", {
    bindings: bindingsFor(context, sql, values),
  });
  for await (const line of createInterface({ input: bytes })) {
    if (line !== "") yield decodeRow(analysis, JSON.parse(line) as Row);
  }
}

/** The rows of an analysis with a derivation, which must be whole before the first can be written. */
async function derivedRows(
  context: AnalysisContext,
  analysis: Analysis,
  values: Values,
): Promise<readonly ResultRow[]> {
  const sql = sqlOf(analysis, values);
  const { rows } = await context.warehouse.read(sql, { bindings: bindingsFor(context, sql, values) });
  return answerRows(analysis, rows, values);
}

async function* lines(
  context: AnalysisContext,
  analysis: Analysis,
  given: Given,
  format: "csv" | "ndjson",
): AsyncGenerator<string> {
  const names = Object.keys(analysis.columns);
  if (format === "csv") yield csvLine(names);
  const rows = analysis.derive
    ? await derivedRows(context, analysis, resolveValues(analysis, given, context.extent))
    : decodedRows(context, analysis, given);
  for await (const row of rows) {
    yield format === "csv" ? csvLine(names.map((name) => row[name])) : `${JSON.stringify(row)}\n`;
  }
}

/** Starts the export; a wrong parameter or a refused statement fails before the first byte. */
export async function exportAnalysis(
  context: AnalysisContext,
  analysis: Analysis,
  given: Given,
  format: ExportFormat,
): Promise<Readable> {
  const values = resolveValues(analysis, given, context.extent);
  if (format !== "parquet") return Readable.from(lines(context, analysis, given, format));
  if (analysis.derive) {
    return await context.warehouse.formatRows(
      await derivedRows(context, analysis, values),
      structureOf(analysis.columns),
      "Parquet",
    );
  }
  const sql = sqlOf(analysis, values);
  return await context.warehouse.stream("reader", sql, "Parquet", { bindings: bindingsFor(context, sql, values) });
}
