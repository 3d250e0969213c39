/**
 * Putting the rows of one file into the warehouse. Clean runs of a delimited file go to the engine as they are, which
 * parses and checks them itself; whatever it refuses is read here, row by row, so that each bad row gets its own reason
 * and every good row beside it is loaded.
 */
import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { CartwrightError } from "../errors.ts";
import { eventTypes } from "../warehouse/event-types.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { breathe, rowsAtATime } from "./breathe.ts";
import type { RowForm } from "./composer.ts";
import { insertStatement, type Statement } from "./insert-statement.ts";
import type { InstantForm } from "./instant-forms.ts";
import type { ResolvedMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import { type Chunk, parseRecord, recordsOf } from "./records.ts";
import { type Reject, reject, rewriteRow, type SourceRow } from "./rows.ts";

export interface LoadTarget {
  readonly warehouse: Warehouse;
  readonly mapping: ResolvedMapping;
  readonly style: FileStyle;
  readonly batchKey: number;
  readonly timeZone: string;
  readonly currency: string;
  readonly minorPerMajor: number;
  /** Categories to keep; see `FileOptions`. */
  readonly keep?: readonly string[];
  readonly signal?: AbortSignal;
  /** The row as it was corrected, asked once for each that is refused; null for one that was not. */
  readonly correct?: (refused: Reject) => SourceRow | null;
  readonly onRejects: (rejects: readonly Reject[]) => Promise<void>;
}

/** A block must reach the table whole or not at all, so that a refused run leaves nothing behind. */
const wholeBlock = {
  min_insert_block_size_rows: 100_000_000,
  min_insert_block_size_bytes: "4000000000",
  max_insert_block_size: 100_000_000,
  max_threads: 1,
  max_insert_threads: 1,
  max_partitions_per_insert_block: 0,
  input_format_csv_allow_variable_number_of_columns: 0,
  input_format_csv_use_best_effort_in_schema_inference: 0,
  input_format_parallel_parsing: 1,
  max_parsing_threads: 2,
};

const fewestRowsToSplit = 4000;
const splitInto = 8;

/** Where an opened file's rows go. */
export interface RowSink {
  /** A run of a delimited file; `instantForms` is null when the engine cannot read the file's dates itself. */
  readonly loadChunk: (
    chunk: Chunk,
    delimiter: string,
    instantForms: ReadonlyMap<string, InstantForm> | null,
  ) => Promise<void>;
  /** Rows that are already apart. */
  readonly loadRows: (rows: readonly SourceRow[]) => Promise<void>;
  /** Rows that are in the engine's form already. */
  readonly loadRewritten: (bytes: Buffer, rowCount: number) => Promise<void>;
  /** Rows that could not even be taken apart. */
  readonly refuse: (rejects: readonly Reject[]) => Promise<void>;
}

export class RowLoader implements RowSink {
  readonly #target: LoadTarget;
  readonly #rewritten: Statement;
  #loaded = 0;
  #rejected = 0;

  constructor(target: LoadTarget) {
    this.#target = target;
    this.#rewritten = insertStatement(target.mapping, { kind: "rewritten" }, eventTypes, target.keep);
  }

  get counts(): { loaded: number; rejected: number } {
    return { loaded: this.#loaded, rejected: this.#rejected };
  }

  /** Loads a run of a delimited file; `instantForms` is null when the engine cannot read the file's dates itself. */
  async loadChunk(
    chunk: Chunk,
    delimiter: string,
    instantForms: ReadonlyMap<string, InstantForm> | null,
  ): Promise<void> {
    if (chunk.recordCount === 0) return;
    if (instantForms === null) return await this.#loadByRow(chunk, delimiter);
    if (chunk.open.length > 0 || !isPlain(chunk.bytes)) return await this.#loadApart(chunk, delimiter, instantForms);
    const form: RowForm = { kind: "file", delimiter, instantForms };
    const statement = insertStatement(this.#target.mapping, form, eventTypes, this.#target.keep);
    const fits = await this.#insert(statement, chunk.bytes, { first_row: chunk.firstRow });
    if (fits) this.#loaded += chunk.recordCount;
    else await this.#loadApart(chunk, delimiter, instantForms);
  }

  /** A run with something in it that the engine does not take: a short one row by row, a long one in parts. */
  async #loadApart(
    chunk: Chunk,
    delimiter: string,
    instantForms: ReadonlyMap<string, InstantForm> | null,
  ): Promise<void> {
    if (chunk.recordCount < fewestRowsToSplit) return await this.#loadByRow(chunk, delimiter);
    for (const part of splitChunk(chunk, splitInto)) await this.loadChunk(part, delimiter, instantForms);
  }

  /** Loads rows that are already apart: of a sheet, of JSON Lines, of Parquet. */
  async loadRows(rows: readonly SourceRow[]): Promise<void> {
    const { mapping, style } = this.#target;
    const texts: string[] = [];
    const kept: SourceRow[] = [];
    const rejects: Reject[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % rowsAtATime === rowsAtATime - 1) await breathe();
      const rewritten = rewriteRow(mapping, row, style);
      if (typeof rewritten === "string") {
        texts.push(rewritten);
        kept.push(row);
      } else {
        rejects.push(rewritten);
      }
    }
    await this.#insertRewritten(texts, kept, rejects);
    await this.refuse(rejects);
  }

  /** Loads rows that `rewriteRow` has written before, each with its number and its line end. */
  async loadRewritten(bytes: Buffer, rowCount: number): Promise<void> {
    if (rowCount === 0) return;
    if (await this.#insert(this.#rewritten, bytes, {})) {
      this.#loaded += rowCount;
      return;
    }
    const texts = bytes.toString("utf8").split(/(?<=\n)/);
    const rejects: Reject[] = [];
    const rows = texts.map((raw) => ({ row: Number.parseInt(raw, 10), line: 0, fields: [], raw }));
    await this.#insertRewritten(texts, rows, rejects);
    await this.refuse(rejects);
  }

  async #loadByRow(chunk: Chunk, delimiter: string): Promise<void> {
    const rows: SourceRow[] = [];
    const rejects: Reject[] = [];
    for (const record of recordsOf(chunk)) {
      if (record.row % rowsAtATime === 0) await breathe();
      const raw = record.raw.toString("utf8");
      if (!isUtf8(record.raw)) {
        rejects.push(reject({ ...record, raw }, "is not valid UTF-8; give the file's encoding with --encoding"));
        continue;
      }
      const parsed = parseRecord(raw, delimiter);
      if (parsed.isValid) rows.push({ row: record.row, line: record.line, fields: parsed.fields, raw });
      else rejects.push(reject({ ...record, raw }, parsed.reason));
    }
    await this.refuse(rejects);
    await this.loadRows(rows);
  }

  /** Inserts rewritten rows; a row the engine still refuses is found by halving and refused with the engine's words. */
  async #insertRewritten(texts: readonly string[], rows: readonly SourceRow[], rejects: Reject[]): Promise<void> {
    if (texts.length === 0) return;
    if (await this.#insert(this.#rewritten, Buffer.from(texts.join(""), "utf8"), {})) {
      this.#loaded += texts.length;
      return;
    }
    if (texts.length === 1 && rows[0]) {
      rejects.push(reject(rows[0], "does not fit: a value is out of range for its field"));
      return;
    }
    const middle = Math.floor(texts.length / 2);
    await this.#insertRewritten(texts.slice(0, middle), rows.slice(0, middle), rejects);
    await this.#insertRewritten(texts.slice(middle), rows.slice(middle), rejects);
  }

  /** True when the engine took every row, false when it refused one and took none. */
  async #insert(statement: Statement, bytes: Buffer, further: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { warehouse, batchKey, timeZone, currency, minorPerMajor, signal } = this.#target;
    // Between statements only: one that is broken off may still bring its rows after the batch was taken back.
    requireNotCancelled(signal);
    const all = {
      ...statement.bindings,
      ...further,
      batch_key: batchKey,
      time_zone: timeZone,
      currency,
      minor_per_major: minorPerMajor,
    };
    try {
      await warehouse.insertBytes(statement.sql, Readable.from(slices(bytes), { objectMode: false }), {
        bindings: all,
        settings: wholeBlock,
      });
      return true;
    } catch (error) {
      if (error instanceof CartwrightError && error.code === "query_invalid" && isAboutRows(error)) return false;
      throw error;
    }
  }

  /** Records refused rows; those that were corrected are loaded as they are now. */
  async refuse(rejects: readonly Reject[]): Promise<void> {
    if (rejects.length === 0) return;
    const { correct, onRejects } = this.#target;
    const refused: Reject[] = [];
    const corrected: SourceRow[] = [];
    for (const one of rejects) {
      const row = correct?.(one) ?? null;
      if (row) corrected.push(row);
      else refused.push(one);
    }
    this.#rejected += refused.length;
    if (refused.length > 0) await onRejects(refused);
    if (corrected.length > 0) await this.loadRows(corrected);
  }
}

