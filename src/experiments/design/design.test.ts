import { describe, expect, it } from "vitest";
import { type DesignQuestion, design } from "./design.ts";

const question: DesignQuestion = {
  baseline: 0.032,
  effect: 0.5,
  isRelative: true,
  standardDeviation: null,
  alpha: 0.05,
  power: 0.8,
  sides: 2,
  variantCount: 2,
  covariateCorrelation: 0,
  dailyUnits: null,
  unitsPerVariant: null,
};

describe("a plan", () => {
  it("from 3.2 % to 4.8 % at 5 % two-sided with 80 % power needs 2,351 units per variant, 1,852 one-sided", () => {
    expect(design(question).sample_size_per_variant).toBe(2_351);
    expect(design({ ...question, sides: 1 }).sample_size_per_variant).toBe(1_852);
    expect(design({ ...question, effect: 0.016, isRelative: false }).sample_size_per_variant).toBe(2_351);
  });

  it("lasts as many whole days as its units need: 4,702 at 300 a day are 16", () => {
    expect(design({ ...question, dailyUnits: 300 }).duration_days).toBe(16);
    expect(design(question).duration_days).toBeNull();
  });

  it("shares alpha among several comparisons: three variants need what two need at 2.5 %", () => {
    const three = design({ ...question, variantCount: 3 });
    expect(three.sample_size_per_variant).toBe(design({ ...question, alpha: 0.025 }).sample_size_per_variant);
    expect(three.total_sample_size).toBe(3 * three.sample_size_per_variant);
  });

  it("needs a quarter less with a covariate that correlates by a half", () => {
    const found = design({ ...question, covariateCorrelation: 0.5 });
    expect(found.sample_size_per_variant).toBe(Math.ceil(0.75 * 2350.7));
    expect(found.achieved_power).toBeCloseTo(0.8, 2);
  });

  it("of a mean is the exact one of the t-test: 64 units for half a standard deviation (Cohen, 1988)", () => {
    const found = design({ ...question, baseline: 20, effect: 5, isRelative: false, standardDeviation: 10 });
    expect(found.sample_size_per_variant).toBe(64);
    expect(found.achieved_power).toBeCloseTo(0.8015, 4);
  });

  it("given the units says the detectable effect; a fall of a share is the rise of its complement", () => {
    const found = design({ ...question, unitsPerVariant: 2_351 });
    expect(found.minimum_detectable_effect).toBeCloseTo(0.016, 4);
    const fall = design({ ...question, baseline: 0.968, effect: -0.016, isRelative: false });
    expect(fall.sample_size_per_variant).toBe(2_351);
    expect(fall.minimum_detectable_effect).toBeCloseTo(0.016, 4);
    expect(
      design({ ...question, baseline: 0.9, effect: 0.05, unitsPerVariant: 3 }).minimum_detectable_effect,
    ).toBeNull();
  });

  it.each<[Partial<DesignQuestion>, string]>([
    [{ baseline: 1.2 }, "baseline must be a share between 0 and 1"],
    [{ effect: 0 }, "effect must be a number other than 0"],
    [{ effect: 40 }, "must leave a share between 0 and 1"],
    [{ alpha: 0 }, "alpha must be between 0 and 1, got 0"],
    [{ power: 0.04 }, "power must be between alpha (0.05) and 1"],
    [{ variantCount: 1 }, "variants must be a whole number from 2 to 20"],
    [{ standardDeviation: -1 }, "standard_deviation must be above 0"],
    [{ dailyUnits: 0 }, "daily_units must be at least 1"],
    [{ covariateCorrelation: 1 }, "covariate_correlation must be between -1 and 1"],
  ])("refuses %o, naming value and limit", (wrong, message) => {
    expect(() => design({ ...question, ...wrong })).toThrow(message);
  });
});
