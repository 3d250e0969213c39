/** Delimited text: runs of whole records, cut from the stream and handed to the loader two at a time. */
import { isUtf8 } from "node:buffer";
import { CartwrightError } from "../errors.ts";
import type { InstantForm } from "./instant-forms.ts";
import type { RowSink } from "./load-rows.ts";
import { fold } from "./mapping.ts";
import { matchTable } from "./match-table.ts";
import type { FileOptions, OpenedFile } from "./open-file.ts";
import { type FileRecord, openShaped } from "./open-shaped.ts";
import { type ByteSource, firstBytes } from "./read-bytes.ts";
import { delimiterOf, findShaped, instantFormsOf, type Table } from "./recognise.ts";
import { type Chunk, cutChunks, parseRecord, recordsOf, takeApartBy } from "./records.ts";

const sampleBytes = 512 * 1024;
const sampleRows = 1000;
const chunkBytes = 48 * 1024 * 1024;
const shapedChunkBytes = 4 * 1024 * 1024;
const chunksInFlight = 2;

/** Opens text whose columns stand between delimiters; the first record is the header. */
export async function openDelimited(path: string, bytes: ByteSource, options: FileOptions): Promise<OpenedFile> {
  const sample = await firstBytes(bytes, sampleBytes);
  const [first] = await collect(cutChunks(one(sample.bytes), ",", sampleBytes), 1);
  const headerLine = first ? [...recordsOf(first)][0] : undefined;
  if (!headerLine) throw new CartwrightError("file_unreadable", `${path} is empty`);
  const header = headerLine.raw.toString("utf8");
  const delimiter = options.delimiter ?? options.mapping?.delimiter ?? delimiterOf(header);
  const table = readTable(await collect(cutChunks(one(sample.bytes), delimiter, sampleBytes), 1), delimiter, path);
  const shaped = findShaped(table.header, options);
  if (shaped) {
    options.onTable?.(table);
    const records = (blocks: AsyncIterable<Buffer>) => recordsByColumn(blocks, delimiter, table.header.map(fold));
    return openShaped({ path, format: "delimited", bytes, delimiter, headerText: header, shaped, records });
  }
  const matched = matchTable(table, options, path);
  const { mapping, style } = matched;
  const instantForms = style.decimal === "." ? instantFormsOf(matched.table, mapping) : null;
  return {
    path,
    format: "delimited",
    bytes,
    delimiter,
    mapping,
    style,
    headerText: header,
    samples: matched.table.samples,
    takeApart: takeApartBy(delimiter),
    load: (loader, read, onProgress) =>
      loadDelimited({ loader, blocks: read(bytes), delimiter, instantForms, onProgress }),
  };
}

/** The records of a file by its columns, the header left out, for presets that make rows of them. */
async function* recordsByColumn(
  blocks: AsyncIterable<Buffer>,
  delimiter: string,
  columns: readonly string[],
): AsyncGenerator<FileRecord> {
  for await (const chunk of cutChunks(blocks, delimiter, shapedChunkBytes)) {
    for (const { row, line, raw: bytes } of recordsOf(chunk)) {
      if (row === 1) continue;
      const raw = bytes.toString("utf8");
      const parsed = parseRecord(raw, delimiter);
      if (!isUtf8(bytes)) yield { line, raw, reason: "is not valid UTF-8; give the file's encoding with --encoding" };
      else if (!parsed.isValid) yield { line, raw, reason: parsed.reason };
      else if (parsed.fields.length !== columns.length)
        yield { line, raw, reason: `has ${parsed.fields.length} columns, and the header has ${columns.length}` };
      else yield { line, raw, values: Object.fromEntries(columns.map((name, at) => [name, parsed.fields[at] ?? ""])) };
    }
  }
}

function readTable(chunks: readonly Chunk[], delimiter: string, path: string): Table {
  const rows: string[][] = [];
  for (const chunk of chunks) {
    for (const record of recordsOf(chunk)) {
      const parsed = parseRecord(record.raw.toString("utf8"), delimiter);
      if (parsed.isValid) rows.push([...parsed.fields]);
      else if (rows.length === 0)
        throw new CartwrightError("file_unreadable", `${path}:1: the header ${parsed.reason}`);
      if (rows.length > sampleRows) break;
    }
  }
  const [header, ...samples] = rows;
  if (!header) throw new CartwrightError("file_unreadable", `${path} has no header`);
  const repeated = header.find((column, index) => header.indexOf(column) !== index);
  if (repeated !== undefined)
    throw new CartwrightError("file_unreadable", `${path}:1: the column "${repeated}" stands twice in the header`);
  // The last row of the sample may be cut in its middle.
  return { header, samples: samples.slice(0, -1).length > 0 ? samples.slice(0, -1) : samples };
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function collect<T>(items: AsyncIterable<T>, most: number): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= most) break;
  }
  return found;
}

interface DelimitedLoad {
  readonly loader: RowSink;
  readonly blocks: AsyncIterable<Buffer>;
  readonly delimiter: string;
  readonly instantForms: ReadonlyMap<string, InstantForm> | null;
  readonly onProgress: () => void;
}

/** Two runs are under way at a time: the engine takes one while the next is read and cut. */
async function loadDelimited(load: DelimitedLoad): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let failure: unknown = null;
  let isHeader = true;
  for await (const chunk of cutChunks(load.blocks, load.delimiter, chunkBytes)) {
    const rows = isHeader ? withoutHeader(chunk) : { ...chunk, firstRow: chunk.firstRow - 1 };
    isHeader = false;
    const work = load.loader
      .loadChunk(rows, load.delimiter, load.instantForms)
      .then(load.onProgress)
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= chunksInFlight) await Promise.race(underWay);
    if (failure !== null) break;
  }
  await Promise.all(underWay);
  if (failure !== null) throw failure;
}

/** The first chunk without its header record; rows then count from 1. */
function withoutHeader(chunk: Chunk): Chunk {
  const start = chunk.starts[1] ?? chunk.bytes.length;
  const records = recordsOf(chunk);
  records.next();
  const second = records.next().value;
  return {
    bytes: chunk.bytes.subarray(start),
    firstRow: 1,
    firstLine: second ? second.line : chunk.firstLine + 1,
    recordCount: chunk.recordCount - 1,
    starts: chunk.starts.slice(1).map((offset) => offset - start),
    open: chunk.open.filter((index) => index > 0).map((index) => index - 1),
  };
}
