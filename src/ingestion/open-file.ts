/** A file made ready to load: what it is, how it is written, and how its rows reach the loader. */
import type { RowSink } from "./load-rows.ts";
import type { Mapping, ResolvedMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import { openDelimited } from "./open-delimited.ts";
import { openJsonLines } from "./open-json-lines.ts";
import { openParquet } from "./open-parquet.ts";
import { openSheets } from "./open-sheets.ts";
import { type ByteSource, inspect, startOf } from "./read-bytes.ts";
import type { Table } from "./recognise.ts";

export interface FileOptions {
  readonly preset?: string;
  readonly mapping?: Mapping;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly dateOrder?: "ymd" | "dmy" | "mdy";
  /** Categories to keep: other products, and order lines of products that are not kept, are passed over. */
  readonly keep?: readonly string[];
}

export type ReadBytes = (source: ByteSource) => AsyncIterable<Buffer>;

export type FileFormat = "delimited" | "json-lines" | "sheets" | "parquet" | "journal";

export interface OpenedFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly bytes: ByteSource;
  /** Between the columns of a delimited file; null for other formats. */
  readonly delimiter: string | null;
  readonly mapping: ResolvedMapping;
  readonly style: FileStyle;
  /** The header record as it stands in the file; empty where rows need none. */
  readonly headerText: string;
  readonly samples: Table["samples"];
  readonly load: (loader: RowSink, read: ReadBytes, onProgress: () => void) => Promise<void>;
}

/** Recognises a file by its first bytes and its name, and matches its columns; nothing is loaded yet. */
export async function openFile(path: string, options: FileOptions): Promise<OpenedFile> {
  const start = await startOf(path);
  if (start.subarray(0, 4).toString("latin1") === "PAR1") return await openParquet(path, options);
  if (start[0] === 0x50 && start[1] === 0x4b) return await openSheets(path, options);
  const bytes = await inspect(path, options.encoding ?? options.mapping?.encoding);
  const isJson = /\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(path) || /^(\u{feff})?\s*\{/u.test(start.toString("utf8"));
  return isJson ? await openJsonLines(path, bytes, options) : await openDelimited(path, bytes, options);
}
