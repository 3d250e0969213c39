import { describe, expect, it } from "vitest";
import { brierScore, calibrationError, logLoss } from "./probability-quality.ts";
import { areaUnderRoc, averagePrecision, liftAt } from "./ranking-quality.ts";

describe("quality of a ranking", () => {
  it("the area under the curve counts ordered pairs, ties half (by hand)", () => {
    // The pairs are (0.4, 0.2) and (0.4, 0.4) of the first positive, both of the second: 1 + 0.5 + 1 + 1 of 4.
    expect(areaUnderRoc([0.4, 0.9, 0.4, 0.2], [1, 1, 0, 0])).toBe(0.875);
    expect(areaUnderRoc([1, 2, 3], [1, 1, 1])).toBeNull();
  });

  it("average precision weighs precision by added recall (scikit-learn's documented example: 0.83)", () => {
    expect(averagePrecision([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(averagePrecision([1], [0])).toBeNull();
  });

  it("lift compares the best share with all; a tie at the border counts its own rate", () => {
    const labels = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    expect(liftAt([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], labels, 0.2)).toBe(5);
    expect(liftAt(new Array(10).fill(0.5), labels, 0.2)).toBeCloseTo(1, 12);
  });
});

describe("quality of probabilities (by hand)", () => {
  it("log loss, Brier score and calibration", () => {
    expect(logLoss([0.5, 0.5], [1, 0])).toBeCloseTo(Math.LN2, 12);
    expect(logLoss([1], [0])).toBeCloseTo(-Math.log(1e-15), 0);
    expect(brierScore([0.8, 0.3], [1, 0])).toBeCloseTo((0.04 + 0.09) / 2, 12);
    // Groups of two: (0.1, 0.3) against rate 0, (0.6, 1) against rate 1; each off by 0.2.
    expect(calibrationError([0.6, 0.1, 1, 0.3], [1, 0, 1, 0], 2)).toBeCloseTo(0.2, 12);
  });
});
