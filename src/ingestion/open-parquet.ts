/** Parquet: names and types come from the footer, rows a row group at a time, so memory follows the group and not the file. */
import { open } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { decompress } from "fzstd";
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from "hyparquet";
import { CartwrightError } from "../errors.ts";
import { matchTable } from "./match-table.ts";
import type { FileOptions, OpenedFile } from "./open-file.ts";
import { type ByteSource, inspect, wholeFile } from "./read-bytes.ts";
import { takeApartBy } from "./records.ts";
import type { SourceRow } from "./rows.ts";

const sampleRows = 1000;
const rowsAtOnce = 50_000;

const compressors = {
  ZSTD: (input: Uint8Array) => decompress(input),
  GZIP: (input: Uint8Array) => new Uint8Array(gunzipSync(input)),
};

/** A file whose parts can be read in any order, until it is closed. */
interface OpenParquet {
  readonly path: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  /** Digits after the point of an exact decimal; null for other types. */
  readonly scale: number | null;
  /** True for instants that are UTC, false for times of an unsaid zone. */
  readonly isUtc: boolean;
  readonly isDay: boolean;
  /** Bits of a whole number without sign; 0 for other types. */
  readonly unsignedBits: number;
}

export async function openParquet(path: string, options: FileOptions): Promise<OpenedFile> {
  const bytes = await inspect(path, "utf-8");
  return await withParquet(bytes, async (parquet) => await describe(bytes, parquet, options));
}

async function describe(bytes: ByteSource, parquet: OpenParquet, options: FileOptions): Promise<OpenedFile> {
  const { path } = bytes;
  const header = parquet.columns.map((column) => column.name);
  const samples = (await readRows(parquet, 0, sampleRows)).map((row) => row.fields);
  const { table, mapping, style } = matchTable({ header, samples }, options, path);
  return {
    path,
    format: "parquet",
    bytes,
    delimiter: null,
    mapping,
    style,
    headerText: header.map(quoted).join(","),
    samples: table.samples,
    takeApart: takeApartBy(","),
    load: async (loader, read, onProgress) => {
      for await (const _ of read(bytes));
      await withParquet(bytes, async (opened) => {
        for await (const rows of rowsOf(opened)) {
          await loader.loadRows(rows);
          onProgress();
        }
      });
    },
  };
}

/** Every row of a file as texts, for tools that take any table. */
export async function parquetTable(path: string): Promise<{ header: readonly string[]; rows: (readonly string[])[] }> {
  return await withParquet(await inspect(path, "utf-8"), async (parquet) => {
    const rows: (readonly string[])[] = [];
    for await (const some of rowsOf(parquet)) for (const row of some) rows.push(row.fields);
    return { header: parquet.columns.map((column) => column.name), rows };
  });
}

/** Opens the file for reading in any order; one that is compressed as a whole must be decompressed for that, in memory. */
async function withParquet<T>(bytes: ByteSource, work: (parquet: OpenParquet) => Promise<T>): Promise<T> {
  const isPlain = bytes.compression === "none";
  const handle = isPlain ? await open(bytes.path) : null;
  try {
    const file = handle === null ? inMemory(await wholeFile(bytes)) : onDisk(handle, bytes.size);
    const metadata = await footerOf(bytes.path, file);
    return await work({ path: bytes.path, file, metadata, columns: columnsOf(metadata) });
  } finally {
    await handle?.close();
  }
}

function onDisk(handle: Awaited<ReturnType<typeof open>>, byteLength: number): AsyncBuffer {
  return {
    byteLength,
    slice: async (start, end = byteLength) => {
      const part = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(part, 0, part.length, start);
      return part.buffer.slice(0, bytesRead);
    },
  };
}

function inMemory(content: Buffer): AsyncBuffer {
  return {
    byteLength: content.length,
    slice: (start, end = content.length) =>
      content.buffer.slice(content.byteOffset + start, content.byteOffset + end) as ArrayBuffer,
  };
}

async function footerOf(path: string, file: AsyncBuffer): Promise<FileMetaData> {
  try {
    return await parquetMetadataAsync(file);
  } catch (error) {
    throw unreadable(path, "is not a whole Parquet file", error);
  }
}

