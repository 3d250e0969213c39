import { open } from "node:fs/promises";

const blockBytes = 65_536;
const newline = 10;

/** A line without its end, and the byte at which it begins. */
export interface Line {
  readonly text: string;
  readonly start: number;
}

/**
 * Lines of a file from the last to the first; no more of it is read than is asked for.
 *
 * @param end  the byte before which lines are read: the start of a line; the end of the file when not given
 */
export async function* linesBackwards(path: string, end?: number): AsyncGenerator<Line> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    let start = Math.min(end ?? size, size);
    let rest = Buffer.alloc(0);
    while (start > 0) {
      const from = Math.max(0, start - blockBytes);
      const block = Buffer.alloc(start - from);
      await file.read(block, 0, block.length, from);
      rest = Buffer.concat([block, rest]);
      start = from;
      for (let at = rest.lastIndexOf(newline, rest.length - 2); at >= 0; at = rest.lastIndexOf(newline, at - 1)) {
        yield { text: rest.toString("utf8", at + 1), start: start + at + 1 };
        rest = rest.subarray(0, at + 1);
        if (at === 0) break;
      }
    }
    if (rest.length > 0) yield { text: rest.toString("utf8"), start: 0 };
  } finally {
    await file.close();
  }
}
