/**
 * Delimited text, record by record (RFC 4180): quotes open only at the start of a field, doubled quotes stand for one.
 * A quote that is never closed must not swallow the rest of a file: after 1 MB, or at the end of the file, its line stands
 * alone and is refused.
 */
import { CartwrightError } from "../errors.ts";

const newline = 10;
const carriageReturn = 13;
const quote = 34;
const longestQuotedRecord = 1024 * 1024;
/** A row that goes on beyond this is none: the whole of it would have to be held in memory. */
export const longestRecord = 64 * 1024 * 1024;

/** A run of whole records cut from the stream. */
export interface Chunk {
  readonly bytes: Buffer;
  /** Row number of its first record, from 1. */
  readonly firstRow: number;
  /** Line number of its first record, from 1. */
  readonly firstLine: number;
  readonly recordCount: number;
  /** Where each record starts in `bytes`. */
  readonly starts: readonly number[];
  /** Which records (from 0) have a quote that is never closed: the engine would read on into the next ones. */
  readonly open: readonly number[];
}

/** The next quote at or after a place; looked for once and remembered, since most files have few or none. */
class QuoteFinder {
  readonly #bytes: Buffer;
  #found = -1;
  #isNone = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  from(start: number): number {
    if (this.#isNone) return -1;
    if (this.#found < start) {
      this.#found = this.#bytes.indexOf(quote, start);
      this.#isNone = this.#found === -1;
    }
    return this.#found;
  }
}

interface Cut {
  readonly bytes: Buffer;
  readonly quotes: QuoteFinder;
  readonly delimiter: number;
  /** True when no more bytes follow. */
  readonly isLast: boolean;
  /** Told of a record with a quote that is never closed, whose first line therefore stands alone. */
  readonly onOpen: () => void;
}

/** Where the record that starts at `start` ends (after its line end); -1 when more bytes are needed to know. */
function endOfRecord({ bytes, quotes, delimiter, isLast, onOpen }: Cut, start: number): number {
  const lineEnd = bytes.indexOf(newline, start);
  const firstQuote = quotes.from(start);
  if (lineEnd !== -1 && (firstQuote === -1 || firstQuote > lineEnd)) return lineEnd + 1;
  if (lineEnd === -1 && (firstQuote === -1 || isLast)) return isLast ? bytes.length : -1;
  const limit = Math.min(bytes.length, start + longestQuotedRecord);
  let isFieldStart = true;
  let isQuoted = false;
  for (let at = start; at < limit; at += 1) {
    const byte = bytes[at];
    if (isQuoted) {
      if (byte !== quote) continue;
      if (bytes[at + 1] === quote) at += 1;
      else isQuoted = false;
    } else if (byte === newline) {
      return at + 1;
    } else if (byte === quote && isFieldStart) {
      isQuoted = true;
      isFieldStart = false;
    } else if (byte === delimiter) {
      isFieldStart = true;
    } else if (byte !== 32 && byte !== 9) {
      isFieldStart = false;
    }
  }
  const isTooLong = limit < bytes.length || limit - start >= longestQuotedRecord;
  if (!isTooLong && !isLast) return -1;
  if (!isQuoted && isLast && !isTooLong) return bytes.length;
  onOpen();
  return lineEnd === -1 ? (isLast ? bytes.length : -1) : lineEnd + 1;
}

