import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../stats/random.ts";
import { buildAliasTable } from "./alias-table.ts";
import { weightedSampler, zipfSampler } from "./samplers.ts";

const COUNT = 200_000;

function frequencies(sample: (random: Random) => number, outcomes: number): number[] {
  const random = createRandom(11);
  const counts = new Array<number>(outcomes).fill(0);
  for (let n = 0; n < COUNT; n++) {
    const outcome = sample(random);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts.map((count) => count / COUNT);
}

describe("samplers", () => {
  it("draws outcomes by weight and never one of weight zero", () => {
    const found = frequencies(weightedSampler([1, 0, 4, 5]), 4);
    expect(found[1]).toBe(0);
    [0.1, 0, 0.4, 0.5].forEach((share, outcome) => {
      expect(Math.abs((found[outcome] ?? 0) - share)).toBeLessThan(0.006);
    });
  });

  it("draws ranks whose frequencies fall with the exponent of Zipf's law", () => {
    const found = frequencies(zipfSampler(1_000, 1.1), 1_000);
    const slope = Math.log((found[63] ?? 0) / (found[0] ?? 1)) / Math.log(64);
    expect(slope).toBeCloseTo(-1.1, 1);
  });

  it("refuses weights that are all zero", () => {
    expect(() => buildAliasTable([0, 0])).toThrow(RangeError);
  });
});
