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

interface Head {
  readonly rowCount: number;
  readonly rowBytes: number;
  readonly checksum: string;
  /** Bytes of the head itself, and of the whole group. */
  readonly headBytes: number;
  readonly allBytes: number;
}

/** The head that bytes begin with; "short" where more bytes may make one, null where none does. */
function headOf(bytes: Buffer): Head | "short" | null {
  const headEnd = bytes.subarray(0, longestHead).indexOf(newline);
  if (headEnd === -1) return bytes.length < longestHead ? "short" : null;
  const head = /^#(\d+) (\d+) (\d+) ([0-9a-f]+)$/.exec(bytes.toString("latin1", 0, headEnd));
  if (!head) return null;
  const [rowCount, rowBytes, rejectBytes] = [Number(head[1]), Number(head[2]), Number(head[3])];
  const headBytes = headEnd + 1;
  return { rowCount, rowBytes, checksum: head[4] ?? "", headBytes, allBytes: headBytes + rowBytes + rejectBytes };
}

/** The group of a head; null when it is not what its checksum says. */
function groupOf(bytes: Buffer, { rowCount, rowBytes, checksum, headBytes, allBytes }: Head): Group | null {
  const middle = headBytes + rowBytes;
  const [rows, rejects] = [bytes.subarray(headBytes, middle), bytes.subarray(middle, allBytes)];
  return crc32(rejects, crc32(rows)).toString(16) === checksum ? { rows, rowCount, rejects } : null;
}

/** The whole groups at the beginning of a file, out of its blocks. Held at once are a block and what it lacks of a group. */
export async function* groupsIn(blocks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Group> {
  let held: Buffer[] = [];
  let wantedBytes = 0;
  let isOver = false;
  for await (const block of blocks) {
    // What follows a group that is none is read, for the digest of the file, and not looked at.
    if (isOver) continue;
    held.push(block);
    if (held.reduce((sum, { length }) => sum + length, 0) < wantedBytes) continue;
    let bytes = held.length === 1 ? block : Buffer.concat(held);
    wantedBytes = 0;
    while (!isOver) {
      const head = headOf(bytes);
      if (head === "short") break;
      if (head !== null && head.allBytes > bytes.length) {
        wantedBytes = head.allBytes;
        break;
      }
      const group = head && groupOf(bytes, head);
      if (group) yield group;
      else isOver = true;
      bytes = bytes.subarray(head?.allBytes ?? 0);
    }
    held = isOver ? [] : [bytes];
  }
}
