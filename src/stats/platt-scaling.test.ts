import { describe, expect, it } from "vitest";
import { createRandom } from "../sources/generator/index.ts";
import { fitPlattScaling, identityScaling, plattProbability } from "./platt-scaling.ts";

describe("Platt's scaling", () => {
  it("recovers the line that made the labels", () => {
    const random = createRandom(4);
    const margins = Float64Array.from({ length: 40_000 }, () => random.normal(0, 2));
    const labels = margins.map((margin) => (random.chance(1 / (1 + Math.exp(-(0.5 * margin - 1)))) ? 1 : 0));
    const { slope, intercept } = fitPlattScaling(margins, labels);
    // Three standard errors of such a fit are about 0.03.
    expect(Math.abs(slope - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(intercept + 1)).toBeLessThan(0.05);
  });

  it("matches the smoothed rate where all margins are alike", () => {
    const scaling = fitPlattScaling([0, 0, 0, 0], [1, 0, 0, 0]);
    // One target of 2/3, three of 1/5: their mean.
    expect(plattProbability(scaling, 0)).toBeCloseTo((2 / 3 + 3 / 5) / 4, 8);
  });

  it("never turns the order round, and leaves one class alone", () => {
    expect(fitPlattScaling([-2, -1, 1, 2], [1, 1, 0, 0])).toEqual(identityScaling);
    expect(fitPlattScaling([1, 2], [1, 1])).toEqual(identityScaling);
  });
});
