/** Reads a whole file into columns: CSV, TSV and their like, JSON Lines or Parquet, plain or compressed. */
import { createHash } from "node:crypto";
import { CartwrightError } from "../errors.ts";
import { jsonLinesTable } from "../ingestion/open-json-lines.ts";
import { parquetTable } from "../ingestion/open-parquet.ts";
import { type ByteSource, inspect, readBytes, startOf } from "../ingestion/read-bytes.ts";
import { delimiterOf } from "../ingestion/recognise.ts";
import { type Chunk, cutChunks, parseRecord, recordsOf } from "../ingestion/records.ts";
import { noColumn, type Table } from "./table.ts";

const chunkBytes = 16 * 1024 * 1024;
const quote = 34;

/** Gives the columns to keep for a header; throws when one it needs is missing. */
export type PickColumns = (header: readonly string[]) => readonly string[];

/** Keeps the named columns; the error of a missing one lists those there are. */
export const onlyColumns =
  (path: string, wanted: readonly string[]): PickColumns =>
  (header) => {
    const missing = wanted.find((name) => !header.includes(name));
    if (missing !== undefined) throw noColumn(path, header, missing);
    return [...new Set(wanted)];
  };

/**
 * Reads a file into memory, only the columns picked (all by default); about a second for a million short rows.
 *
 * @throws file_unreadable when the file is no table, or a row has another number of fields than the header (with its line)
 */
export async function readTable(path: string, pick: PickColumns = (header) => header): Promise<Table> {
  const start = await startOf(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new CartwrightError("file_missing", `${path} does not exist`, { path }) : error;
  });
  if (start.subarray(0, 4).toString("latin1") === "PAR1") return fromRows(path, await parquetTable(path), pick);
  const bytes = await inspect(path, undefined);
  if (/\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(path) || /^(\u{feff})?\s*\{/u.test(start.toString("utf8")))
    return fromRows(path, await jsonLinesTable(path, bytes), pick);
  return await readDelimited(path, bytes, start.toString("utf8"), pick);
}

interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function fromRows(path: string, { header, rows }: Rows, pick: PickColumns): Table {
  const kept = pick(header).map((name) => [name, header.indexOf(name)] as const);
  const columns = new Map(kept.map(([name, at]) => [name, rows.map((row) => row[at] ?? "")]));
  return { path, names: header, rowCount: rows.length, columns };
}

/** Appends the rows of chunks to the kept columns; a row of another width than the header is an error. */
class ColumnReader {
  readonly header: readonly string[];
  readonly columns: readonly string[][];
  rowCount = 0;
  readonly #path: string;
  readonly #delimiter: string;
  readonly #positions: readonly number[];

  constructor(path: string, delimiter: string, header: readonly string[], kept: readonly string[]) {
    this.#path = path;
    this.#delimiter = delimiter;
    this.header = header;
    this.#positions = kept.map((name) => header.indexOf(name));
    this.columns = kept.map(() => []);
  }

  add(chunk: Chunk, isFirst: boolean): void {
    if (chunk.bytes.includes(quote)) this.#addQuoted(chunk, isFirst);
    else this.#addPlain(chunk, isFirst);
  }

  /** Without a quote, lines and delimiters are all there is: one text, split twice. */
  #addPlain(chunk: Chunk, isFirst: boolean): void {
    let line = chunk.firstLine - 1;
    let isHeader = isFirst;
    for (const text of chunk.bytes.toString("utf8").split("\n")) {
      line += 1;
      const record = text.endsWith("\r") ? text.slice(0, -1) : text;
      if (record === "") continue;
      if (isHeader) isHeader = false;
      else this.#addRow(record.split(this.#delimiter), line);
    }
  }

  #addQuoted(chunk: Chunk, isFirst: boolean): void {
    let isHeader = isFirst;
    for (const record of recordsOf(chunk)) {
      const parsed = parseRecord(record.raw.toString("utf8"), this.#delimiter);
      if (!parsed.isValid)
        throw new CartwrightError("file_unreadable", `${this.#path}:${record.line}: ${parsed.reason}`);
      if (isHeader) isHeader = false;
      else this.#addRow(parsed.fields, record.line);
    }
  }

  #addRow(fields: readonly string[], line: number): void {
    if (fields.length !== this.header.length) {
      throw new CartwrightError(
        "file_unreadable",
        `${this.#path}:${line}: has ${fields.length} columns, and the header has ${this.header.length}`,
      );
    }
    for (const [index, position] of this.#positions.entries())
      this.columns[index]?.push((fields[position] ?? "").trim());
    this.rowCount += 1;
  }
}

async function readDelimited(path: string, bytes: ByteSource, start: string, pick: PickColumns): Promise<Table> {
  const delimiter = delimiterOf(start.split(/\r?\n/, 1)[0] ?? "");
  let reader: ColumnReader | null = null;
  const blocks = readBytes(bytes, { bytesRead: 0, hash: createHash("sha256") });
  for await (const chunk of cutChunks(blocks, delimiter, chunkBytes)) {
    const isFirst = reader === null;
    reader ??= openReader(path, delimiter, chunk, pick);
    reader.add(chunk, isFirst);
  }
  if (!reader) throw new CartwrightError("file_unreadable", `${path} is empty`);
  const kept = pick(reader.header);
  const columns = new Map(kept.map((name, index) => [name, reader.columns[index] ?? []]));
  return { path, names: reader.header, rowCount: reader.rowCount, columns };
}

function openReader(path: string, delimiter: string, chunk: Chunk, pick: PickColumns): ColumnReader {
  const first = [...recordsOf({ ...chunk, recordCount: Math.min(1, chunk.recordCount) })][0];
  const parsed = parseRecord(first?.raw.toString("utf8") ?? "", delimiter);
  if (!first || !parsed.isValid)
    throw new CartwrightError("file_unreadable", `${path}:1: has no header that can be read`);
  const repeated = parsed.fields.find((name, index) => parsed.fields.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new CartwrightError("file_unreadable", `${path}:1: the column "${repeated}" stands twice in the header`);
  return new ColumnReader(path, delimiter, parsed.fields, pick(parsed.fields));
}
