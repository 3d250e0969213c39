/** The rows of an analysis as a file: streamed, without a cap, in the same values as everywhere else. */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Row } from "../warehouse/warehouse.ts";
import { blaming } from "./blame.ts";
import { structureOf } from "./column-types.ts";
import type { Analysis } from "./define.ts";
import {
  type AnalysisContext,
  answerRows,
  decodeRow,
  type Given,
  type PreparedQuery,
  prepareQuery,
  type ResultRow,
  resolveValues,
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

async function* decodedRows(
  context: AnalysisContext,
  analysis: Analysis,
  { sql, bindings }: PreparedQuery,
): AsyncGenerator<ResultRow> {
  const bytes = await blaming(analysis, () =>
    context.warehouse.stream("reader", sql, "JSONEachRow", { bindings, name: analysis.name }),
  );
  let place = 0;
  for await (const line of createInterface({ input: bytes })) {
    if (line === "") continue;
    place += 1;
    yield decodeRow(analysis, JSON.parse(line) as Row, place);
  }
}

/** The rows once the first has been decoded, so that a column which is not as declared is told instead of the file. */
async function begun(rows: AsyncGenerator<ResultRow>): Promise<AsyncIterable<ResultRow>> {
  const first = await rows.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* rows;
  })();
}

/** Decodes one row of an own analysis: where rows do not pass through Node, nothing else would see how they look. */
async function lookAtFirst(
  context: AnalysisContext,
  analysis: Analysis,
  { sql, bindings }: PreparedQuery,
): Promise<void> {
  const first = `select * from (\n${sql}\n) limit 1`;
  const { rows } = await blaming(analysis, async () => {
    // Settings that a statement asks for are only refused where it stands by itself.
    await context.warehouse.read(`explain ${sql}`, { bindings, name: analysis.name });
    return await context.warehouse.read(first, { bindings, name: analysis.name });
  });
  for (const row of rows) decodeRow(analysis, row, 1);
}

/** The rows of an analysis with a derivation, which must be whole before the first can be written. */
async function derivedRows(
  context: AnalysisContext,
  analysis: Analysis,
  values: Values,
  { sql, bindings }: PreparedQuery,
): Promise<readonly ResultRow[]> {
  const { rows } = await context.warehouse.read(sql, { bindings, name: analysis.name });
  return answerRows(analysis, rows, values);
}

async function* lines(
  names: readonly string[],
  rows: AsyncIterable<ResultRow> | readonly ResultRow[],
  format: "csv" | "ndjson",
): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(names);
  for await (const row of rows) {
    yield format === "csv" ? csvLine(names.map((name) => row[name])) : `${JSON.stringify(row)}\n`;
  }
}

/** The statement with e-mail addresses within its texts masked, for files that are not text themselves. */
function maskedSql({ columns }: Analysis, sql: string): string {
  const texts = Object.keys(columns).filter((name) => columns[name]?.unit === "text");
  if (texts.length === 0) return sql;
  return `select * replace (${texts.map((name) => `mask_emails(toString(${name})) as ${name}`).join(", ")}) from (\n${sql}\n)`;
}

/**
 * Starts the export; a wrong parameter, an unknown segment or a refused statement fails before the first byte.
 *
 * @param isMasked whether e-mail addresses are masked in a file that is not text; texts are masked as they are sent
 */
export async function exportAnalysis(
  context: AnalysisContext,
  analysis: Analysis,
  given: Given,
  format: ExportFormat,
  isMasked = false,
): Promise<Readable> {
  const values = resolveValues(analysis, given, context.extent);
  const prepared = await prepareQuery(context, analysis, values);
  if (format !== "parquet") {
    const rows = analysis.derive
      ? await derivedRows(context, analysis, values, prepared)
      : await begun(decodedRows(context, analysis, prepared));
    return Readable.from(lines(Object.keys(analysis.columns), rows, format));
  }
  if (analysis.derive) {
    const rows = await derivedRows(context, analysis, values, prepared);
    return await context.warehouse.formatRows(rows, structureOf(analysis.columns), "Parquet");
  }
  if (analysis.own) await lookAtFirst(context, analysis, prepared);
  const sql = isMasked ? maskedSql(analysis, prepared.sql) : prepared.sql;
  return await blaming(analysis, () =>
    context.warehouse.stream("reader", sql, "Parquet", { bindings: prepared.bindings, name: analysis.name }),
  );
}
