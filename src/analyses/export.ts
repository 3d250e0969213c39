/** The rows of an analysis as a file: streamed, without a cap, in the same values as everywhere else. */
import { Readable } from "node:stream";
import { inPortions, linesOf } from "../warehouse/lines.ts";
import type { QueryOptions, Row } from "../warehouse/warehouse.ts";
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

interface ExportOptions {
  /** Whether e-mail addresses are masked in a file that is not text; texts are masked as they are sent. */
  readonly isMasked?: boolean;
  /** Fires when nobody waits for the file any more. */
  readonly signal?: AbortSignal | undefined;
}

/** How the statement of a file is run. */
const queryOptions = (
  { isPatient = false }: AnalysisContext,
  { name }: Analysis,
  { bindings }: PreparedQuery,
  signal: AbortSignal | undefined,
): QueryOptions => ({ bindings, name, isPatient, ...(signal ? { signal } : {}) });

const readerOf = ({ isPatient }: AnalysisContext) => (isPatient ? "patient" : "reader");

async function* decodedRows(
  context: AnalysisContext,
  analysis: Analysis,
  prepared: PreparedQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<ResultRow> {
  const options = queryOptions(context, analysis, prepared, signal);
  const bytes = await blaming(analysis, () =>
    context.warehouse.stream(readerOf(context), prepared.sql, "JSONEachRow", options),
  );
  let place = 0;
  for await (const line of linesOf(bytes)) {
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
  prepared: PreparedQuery,
  signal: AbortSignal | undefined,
): Promise<void> {
  const first = `select * from (\n${prepared.sql}\n) limit 1`;
  const options = queryOptions(context, analysis, prepared, signal);
  const { rows } = await blaming(analysis, async () => {
    // Settings that a statement asks for are only refused where it stands by itself.
    await context.warehouse.read(`explain ${prepared.sql}`, options);
    return await context.warehouse.read(first, options);
  });
  for (const row of rows) decodeRow(analysis, row, 1);
}

/** The rows of an analysis with a derivation, which must be whole before the first can be written. */
async function derivedRows(
  context: AnalysisContext,
  analysis: Analysis,
  values: Values,
  prepared: PreparedQuery,
  signal: AbortSignal | undefined,
): Promise<readonly ResultRow[]> {
  const { rows } = await context.warehouse.read(prepared.sql, queryOptions(context, analysis, prepared, signal));
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

/** Starts the export; a wrong parameter, an unknown segment or a refused statement fails before the first byte. */
export async function exportAnalysis(
  context: AnalysisContext,
  analysis: Analysis,
  given: Given,
  format: ExportFormat,
  { isMasked = false, signal }: ExportOptions = {},
): Promise<Readable> {
  const values = resolveValues(analysis, given, context.extent);
  const prepared = await prepareQuery(context, analysis, values);
  if (format !== "parquet") {
    const rows = analysis.derive
      ? await derivedRows(context, analysis, values, prepared, signal)
      : await begun(decodedRows(context, analysis, prepared, signal));
    return Readable.from(inPortions(lines(Object.keys(analysis.columns), rows, format)));
  }
  if (analysis.derive) {
    const rows = await derivedRows(context, analysis, values, prepared, signal);
    return await context.warehouse.formatRows(rows, structureOf(analysis.columns), "Parquet");
  }
  if (analysis.own) await lookAtFirst(context, analysis, prepared, signal);
  const sql = isMasked ? maskedSql(analysis, prepared.sql) : prepared.sql;
  const options = queryOptions(context, analysis, prepared, signal);
  return await blaming(analysis, () => context.warehouse.stream(readerOf(context), sql, "Parquet", options));
}
