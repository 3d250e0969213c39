/**
 * The form of a journal's file: groups, each what one flush to the disk holds. A group is a line `#rows rejects bytes crc`,
 * then the rows, then the rejects. A group that is cut off, or not what its checksum says, was never acknowledged: it and
 * all that follows it is not there.
 */
import { crc32 } from "node:zlib";

export interface Group {
  /** Rows in the engine's form, each with its number. */
  readonly rows: Buffer;
  readonly rowCount: number;
  /** Refused messages, a JSON object a line. */
  readonly rejects: Buffer;
  /** Where the group ends in its file. */
  readonly end: number;
}

const newline = 10;
const longestHead = 80;

/** The bytes of a group. */
export function packGroup(rows: readonly string[], rejects: readonly string[]): Buffer {
  const [body, refused] = [Buffer.from(rows.join(""), "utf8"), Buffer.from(rejects.join(""), "utf8")];
  const checksum = crc32(refused, crc32(body)).toString(16);
  const head = Buffer.from(`#${rows.length} ${body.length} ${refused.length} ${checksum}\n`, "latin1");
  return Buffer.concat([head, body, refused]);
}

/** The group that begins at `start`; null where none does, or only a part of one. */
export function groupAt(bytes: Buffer, start: number): Group | null {
  const headEnd = bytes.subarray(start, start + longestHead).indexOf(newline) + start;
  const head = /^#(\d+) (\d+) (\d+) ([0-9a-f]+)$/.exec(bytes.toString("latin1", start, Math.max(start, headEnd)));
  if (!head) return null;
  const [rowCount, rowBytes, rejectBytes] = [Number(head[1]), Number(head[2]), Number(head[3])];
  const middle = headEnd + 1 + rowBytes;
  const end = middle + rejectBytes;
  if (end > bytes.length) return null;
  const [rows, rejects] = [bytes.subarray(headEnd + 1, middle), bytes.subarray(middle, end)];
  return crc32(rejects, crc32(rows)).toString(16) === head[4] ? { rows, rowCount, rejects, end } : null;
}

/** The whole groups at the beginning of a file's bytes. */
export function* groupsOf(bytes: Buffer): Generator<Group> {
  for (let group = groupAt(bytes, 0); group !== null; group = groupAt(bytes, group.end)) yield group;
}
