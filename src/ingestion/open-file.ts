/** A file made ready to load: what it is, how it is written, and how its rows reach the loader. */
import { CartwrightError } from "../errors.ts";
import type { RowSink } from "./load-rows.ts";
import type { Mapping, ResolvedMapping } from "./mapping.ts";
import type { FileStyle } from "./normalise.ts";
import { openDelimited } from "./open-delimited.ts";
import { openJsonLines } from "./open-json-lines.ts";
import { openParquet } from "./open-parquet.ts";
import { openSheets } from "./open-sheets.ts";
import { type ByteSource, inspect, startOf } from "./read-bytes.ts";
import type { Table } from "./recognise.ts";
import type { RowParts } from "./rows.ts";

export interface FileOptions {
  readonly preset?: string;
  readonly mapping?: Mapping;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly dateOrder?: "ymd" | "dmy" | "mdy";
  /** Told of the columns and first rows before they are matched, so also where no mapping fits them. */
  readonly onTable?: (table: Table) => void;
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
  /** The values of one row in the form of `rejects` files. */
  readonly takeApart: (raw: string) => RowParts;
  readonly load: (loader: RowSink, read: ReadBytes, onProgress: () => void) => Promise<void>;
  /** Rows of further kinds that the same file holds, each opened as if it were a file of its own. */
  readonly also?: readonly OpenedFile[];
}

/** Recognises a file by its first bytes and its name, and matches its columns; nothing is loaded yet. */
export async function openFile(path: string, options: FileOptions): Promise<OpenedFile> {
  const start = await startOf(path);
  if (start.subarray(0, 4).toString("latin1") === "PAR1") return await openParquet(path, options);
  if (start[0] === 0x50 && start[1] === 0x4b) return await openSheets(path, options);
  const bytes = await inspect(path, options.encoding ?? options.mapping?.encoding);
  if (isBinary(start) && !bytes.encoding.startsWith("utf-16"))
    throw new CartwrightError("file_type_unknown", `${path} is not text, Parquet or an Excel workbook`);
  const isJson = /\.(jsonl|ndjson)(\.gz|\.zst)?$/i.test(path) || /^(\u{feff})?\s*\{/u.test(start.toString("utf8"));
  return isJson ? await openJsonLines(path, bytes, options) : await openDelimited(path, bytes, options);
}

/** Whether bytes are no text: a stray control character makes a row bad, many make a picture or a program. */
function isBinary(start: Buffer): boolean {
  const controls = start.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return controls > start.length / 20 || start.subarray(0, 4).toString("latin1") === "%PDF";
}