/** @throws cancelled once the signal says so */
export function requireNotCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CartwrightError("cancelled", "the import was cancelled");
}

const rowErrors = [
  "CANNOT_PARSE",
  "INCORRECT_DATA",
  "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO",
  "DECIMAL_OVERFLOW",
  "ARGUMENT_OUT_OF_BOUND",
  "TOO_LARGE_STRING_SIZE",
  "UNKNOWN_ELEMENT_OF_ENUM",
  "CANNOT_READ_ALL_DATA",
  "VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE",
  "CANNOT_CONVERT_TYPE",
  "ATTEMPT_TO_READ_AFTER_EOF",
];

const isAboutRows = (error: CartwrightError): boolean => rowErrors.some((type) => error.message.includes(type));

/** No NUL, no broken UTF-8, no carriage return but before a line end: what the engine and this program read alike. */
function isPlain(bytes: Buffer): boolean {
  if (bytes.includes(0) || !isUtf8(bytes)) return false;
  for (let at = bytes.indexOf(13); at !== -1; at = bytes.indexOf(13, at + 1)) {
    if (bytes[at + 1] !== 10) return false;
  }
  return true;
}

function* slices(bytes: Buffer): Generator<Buffer> {
  const size = 1024 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function splitChunk(chunk: Chunk, parts: number): Chunk[] {
  const size = Math.ceil(chunk.recordCount / parts);
  const lines = [...lineNumbers(chunk)];
  const pieces: Chunk[] = [];
  for (let from = 0; from < chunk.recordCount; from += size) {
    const to = Math.min(from + size, chunk.recordCount);
    const start = from === 0 ? 0 : (chunk.starts[from] ?? 0);
    const end = to === chunk.recordCount ? chunk.bytes.length : (chunk.starts[to] ?? chunk.bytes.length);
    pieces.push({
      bytes: chunk.bytes.subarray(start, end),
      firstRow: chunk.firstRow + from,
      firstLine: from === 0 ? chunk.firstLine : (lines[from] ?? chunk.firstLine),
      recordCount: to - from,
      starts: chunk.starts.slice(from, to).map((offset) => offset - start),
      open: chunk.open.filter((index) => index >= from && index < to).map((index) => index - from),
    });
  }
  return pieces;
}

function* lineNumbers(chunk: Chunk): Generator<number> {
  for (const record of recordsOf(chunk)) yield record.line;
}
