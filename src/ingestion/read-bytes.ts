/** The bytes of a file: decompressed, decoded to UTF-8, with a digest of what is on disk. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";
import iconv from "iconv-lite";
import { CartwrightError } from "../errors.ts";

export type Compression = "none" | "gzip" | "zstd";

export interface ByteSource {
  readonly path: string;
  readonly size: number;
  readonly compression: Compression;
  /** Encoding of the text; `utf-8` needs no decoding. */
  readonly encoding: string;
}

/** Bytes read from disk so far, for progress, and the digest once all are read. */
export interface ReadProgress {
  bytesRead: number;
  readonly hash: Hash;
}

const blockBytes = 4 * 1024 * 1024;
/** A file may unpack to this much whatever it is, and beyond it to so many times its own bytes: real tables pack to a tenth. */
const freeUnpackedBytes = 256 * 1024 * 1024;
const mostTimes = 200;
/** Formats that are read from their end are held in memory. */
export const mostWholeBytes = 1024 * 1024 * 1024;
const sampleBytes = 1024 * 1024;

function compressionOf(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gzip";
  return head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528 ? "zstd" : "none";
}

/** The encoding by byte-order mark, else UTF-8 when the sample is valid UTF-8, else Windows-1252. */
function encodingOf(sample: Buffer, isWhole: boolean): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return "utf-16le";
  if (sample[0] === 0xfe && sample[1] === 0xff) return "utf-16be";
  const zeros = sample.subarray(0, 4096).filter((byte) => byte === 0).length;
  if (zeros > Math.min(sample.length, 4096) / 4) return sample[0] === 0 ? "utf-16be" : "utf-16le";
  // The end of the sample may cut a character; back up to the last line end.
  const end = isWhole ? sample.length : sample.lastIndexOf(10) + 1 || sample.length;
  return validUtf8Share(sample.subarray(0, end)) ? "utf-8" : "windows-1252";
}

/** A stray broken byte in a UTF-8 file must not turn the whole file into Windows-1252: multi-byte characters decide. */
function validUtf8Share(sample: Buffer): boolean {
  const text = sample.toString("utf8");
  const broken = text.split("\ufffd").length - 1;
  if (broken === 0) return true;
  const multibyte = [...text.matchAll(/[^\p{ASCII}\ufffd]/gu)].length;
  return multibyte > 0 && multibyte >= broken;
}

/** Opens a file far enough to know its size, compression and encoding. */
export async function inspect(path: string, encoding: string | undefined): Promise<ByteSource> {
  const { size } = await stat(path);
  const handle = await open(path);
  const head = Buffer.alloc(4);
  const { bytesRead } = await handle.read(head, 0, 4, 0);
  await handle.close();
  const compression = compressionOf(head.subarray(0, bytesRead));
  const source: ByteSource = { path, size, compression, encoding: "utf-8" };
  if (encoding !== undefined) {
    if (!iconv.encodingExists(encoding)) {
      throw new CartwrightError(
        "mapping_invalid",
        `"${encoding}" is not a known encoding; try utf-8, utf-16le or windows-1252`,
      );
    }
    return { ...source, encoding: encoding.toLowerCase() };
  }
  const sample = await firstBytes(source, sampleBytes);
  return { ...source, encoding: encodingOf(sample.bytes, sample.isWhole) };
}

/** The first decoded bytes of a file, for recognising what it is. */
export async function firstBytes(source: ByteSource, most: number): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  const progress: ReadProgress = { bytesRead: 0, hash: createHash("sha256") };
  for await (const block of readBytes(source, progress)) {
    parts.push(block);
    length += block.length;
    if (length >= most) return { bytes: Buffer.concat(parts).subarray(0, most), isWhole: false };
  }
  return { bytes: Buffer.concat(parts), isWhole: true };
}

/**
 * The whole content, decompressed, for formats whose parts are found from their end.
 *
 * @throws file_unreadable when it is more than may be held in memory
 */
export async function wholeFile(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const block of readBytes(source, { bytesRead: 0, hash: createHash("sha256") })) {
    length += block.length;
    if (length > mostWholeBytes)
      throw new CartwrightError("file_unreadable", `${source.path} holds more than ${mostWholeBytes} bytes`);
    parts.push(block);
  }
  return Buffer.concat(parts);
}

/** Counts what a packed file unpacks to. @throws RangeError when it is out of all proportion to the bytes read */
function unpackedCount(progress: ReadProgress): (bytes: number) => void {
  let unpacked = 0;
  return (bytes) => {
    unpacked += bytes;
    if (unpacked > Math.max(freeUnpackedBytes, progress.bytesRead * mostTimes))
      throw new RangeError(`it unpacks to more than ${mostTimes} times its bytes`);
  };
}

/** The first decompressed bytes of a file, as they are: they tell one format from another. */
export async function startOf(path: string): Promise<Buffer> {
  const source = await inspect(path, "binary");
  return (await firstBytes({ ...source, encoding: "utf-8" }, 4096)).bytes;
}

/** All bytes of the file as UTF-8 without a byte-order mark, in blocks; `progress` follows the bytes on disk. */
export async function* readBytes(source: ByteSource, progress: ReadProgress): AsyncGenerator<Buffer> {
  const raw = createReadStream(source.path, { highWaterMark: blockBytes });
  raw.on("data", (chunk: string | Buffer) => {
    progress.bytesRead += chunk.length;
    progress.hash.update(chunk);
  });
  const count = unpackedCount(progress);
  const plain =
    source.compression === "gzip"
      ? raw.pipe(createGunzip({ chunkSize: blockBytes }))
      : source.compression === "zstd"
        ? unzstd(raw, count)
        : raw;
  raw.on("error", (error) => "destroy" in plain && plain.destroy(error));
  let isFirst = true;
  try {
    for await (const block of decode(plain, source.encoding)) {
      const bytes = isFirst && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? block.subarray(3) : block;
      isFirst = false;
      if (source.compression === "gzip") count(block.length);
      if (bytes.length > 0) yield bytes;
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new CartwrightError(
      "file_unreadable",
      `${source.path} could not be read as ${source.compression}: ${message}`,
      {},
      error,
    );
  } finally {
    raw.destroy();
  }
}

async function* unzstd(raw: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  // A few bytes may stand for any number of blocks, all of which come at once: they are counted as they come.
  const stream = new Decompress((chunk) => {
    count(chunk.length);
    ready.push(Buffer.from(chunk));
  });
  for await (const block of raw) {
    stream.push(block);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}

async function* decode(blocks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding === "utf-8" || encoding === "utf8") {
    yield* blocks;
    return;
  }
  const decoder = iconv.getDecoder(encoding);
  for await (const block of blocks) yield Buffer.from(decoder.write(block), "utf8");
  yield Buffer.from(decoder.end() ?? "", "utf8");
}
