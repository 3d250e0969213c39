import { describe, expect, it } from "vitest";
import { differenceInDifferences } from "./difference-in-differences.ts";
import { createRandom } from "./random.ts";
import { syntheticControl } from "./synthetic-control.ts";

describe("difference in differences", () => {
  it("takes the others' change off, by hand: (13 - 9) - (8 - 6)", () => {
    const found = differenceInDifferences(
      [
        { name: "a", isTreated: true, values: [8, 10, 13, 13] },
        { name: "b", isTreated: false, values: [5, 7, 8, 8] },
      ],
      2,
    );
    expect(found.effect).toBe(2);
    expect([found.treatedBefore, found.treatedAfter, found.controlBefore, found.controlAfter]).toEqual([9, 13, 6, 8]);
    expect(found.comparison).toBeNull();
    expect(found.placebos).toEqual([{ start: 1, effect: 0 }]);
  });

  it("agrees with Card and Krueger (1994, table 3): 21.03 - 20.44 in New Jersey, 21.17 - 23.33 in Pennsylvania, 2.76 (2.75 from these rounded means)", () => {
    const state = (name: string, isTreated: boolean, before: number, after: number) => ({
      name,
      isTreated,
      values: [before, before, after],
    });
    const found = differenceInDifferences([state("NJ", true, 20.44, 21.03), state("PA", false, 23.33, 21.17)], 2);
    expect(found.effect).toBeCloseTo(2.75, 10);
  });

  it("raises 5 % false alarms on units that drift by themselves, without an effect", () => {
    const random = createRandom(77);
    let alarms = 0;
    for (let run = 0; run < 4_000; run++) {
      const units = Array.from({ length: 24 }, (_, i) => {
        let level = random.normal(100, 10);
        return {
          name: String(i),
          isTreated: i < 12,
          values: Array.from({ length: 10 }, () => {
            level += random.normal();
            return level;
          }),
        };
      });
      if ((differenceInDifferences(units, 6).comparison?.pValue ?? 1) < 0.05) alarms++;
    }
    expect(Math.abs(alarms / 4_000 - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 4_000));
  });

  it("refuses a change at the first period and a group without units", () => {
    const unit = { name: "a", isTreated: true, values: [1, 2, 3] };
    expect(() => differenceInDifferences([unit, { ...unit, isTreated: false }], 1)).toThrow(
      "start must be from 2 to 2",
    );
    expect(() => differenceInDifferences([unit], 2)).toThrow("both groups");
  });
});

describe("synthetic control", () => {
  const random = createRandom(4);
  const donors = Array.from({ length: 6 }, (_, j) => ({
    name: `d${j}`,
    values: Array.from({ length: 40 }, (_, t) => 50 + 10 * Math.sin(t / (2 + j)) + j * t * 0.3 + random.normal(0, 0.3)),
  }));
  const mixture = (t: number) => 0.3 * (donors[0]?.values[t] ?? 0) + 0.7 * (donors[3]?.values[t] ?? 0);
  const treated = (effect: number) => ({
    name: "treated",
    values: Array.from({ length: 40 }, (_, t) => mixture(t) + (t >= 30 ? effect : 0)),
  });

  it("finds the mixture a unit was made of, and the effect put on it", () => {
    const found = syntheticControl(treated(5), donors, 30);
    expect(found.weights.map((weight) => weight.toFixed(2))).toEqual(["0.30", "0.00", "0.00", "0.70", "0.00", "0.00"]);
    expect(found.effect).toBeCloseTo(5, 2);
    expect(found.errorBefore).toBeLessThan(0.05);
  });

  it("ranks the treated unit first among placebos when there is an effect: p = 1 / 7", () => {
    const found = syntheticControl(treated(5), donors, 30);
    expect(found.placebos.map((placebo) => placebo.name)).toEqual(donors.map((donor) => donor.name));
    expect(found.pValue).toBeCloseTo(1 / 7, 12);
  });

  it("has shares that are shares, whatever the data", () => {
    const { weights } = syntheticControl(
      { name: "x", values: Array.from({ length: 40 }, (_, t) => 1_000 - t) },
      donors,
      30,
    );
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  });
});
