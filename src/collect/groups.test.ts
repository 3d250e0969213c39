import { describe, expect, it } from "vitest";
import { type Group, groupsIn, packGroup } from "./groups.ts";

const groups = [
  packGroup(["1\ta\n", "2\tü\n"], []),
  packGroup([], ['{"reason":"r"}\n']),
  packGroup([`3\t${"x".repeat(5000)}\n`], ['{"reason":"s"}\n', '{"reason":"t"}\n']),
  packGroup(["4\tlast\n"], []),
];
const file = Buffer.concat(groups);

function* blocksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function readAll(bytes: Buffer, size: number): Promise<Group[]> {
  const found: Group[] = [];
  for await (const group of groupsIn(blocksOf(bytes, size))) found.push(group);
  return found;
}

const packed = (found: readonly Group[]): string[] => found.map(({ rows, rejects }) => `${rows}|${rejects}`);
const whole = [
  "1\ta\n2\tü\n|",
  '|{"reason":"r"}\n',
  `3\t${"x".repeat(5000)}\n|{"reason":"s"}\n{"reason":"t"}\n`,
  "4\tlast\n|",
];

describe("the groups of a journal's file", () => {
  it.each([1, 7, 80, 4096, 1_000_000])("are the same in blocks of %i bytes", async (size) => {
    const found = await readAll(file, size);
    expect(packed(found)).toEqual(whole);
    expect(found.map(({ rowCount }) => rowCount)).toEqual([2, 0, 1, 1]);
  });

  it("end with the last whole one, wherever the file is cut", async () => {
    const ends = groups.map((_, index) => Buffer.concat(groups.slice(0, index + 1)).length);
    for (let length = 0; length <= file.length; length += length < 150 || length > 5000 ? 1 : 97) {
      const count = ends.filter((end) => end <= length).length;
      expect(packed(await readAll(file.subarray(0, length), 64)), `cut at ${length}`).toEqual(whole.slice(0, count));
    }
  });

  it("end before one with a wrong byte, whatever follows", async () => {
    const [first, second] = [groups[0]?.length ?? 0, (groups[0]?.length ?? 0) + (groups[1]?.length ?? 0)];
    for (let place = 0; place < second; place += 1) {
      const spoiled = Buffer.from(file);
      spoiled[place] = (spoiled[place] ?? 0) ^ 0x15;
      for (const size of [13, 100_000])
        expect(packed(await readAll(spoiled, size)), `byte ${place}`).toEqual(whole.slice(0, place < first ? 0 : 1));
    }
  });
});
