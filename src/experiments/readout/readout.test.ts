import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { defaultOptions, type ReadoutOptions, readout } from "./readout.ts";
import type { Arm, Units } from "./units.ts";

const armOf = (variant: string, metric: readonly number[], more: Partial<Arm> = {}): Arm => ({
  variant,
  metric: Float64Array.from(metric),
  denominator: null,
  covariate: null,
  stratum: null,
  ...more,
});

const unitsOf = (type: Units["type"], arms: readonly Arm[], strata: readonly string[] = []): Units => ({
  metric: "value",
  type,
  arms,
  dropped: {},
  rowCount: arms.reduce((sum, arm) => sum + arm.metric.length, 0),
  covariateMissingCount: 0,
  strata,
});

const yes = (count: number, of: number): number[] => Array.from({ length: of }, (_, unit) => (unit < count ? 1 : 0));
const read = (units: Units, more: Partial<ReadoutOptions> = {}) => readout(units, { ...defaultOptions, ...more });

describe("a readout", () => {
  const three = unitsOf("proportion", [armOf("a", yes(30, 100)), armOf("b", yes(45, 100)), armOf("c", yes(33, 100))]);

  it("holds each variant against the control and adjusts for looking at several (Holm: twice the smaller p-value)", () => {
    const [a, b, c] = read(three).variants;
    expect(a?.absolute_effect).toBeNull();
    expect(b?.absolute_effect).toBeCloseTo(0.15, 12);
    expect(b?.relative_effect).toBeCloseTo(0.5, 12);
    expect(b?.p_value_adjusted).toBeCloseTo(2 * (b?.p_value ?? 0), 12);
    expect(c?.p_value_adjusted).toBeCloseTo(c?.p_value ?? 0, 12);
  });

  it("adds Bayesian figures and always-valid intervals only when asked; the latter are the wider ones", () => {
    expect(read(three).variants[1]?.probability_best).toBeNull();
    const [a, b, c] = read(three, {
      prior: { beta: [1, 1], normal: null },
      sequentialPlannedCount: 300,
    }).variants;
    const best = [a, b, c].map((one) => one?.probability_best ?? 0);
    expect(best.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 8);
    expect(Math.max(...best)).toBe(best[1]);
    expect(b?.sequential_ci_lower).toBeLessThan(b?.ci_lower ?? 0);
    expect(b?.sequential_p_value).toBeGreaterThan(b?.p_value ?? 1);
    expect(b?.credible_lower).toBeGreaterThan(0);
  });

  it("calls the sample ratio mismatched below 0.001 only, against the planned weights", () => {
    const uneven = unitsOf("proportion", [armOf("a", yes(300, 1000)), armOf("b", yes(150, 500))]);
    expect(read(uneven).srm.is_mismatch).toBe(true);
    expect(read(uneven).warnings[0]).toContain("do not have the planned sizes");
    expect(read(uneven, { weights: [2, 1] }).srm.p_value).toBeCloseTo(1, 12);
  });

  it("takes off what a covariate explains: the same effect in expectation, a narrower interval", () => {
    const random = createRandom(3);
    const arms = ["a", "b"].map((variant, arm) => {
      const before = Array.from({ length: 500 }, () => random.gamma(2, 20));
      const metric = before.map((value) => value + 2 * arm + random.normal(0, 4));
      return { variant, metric, before };
    });
    const plain = read(
      unitsOf(
        "mean",
        arms.map(({ variant, metric }) => armOf(variant, metric)),
      ),
    );
    const adjusted = read(
      unitsOf(
        "mean",
        arms.map(({ variant, metric, before }) => armOf(variant, metric, { covariate: Float64Array.from(before) })),
      ),
    );
    const width = (found: typeof plain) => (found.variants[1]?.ci_upper ?? 0) - (found.variants[1]?.ci_lower ?? 0);
    expect(adjusted.method).toBe("cuped_welch_t");
    expect(width(adjusted)).toBeLessThan(0.3 * width(plain));
    expect(adjusted.variants[1]?.absolute_effect).toBeCloseTo(2, 0);
    expect(adjusted.covariate?.explained_rate).toBeGreaterThan(0.9);
  });

  it("caps values above a quantile of all arms together", () => {
    const found = read(unitsOf("mean", [armOf("a", [1, 2, 3, 4, 5]), armOf("b", [1, 2, 3, 4, 1000])]), {
      winsoriseRate: 0.8,
    });
    expect(found.winsorised).toEqual({ limit: 4.2, capped_count: 2 });
    expect(found.variants[1]?.mean).toBeCloseTo(2.84, 12);
  });

  it("divides sums by sums for a ratio metric", () => {
    const ratio = (variant: string, metric: number[], denominator: number[]) =>
      armOf(variant, metric, { denominator: Float64Array.from(denominator) });
    const found = read(unitsOf("ratio", [ratio("a", [10, 0, 30], [1, 0, 3]), ratio("b", [12, 24, 0], [1, 1, 1])]));
    expect(found.method).toBe("ratio_delta_z");
    expect(found.variants.map((one) => one.mean?.toFixed(12))).toEqual(["10.000000000000", "12.000000000000"]);
  });

  it("weights the effects of strata, and adds ranks and quantiles, when asked", () => {
    const arms = [armOf("a", [1, 1, 2, 9, 9, 8]), armOf("b", [2, 3, 3, 9, 9, 9])].map((arm) => ({
      ...arm,
      stratum: Int32Array.from([0, 0, 0, 1, 1, 1]),
    }));
    const [, b] = read(unitsOf("mean", arms, ["small", "large"]), { isRankTested: true, quantiles: [0.5] }).variants;
    expect(b?.stratified_effect).toBeCloseTo((8 / 3 - 4 / 3 + 1 / 3) / 2, 12);
    expect(b?.superiority_rate).toBeCloseTo((2.5 + 3 + 3 + 3 * 5) / 36, 12);
    expect(b?.quantiles[0]).toMatchObject({ quantile: 0.5, control: 5, treatment: 6 });
  });

  it("has the power for the effect planned, and the effect that four of five such experiments would show", () => {
    const found = read(unitsOf("proportion", [armOf("a", yes(75, 2351)), armOf("b", yes(113, 2351))]), {
      plannedEffect: 0.016,
    });
    expect(found.power).toBeCloseTo(0.8, 1);
    const atMinimum = read(unitsOf("proportion", [armOf("a", yes(75, 2351)), armOf("b", yes(113, 2351))]), {
      plannedEffect: found.minimum_detectable_effect,
    });
    expect(atMinimum.power).toBeCloseTo(0.8, 5);
  });

  it("says so when there are too few units, too few successes, or too long a tail", () => {
    expect(read(unitsOf("mean", [armOf("a", [1]), armOf("b", [1, 2])])).variants[1]?.p_value).toBeNull();
    expect(read(unitsOf("proportion", [armOf("a", yes(3, 50)), armOf("b", yes(20, 50))])).warnings[0]).toContain(
      "only 3",
    );
    const tail = [...yes(10, 99), 5_000];
    expect(read(unitsOf("mean", [armOf("a", tail), armOf("b", tail)])).warnings[0]).toContain("skewness");
  });

  it("of equal values says no effect, without a number that is none", () => {
    const found = read(unitsOf("mean", [armOf("a", [3, 3, 3]), armOf("b", [3, 3])]), {
      prior: { beta: [1, 1], normal: null },
      sequentialPlannedCount: 100,
      isRankTested: true,
    });
    expect(found.variants[1]).toMatchObject({ absolute_effect: 0, statistic: 0, p_value: 1, probability_best: null });
    expect(JSON.stringify(found)).not.toMatch(/NaN|Infinity/);
  });
});
