import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sampleRatio } from "../../stats/sample-ratio.ts";
import { type AssignmentSettings, assign, murmur3, position } from "./assign.ts";

interface Vectors {
  readonly settings: AssignmentSettings;
  readonly assignments: readonly (readonly [unit: string, variant: string | null])[];
}

const path = new URL("../../../test/reference/murmur3/vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(path, "utf8")) as readonly Vectors[];
const half: AssignmentSettings = {
  salt: "s",
  variants: [
    { name: "a", weight: 1 },
    { name: "b", weight: 1 },
  ],
  ramp_rate: 1,
  namespace: null,
};
const units = Array.from({ length: 40_000 }, (_, i) => `customer-${i}`);
const countsOf = (settings: AssignmentSettings): number[] => {
  const given = units.map((unit) => assign(unit, settings));
  return settings.variants.map(({ name }) => given.filter((one) => one === name).length);
};

describe("assignment", () => {
  it.each([
    ["", 0, 0],
    ["", 1, 0x514e28b7],
    ["", 0xffffffff, 0x81f16f39],
    ["hello", 0, 0x248bfa47],
    ["The quick brown fox jumps over the lazy dog", 0, 0x2e4ff723],
  ])("hashes %o with seed %d as MurmurHash3 does (Appleby, 2011)", (text, seed, wanted) => {
    expect(murmur3(text, seed)).toBe(wanted);
  });

  it("is what the second implementation, in Python, gives", () => {
    const wrong = vectors.flatMap(({ settings, assignments }) =>
      assignments.filter(([unit, variant]) => assign(unit, settings) !== variant),
    );
    expect(wrong).toEqual([]);
  });

  it("follows the weights", () => {
    const settings = { ...half, variants: ["a", "b", "c"].map((name, i) => ({ name, weight: i + 1 })) };
    expect(sampleRatio(countsOf(settings), [1, 2, 3]).pValue).toBeGreaterThan(0.001);
  });

  it("of two experiments is independent: the other's variant says nothing", () => {
    const other = { ...half, salt: "t" };
    const both = [0, 0, 0, 0];
    for (const unit of units) {
      const at = (assign(unit, half) === "a" ? 0 : 2) + (assign(unit, other) === "a" ? 0 : 1);
      both[at] = (both[at] ?? 0) + 1;
    }
    expect(sampleRatio(both, [1, 1, 1, 1]).pValue).toBeGreaterThan(0.001);
  });

  it("moves nobody when it is ramped up, and lets in the share asked for", () => {
    const early = units.filter((unit) => assign(unit, { ...half, ramp_rate: 0.1 }) !== null);
    expect(Math.abs(early.length / units.length - 0.1)).toBeLessThan(0.008);
    expect(early.every((unit) => assign(unit, { ...half, ramp_rate: 0.1 }) === assign(unit, half))).toBe(true);
  });

  it("keeps experiments of one namespace apart", () => {
    const part = (salt: string, from: number, to: number) => ({ ...half, salt, namespace: { name: "n", from, to } });
    const inBoth = units.filter(
      (unit) => assign(unit, part("x", 0, 0.5)) !== null && assign(unit, part("y", 0.5, 1)) !== null,
    );
    expect(inBoth).toEqual([]);
    expect(units.every((unit) => position("namespace:n", unit) < 1)).toBe(true);
  });
});
