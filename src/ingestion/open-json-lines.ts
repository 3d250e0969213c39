/** JSON Lines: one object a line, its keys the columns; values that are objects or lists are kept as JSON text. */
import { createHash } from "node:crypto";
import { CartwrightError } from "../errors.ts";
import { parseExactly } from "./exact-json.ts";
import { matchTable } from "./match-table.ts";
import type { FileOptions, OpenedFile } from "./open-file.ts";
import { type FileRecord, openShaped } from "./open-shaped.ts";
import { type ByteSource, firstBytes, readBytes } from "./read-bytes.ts";
import { findShaped } from "./recognise.ts";
import { longestRecord } from "./records.ts";
import { type RowParts, reject, type SourceRow } from "./rows.ts";

const sampleBytes = 512 * 1024;
const sampleRows = 1000;
const rowsAtOnce = 50_000;
const newline = 10;

export async function openJsonLines(path: string, bytes: ByteSource, options: FileOptions): Promise<OpenedFile> {
  const sample = await firstBytes(bytes, sampleBytes);
  const lines = sample.bytes.toString("utf8").split("\n");
  const objects = (sample.isWhole ? lines : lines.slice(0, -1))
    .slice(0, sampleRows)
    .map((line) => objectOf(line.trim()))
    .filter((one) => one !== null);
  const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  if (keys.length === 0) throw new CartwrightError("file_unreadable", `${path} holds no JSON object a line`);
  const samples = objects.map((one) => keys.map((key) => one[key] ?? ""));
  const shaped = findShaped(keys, options);
  if (shaped) {
    options.onTable?.({ header: keys, samples });
    return openShaped({ path, format: "json-lines", bytes, delimiter: null, headerText: "", shaped, records });
  }
  const { table, mapping, style } = matchTable({ header: keys, samples }, options, path, true);
  const columns = mapping.header.slice(0, mapping.header.length - mapping.pathValues.length);
  const known = new Set(columns);
  const takeApart = (text: string): RowParts => {
    const object = objectOf(text.trim());
    if (object === null) return { reason: "is not a JSON object" };
    const extra = Object.entries(object).filter(([key, value]) => !known.has(key) && value !== "");
    return {
      fields: columns.map((key) => object[key] ?? ""),
      ...(extra.length > 0 ? { further: Object.fromEntries(extra) } : {}),
    };
  };
  return {
    path,
    format: "json-lines",
    bytes,
    delimiter: null,
    mapping,
    style,
    headerText: "",
    samples: table.samples,
    takeApart,
    load: async (loader, read, onProgress) => {
      let rows: SourceRow[] = [];
      let row = 0;
      const flush = async (): Promise<void> => {
        await loader.loadRows(rows);
        rows = [];
        onProgress();
      };
      for await (const { text, line } of linesOf(read(bytes))) {
        if (text.trim() === "") continue;
        row += 1;
        const parts = takeApart(text);
        if ("reason" in parts) {
          await loader.refuse([reject({ row, line, raw: text }, parts.reason)]);
          continue;
        }
        rows.push({ row, line, raw: text, ...parts });
        if (rows.length >= rowsAtOnce) await flush();
      }
      await flush();
    },
  };
}

/** The objects of a file as they are, for presets that make rows of them. */
async function* records(blocks: AsyncIterable<Buffer>): AsyncGenerator<FileRecord> {
  for await (const { text, line } of linesOf(blocks)) {
    if (text.trim() === "") continue;
    const value = membersOf(text.trim());
    yield value === null ? { line, raw: text, reason: "is not a JSON object" } : { line, raw: text, values: value };
  }
}

/** Every object of a file as texts under the union of their keys, for tools that take any table. */
export async function jsonLinesTable(
  path: string,
  bytes: ByteSource,
): Promise<{ header: readonly string[]; rows: (readonly string[])[] }> {
  const objects: Record<string, string>[] = [];
  for await (const { text, line } of linesOf(readBytes(bytes, { bytesRead: 0, hash: createHash("sha256") }))) {
    if (text.trim() === "") continue;
    const object = objectOf(text.trim());
    if (object === null) throw new CartwrightError("file_unreadable", `${path}:${line}: is not a JSON object`);
    objects.push(object);
  }
  const header = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  return { header, rows: objects.map((one) => header.map((key) => one[key] ?? "")) };
}

function membersOf(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value = parseExactly(line);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return null;
  }
}

function objectOf(line: string): Record<string, string> | null {
  const value = membersOf(line);
  return value && Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textOf(one)]));
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

async function* linesOf(blocks: AsyncIterable<Buffer>): AsyncGenerator<{ text: string; line: number }> {
  let pending: Buffer = Buffer.alloc(0);
  let line = 1;
  for await (const block of blocks) {
    const bytes = pending.length === 0 ? block : Buffer.concat([pending, block]);
    let at = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, at)) {
      yield { text: bytes.toString("utf8", at, end).replace(/\r$/, ""), line };
      line += 1;
      at = end + 1;
    }
    pending = bytes.subarray(at);
    if (pending.length > longestRecord)
      throw new CartwrightError("file_unreadable", `line ${line} has more than ${longestRecord} bytes without an end`);
  }
  if (pending.length > 0) yield { text: pending.toString("utf8"), line };
}
