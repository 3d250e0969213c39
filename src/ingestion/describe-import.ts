/** What an import would do, without doing it: how each file is understood, its counts, and the first rows it would refuse. */

import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { breathe, rowsAtATime } from "./breathe.ts";
import { type Reason, reasonsOf } from "./guess-reasons.ts";
import { expandPaths, type ImportOptions } from "./import.ts";
import { type RowSink, requireNotCancelled } from "./load-rows.ts";
import type { FieldSource, ResolvedMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import { type FileFormat, type OpenedFile, openFile } from "./open-file.ts";
import { readBytes } from "./read-bytes.ts";
import { parseRecord, recordsOf } from "./records.ts";
import { type Reject, reject, rewriteRow, type SourceRow, unescapeTsv } from "./rows.ts";

export interface FieldFrom {
  readonly field: string;
  /** Column of the file, or the fixed value in quotes. */
  readonly column: string;
}

export interface FileDescription {
  readonly path: string;
  readonly format: FileFormat;
  readonly preset: string;
  readonly kind: string;
  readonly mapping: readonly FieldFrom[];
  readonly unmapped: readonly string[];
  /** Where the unmapped columns are kept; null when they are not. */
  readonly unmapped_kept_in: string | null;
  readonly style: FileStyle & { readonly delimiter: string | null; readonly encoding: string };
  readonly read_rows: number;
  readonly loadable_rows: number;
  readonly rejected_rows: number;
  readonly first_rejects: readonly Reject[];
  /** The first rows as they would load, by field. */
  readonly first_rows: readonly Readonly<Record<string, string>>[];
  /** Why it is understood so. */
  readonly reasons: readonly Reason[];
}

export interface DescribeOptions extends ImportOptions {
  /** How many refused rows are described; 20 when not said. */
  readonly mostRejects?: number;
  /** Told of every row that would load, as `rewriteRow` writes it. */
  readonly onLoadable?: (rewritten: string, file: OpenedFile) => void;
}

const shownRows = 10;

/** Reads every file whole, checking each row as an import would; nothing is written. Duplicates are known only on import. */
export async function describeImport(paths: readonly string[], options: DescribeOptions): Promise<FileDescription[]> {
  const descriptions: FileDescription[] = [];
  for (const path of await expandPaths(paths)) {
    const file = await openFile(path, options);
    for (const one of [file, ...(file.also ?? [])]) descriptions.push(await describeFile(one, options));
  }
  return descriptions;
}

/** The same of one file that is open already. */
export async function describeFile(file: OpenedFile, options: DescribeOptions): Promise<FileDescription> {
  const { path } = file;
  const mostRejects = options.mostRejects ?? 20;
  const counts = { read: 0, rejected: 0 };
  const rejects: Reject[] = [];
  const firstRows: Readonly<Record<string, string>>[] = [];
  const refuse = async (some: readonly Reject[]): Promise<void> => {
    counts.read += some.length;
    counts.rejected += some.length;
    rejects.push(...some.slice(0, mostRejects - rejects.length));
  };
  const loadRows = async (rows: readonly SourceRow[]): Promise<void> => {
    const refused: Reject[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % rowsAtATime === rowsAtATime - 1) await breathe();
      const outcome = rewriteRow(file.mapping, row, file.style);
      if (typeof outcome !== "string") {
        refused.push(outcome);
        continue;
      }
      counts.read += 1;
      if (firstRows.length < shownRows) firstRows.push(byField(file.mapping, outcome));
      options.onLoadable?.(outcome, file);
    }
    requireNotCancelled(options.signal);
    await refuse(refused);
  };
  const sink: RowSink = {
    refuse,
    loadRows,
    loadRewritten: async (_bytes, rowCount) => {
      counts.read += rowCount;
    },
    loadChunk: async (chunk, delimiter) => {
      let rows: SourceRow[] = [];
      for (const record of recordsOf(chunk)) {
        if (rows.length === rowsAtATime) {
          await loadRows(rows);
          rows = [];
          await breathe();
        }
        const raw = record.raw.toString("utf8");
        const parsed = isUtf8(record.raw)
          ? parseRecord(raw, delimiter)
          : { isValid: false as const, reason: "is not valid UTF-8" };
        if (parsed.isValid) rows.push({ ...record, raw, fields: parsed.fields });
        else await refuse([reject({ ...record, raw }, parsed.reason)]);
      }
      await loadRows(rows);
    },
  };
  const progress = { bytesRead: 0, hash: createHash("sha256") };
  await file.load(
    sink,
    (source) => readBytes(source, progress),
    () =>
      options.onProgress?.({
        path,
        step: "checking",
        readRows: counts.read,
        readBytes: progress.bytesRead,
        totalBytes: file.bytes.size,
      }),
  );
  const { mapping, style, format, delimiter } = file;
  return {
    path,
    format,
    preset: mapping.preset,
    kind: mapping.kind.name,
    mapping: mapping.sources.map((source) => ({ field: source.name, column: columnOf(source) })),
    unmapped: mapping.unmapped.map(({ column }) => column),
    unmapped_kept_in: mapping.kind.unmapped,
    style: { ...style, delimiter, encoding: file.bytes.encoding },
    read_rows: counts.read,
    loadable_rows: counts.read - counts.rejected,
    rejected_rows: counts.rejected,
    first_rejects: rejects.toSorted((a, b) => a.source_row - b.source_row),
    first_rows: firstRows,
    reasons: reasonsOf(file),
  };
}

function byField(mapping: ResolvedMapping, rewritten: string): Readonly<Record<string, string>> {
  const [, ...cells] = rewritten.slice(0, -1).split("\t");
  return Object.fromEntries(mapping.sources.map(({ name }, index) => [name, unescapeTsv(cells[index] ?? "")]));
}

const columnOf = (source: FieldSource): string =>
  source.constant === null ? source.column : JSON.stringify(source.constant);