/** Cuts a byte stream into chunks of whole records; blank lines are passed over but counted as lines. */
export async function* cutChunks(
  blocks: AsyncIterable<Buffer>,
  delimiter: string,
  chunkBytes: number,
): AsyncGenerator<Chunk> {
  const delimiterByte = delimiter.charCodeAt(0);
  let pending: Buffer = Buffer.alloc(0);
  let row = 1;
  let line = 1;
  function cut(isLast: boolean): Chunk | null {
    const starts: number[] = [];
    const open: number[] = [];
    const onOpen = (): void => {
      open.push(starts.length);
    };
    const cutting = { bytes: pending, quotes: new QuoteFinder(pending), delimiter: delimiterByte, isLast, onOpen };
    let at = 0;
    while (at < pending.length) {
      const end = endOfRecord(cutting, at);
      if (end === -1) break;
      if (!isBlank(pending, at, end)) starts.push(at);
      at = end;
    }
    if (at === 0) return null;
    const bytes = pending.subarray(0, at);
    pending = pending.subarray(at);
    const chunk = { bytes, firstRow: row, firstLine: line, recordCount: starts.length, starts, open };
    row += starts.length;
    line += countLines(bytes);
    return chunk;
  }
  for await (const block of gather(blocks, chunkBytes)) {
    pending = pending.length === 0 ? block : Buffer.concat([pending, block]);
    const chunk = cut(false);
    if (chunk) yield chunk;
    else if (pending.length > longestRecord)
      throw new CartwrightError("file_unreadable", `row ${row} has more than ${longestRecord} bytes without an end`);
  }
  for (let chunk = cut(true); chunk; chunk = cut(true)) yield chunk;
}

async function* gather(blocks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const block of blocks) {
    parts.push(block);
    length += block.length;
    if (length >= size) {
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(parts);
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start];
  return end - start <= 2 && (first === newline || (first === carriageReturn && bytes[start + 1] === newline));
}

/** Line ends in `bytes`. */
export function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

export interface Record {
  readonly row: number;
  readonly line: number;
  readonly raw: Buffer;
}

/** The records of a chunk, each with its row, its first line and its bytes without the line end. */
export function* recordsOf(chunk: Chunk): Generator<Record> {
  let line = chunk.firstLine;
  let counted = 0;
  for (let index = 0; index < chunk.recordCount; index += 1) {
    const start = chunk.starts[index] ?? 0;
    const next = chunk.starts[index + 1] ?? chunk.bytes.length;
    line += countLines(chunk.bytes.subarray(counted, start));
    counted = start;
    let end = next;
    while (end > start && (chunk.bytes[end - 1] === newline || chunk.bytes[end - 1] === carriageReturn)) end -= 1;
    yield { row: chunk.firstRow + index, line, raw: chunk.bytes.subarray(start, end) };
  }
}

export type ParsedRecord =
  | { readonly isValid: true; readonly fields: readonly string[] }
  | { readonly isValid: false; readonly reason: string };

const isBlankAt = (text: string, at: number): boolean => text[at] === " " || text[at] === "\t";

/** A field without its outer spaces and tabs; a loop, as an expression would begin anew at each of a long run of them. */
function withoutBlanks(text: string, isBothSides: boolean): string {
  let [from, to] = [0, text.length];
  while (isBothSides && from < to && isBlankAt(text, from)) from += 1;
  while (to > from && isBlankAt(text, to - 1)) to -= 1;
  return text.slice(from, to);
}

/** The fields of one record; unquoted fields lose outer spaces and tabs, quoted ones keep them. */
export function parseRecord(text: string, delimiter: string): ParsedRecord {
  if (!text.includes('"'))
    return { isValid: true, fields: text.split(delimiter).map((field) => withoutBlanks(field, true)) };
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === " " || (text[at] === "\t" && delimiter !== "\t")) at += 1;
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      fields.push(withoutBlanks(text.slice(at, end === -1 ? undefined : end), false));
      if (end === -1) return { isValid: true, fields };
      at = end + 1;
      continue;
    }
    const closing = closingQuote(text, at + 1);
    if (closing === -1) return { isValid: false, reason: "a quoted field is never closed" };
    fields.push(text.slice(at + 1, closing).replaceAll('""', '"'));
    const after = /^[ \t]*/.exec(text.slice(closing + 1))?.[0].length ?? 0;
    at = closing + 1 + (delimiter === "\t" ? 0 : after);
    if (at >= text.length) return { isValid: true, fields };
    if (text[at] !== delimiter)
      return { isValid: false, reason: `field ${fields.length} has text after its closing quote` };
    at += 1;
  }
}

/** The fields of one row as `rejects` files write it, for rows between delimiters. */
export const takeApartBy =
  (delimiter: string) =>
  (raw: string): { readonly fields: readonly string[] } | { readonly reason: string } => {
    const parsed = parseRecord(raw, delimiter);
    return parsed.isValid ? { fields: parsed.fields } : { reason: parsed.reason };
  };

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