function unreadable(path: string, what: string, cause: unknown): CartwrightError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CartwrightError("file_unreadable", `${path} ${what}: ${why}`, {}, cause);
}

function columnsOf(metadata: FileMetaData): Column[] {
  return parquetSchema(metadata).children.map(({ element }) => {
    const logical = element.logical_type;
    const isTimestamp = logical?.type === "TIMESTAMP" || element.converted_type?.startsWith("TIMESTAMP") === true;
    return {
      name: element.name,
      scale: element.converted_type === "DECIMAL" || logical?.type === "DECIMAL" ? (element.scale ?? 0) : null,
      isUtc: isTimestamp && (logical?.type !== "TIMESTAMP" || logical.isAdjustedToUTC),
      unsignedBits: Number(/^UINT_(\d+)$/.exec(element.converted_type ?? "")?.[1] ?? 0),
      isDay: element.converted_type === "DATE" || logical?.type === "DATE",
    };
  });
}

/** All rows in order, at most `rowsAtOnce` together; one row group's columns are in memory at a time. */
async function* rowsOf(parquet: OpenParquet): AsyncGenerator<SourceRow[]> {
  let groupStart = 0;
  for (const group of parquet.metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows);
    const valuesOf = await readColumns(parquet, groupStart, groupEnd);
    for (let from = groupStart; from < groupEnd; from += rowsAtOnce) {
      yield rowsBetween(parquet.columns, valuesOf, groupStart, from, Math.min(from + rowsAtOnce, groupEnd));
    }
    groupStart = groupEnd;
  }
}

async function readRows(parquet: OpenParquet, rowStart: number, rowEnd: number): Promise<SourceRow[]> {
  const end = Math.min(rowEnd, Number(parquet.metadata.num_rows));
  const valuesOf = await readColumns(parquet, rowStart, end);
  return rowsBetween(parquet.columns, valuesOf, rowStart, rowStart, end);
}

/** The values of each column from one row on, by the column's name. */
type ColumnValues = ReadonlyMap<string, readonly unknown[]>;

/** Reads whole columns between two rows; a group's pages arrive in pieces that may begin before the first row asked for. */
async function readColumns(parquet: OpenParquet, rowStart: number, rowEnd: number): Promise<ColumnValues> {
  const valuesOf = new Map<string, unknown[]>();
  await parquetRead({
    file: parquet.file,
    metadata: parquet.metadata,
    rowStart,
    rowEnd,
    compressors,
    onChunk: ({ columnName, columnData, rowStart: chunkStart }) => {
      const values = valuesOf.get(columnName) ?? [];
      valuesOf.set(columnName, values);
      for (let index = 0; index < columnData.length; index += 1) {
        const row = chunkStart + index;
        if (row >= rowStart && row < rowEnd) values[row - rowStart] = columnData[index];
      }
    },
  }).catch((error: unknown) => {
    throw unreadable(parquet.path, `is broken between rows ${rowStart + 1} and ${rowEnd}`, error);
  });
  return valuesOf;
}

function rowsBetween(
  columns: readonly Column[],
  valuesOf: ColumnValues,
  start: number,
  from: number,
  to: number,
): SourceRow[] {
  const values = columns.map((column) => valuesOf.get(column.name) ?? []);
  const rows: SourceRow[] = [];
  for (let row = from; row < to; row += 1) {
    const fields = columns.map((column, index) => textOf(values[index]?.[row - start], column));
    rows.push({ row: row + 1, line: row + 1, fields, raw: fields.map(quoted).join(",") });
  }
  return rows;
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function textOf(value: unknown, column: Column): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) {
    const iso = value.toISOString();
    if (column.isDay) return iso.slice(0, 10);
    return column.isUtc ? iso : iso.replace("T", " ").replace("Z", "");
  }
  if (typeof value === "bigint" && column.unsignedBits > 0) return String(BigInt.asUintN(column.unsignedBits, value));
  if (typeof value === "number" && column.scale !== null) return value.toFixed(column.scale);
  if (typeof value === "object") {
    return JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one));
  }
  return String(value);
}
