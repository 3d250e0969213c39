/** Parquet: names and types come from the footer, rows a group at a time. */
import { gunzipSync } from "node:zlib";
import { decompress } from "fzstd";
import { type FileMetaData, parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { CartwrightError } from "../errors.ts";
import { matchTable } from "./match-table.ts";
import type { FileOptions, OpenedFile } from "./open-file.ts";
import { inspect, wholeFile } from "./read-bytes.ts";
import type { SourceRow } from "./rows.ts";

const sampleRows = 1000;
const rowsAtOnce = 50_000;

const compressors = {
  ZSTD: (input: Uint8Array) => decompress(input),
  GZIP: (input: Uint8Array) => new Uint8Array(gunzipSync(input)),
};

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
  const content = await wholeFile(bytes);
  const metadata = footerOf(path, content);
  const columns = columnsOf(metadata);
  const header = columns.map((column) => column.name);
  const samples = (await readRows(content, metadata, columns, 0, sampleRows)).map((row) => row.fields);
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
    load: async (loader, read, onProgress) => {
      for await (const _ of read(bytes));
      const count = Number(metadata.num_rows);
      for (let from = 0; from < count; from += rowsAtOnce) {
        await loader.loadRows(await readRows(content, metadata, columns, from, Math.min(from + rowsAtOnce, count)));
        onProgress();
      }
    },
  };
}

/** Every row of a file as texts, for tools that take any table. */
export async function parquetTable(path: string): Promise<{ header: readonly string[]; rows: (readonly string[])[] }> {
  const content = await wholeFile(await inspect(path, "utf-8"));
  const metadata = footerOf(path, content);
  const columns = columnsOf(metadata);
  const rows = await readRows(content, metadata, columns, 0, Number(metadata.num_rows));
  return { header: columns.map((column) => column.name), rows: rows.map((row) => row.fields) };
}

const asArrayBuffer = (content: Buffer): ArrayBuffer =>
  content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;

function footerOf(path: string, content: Buffer): FileMetaData {
  try {
    return parquetMetadata(asArrayBuffer(content));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CartwrightError("file_unreadable", `${path} is not a whole Parquet file: ${why}`, {}, error);
  }
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

async function readRows(
  content: Buffer,
  metadata: FileMetaData,
  columns: readonly Column[],
  rowStart: number,
  rowEnd: number,
): Promise<SourceRow[]> {
  const file = {
    byteLength: content.length,
    slice: (start: number, end?: number) => asArrayBuffer(content.subarray(start, end)),
  };
  const rows = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
  return rows.map((row, index) => {
    const fields = columns.map((column) => textOf(row[column.name], column));
    const number = rowStart + index + 1;
    return { row: number, line: number, fields, raw: fields.map(quoted).join(",") };
  });
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
