import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, holm } from "./adjust-p-values.ts";
import { alwaysValid } from "./always-valid.ts";
import { standings } from "./best-variant.ts";
import { bootstrapQuantile } from "./bootstrap-quantile.ts";
import { coMomentsOf } from "./co-moments.ts";
import { credibleDifference } from "./credible-difference.ts";
import { cuped } from "./cuped.ts";
import { mannWhitney } from "./mann-whitney.ts";
import { momentsOf, momentsOfProportion } from "./moments.ts";
import { normalCdf } from "./normal.ts";
import { postStratified } from "./post-stratification.ts";
import { betaPosterior, normalPosterior } from "./posterior.ts";
import { detectableDifference, powerOfMeans, sampleSizeOfMeans } from "./power-means.ts";
import { detectableRise, powerOfProportions, sampleSizeOfProportions } from "./power-proportions.ts";
import { quantileSorted } from "./quantile.ts";
import { createRandom } from "./random.ts";
import { ratioEstimate, ratioMetricZ } from "./ratio-metric.ts";
import { relativeEffect } from "./relative-effect.ts";
import { sampleRatio } from "./sample-ratio.ts";
import { twoProportionZ } from "./two-proportion-z.ts";
import { welchT } from "./welch-t.ts";
import { winsorise } from "./winsorise.ts";

interface Reference {
  readonly control: readonly number[];
  readonly treatment: readonly number[];
  readonly before: readonly number[];
  readonly welch: Readonly<Record<"statistic" | "p_value" | "degrees" | "lower" | "upper", number>>;
  readonly tied: { readonly a: number[]; readonly b: number[]; readonly u: number; readonly p_value: number };
  readonly cuped: { readonly theta: number; readonly effect: number };
  readonly best: { readonly shapes: readonly [number, number][]; readonly standings: readonly [number, number][] };
  readonly difference: {
    readonly control: readonly [number, number];
    readonly treatment: readonly [number, number];
    readonly at: readonly number[];
    readonly cdf: readonly number[];
  };
  readonly power: readonly (readonly [number, number, number, number, 1 | 2, number])[];
  readonly mixture: readonly (readonly [number, number, number, number])[];
  readonly p_values: readonly number[];
  readonly false_discovery: readonly number[];
  readonly goodness: { counts: number[]; weights: number[]; chi_squared: number; p_value: number };
}

const path = new URL("../../test/reference/estimators/values.json", import.meta.url);
const scipy = JSON.parse(readFileSync(path, "utf8")) as Reference;
const near = (found: number, wanted: number, tolerance = 1e-9) =>
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(wanted), 1e-12));

describe("two-proportion z", () => {
  it("agrees with the figures printed for Cookie Cats (DataCamp): z 1.7841 and 3.1644, p 0.0744 and 0.00155", () => {
    const day1 = twoProportionZ({ successes: 20_119, count: 45_489 }, { successes: 20_034, count: 44_700 });
    const day7 = twoProportionZ({ successes: 8_279, count: 45_489 }, { successes: 8_502, count: 44_700 });
    expect(day1.statistic).toBeCloseTo(1.7841, 4);
    expect(day1.pValue).toBeCloseTo(0.0744, 4);
    expect(day7.statistic).toBeCloseTo(3.1644, 4);
    expect(day7.pValue).toBeCloseTo(0.00155, 5);
  });

  it("pools the error for the test and not for the interval: 30 of 100 against 45 of 100, by hand", () => {
    const found = twoProportionZ({ successes: 30, count: 100 }, { successes: 45, count: 100 });
    near(found.statistic, 0.15 / Math.sqrt((0.375 * 0.625 * 2) / 100));
    near(found.upper - found.effect, 1.959963984540054 * Math.sqrt((0.21 + 0.2475) / 100));
  });

  it("tests nothing where nobody, or everybody, converted", () => {
    const found = twoProportionZ({ successes: 0, count: 10 }, { successes: 0, count: 12 });
    expect([found.effect, found.statistic, found.pValue]).toEqual([0, 0, 1]);
  });
});

describe("Welch's t", () => {
  it("agrees with scipy's ttest_ind, interval and fractional degrees of freedom included", () => {
    const found = welchT(momentsOf(scipy.control), momentsOf(scipy.treatment));
    near(found.statistic, scipy.welch.statistic);
    near(found.pValue, scipy.welch.p_value);
    near(found.degrees ?? 0, scipy.welch.degrees);
    near(found.lower, scipy.welch.lower);
    near(found.upper, scipy.welch.upper);
  });

  it("agrees with Student's (1908) sleep data as R prints them: t = -1.8608, df = 17.776, p = 0.07939", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const found = welchT(momentsOf(second), momentsOf(first));
    expect(found.statistic).toBeCloseTo(-1.8608, 4);
    expect(found.degrees).toBeCloseTo(17.776, 3);
    expect(found.pValue).toBeCloseTo(0.07939, 5);
    expect([found.lower, found.upper].map((end) => end.toFixed(7))).toEqual(["-3.3654832", "0.2054832"]);
  });

  it("keeps its digits on a large mean: the moments of 1e9 + (1, 2, 3, 4)", () => {
    const found = momentsOf([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4]);
    expect([found.mean, found.variance]).toEqual([1e9 + 2.5, 5 / 3]);
    near(momentsOfProportion(3, 8).variance, momentsOf([1, 1, 1, 0, 0, 0, 0, 0]).variance);
  });
});

describe("relative effects", () => {
  it("give Fieller's interval: its ends are the ratios at which treatment - ratio x control is just significant", () => {
    const control = { mean: 10, varianceOfMean: 1.2 };
    const treatment = { mean: 13, varianceOfMean: 0.9 };
    const found = relativeEffect(control, treatment);
    for (const end of [found?.lower, found?.upper]) {
      const ratio = 1 + (end ?? Number.NaN);
      const z = (13 - ratio * 10) / Math.sqrt(0.9 + ratio ** 2 * 1.2);
      near(Math.abs(z), 1.959963984540054);
    }
    expect(found?.value).toBeCloseTo(0.3, 14);
  });

  it("have no ends when the control may be 0, and no value when it is", () => {
    expect(relativeEffect({ mean: 1, varianceOfMean: 1 }, { mean: 2, varianceOfMean: 1 })).toEqual({
      value: 1,
      lower: null,
      upper: null,
    });
    expect(relativeEffect({ mean: 0, varianceOfMean: 1 }, { mean: 2, varianceOfMean: 1 })).toBeNull();
  });
});

describe("ratio metrics", () => {
  it("have the variance of the linearised units, (numerator - ratio x denominator) / mean denominator", () => {
    const numerator = [10, 0, 30, 5, 0, 12];
    const denominator = [1, 0, 2, 1, 0, 2];
    const found = ratioEstimate(coMomentsOf(numerator, denominator));
    near(found?.mean ?? 0, 57 / 6);
    const rest = numerator.map((value, i) => value - (57 / 6) * (denominator[i] ?? 0));
    near(found?.varianceOfMean ?? 0, rest.reduce((sum, value) => sum + value ** 2, 0) / 5 / 6);
    near(ratioMetricZ({ mean: 9, varianceOfMean: 0.16 }, { mean: 10, varianceOfMean: 0.09 }).statistic, 2);
    expect(ratioEstimate(coMomentsOf([1, 2], [0, 0]))).toBeNull();
  });
});

describe("CUPED", () => {
  it("is the regression of the metric on arm and covariate: effect and slope as numpy's least squares", () => {
    const count = scipy.control.length;
    const found = cuped([
      coMomentsOf(scipy.control, scipy.before.slice(0, count)),
      coMomentsOf(scipy.treatment, scipy.before.slice(count)),
    ]);
    near(found.theta, scipy.cuped.theta);
    near((found.arms[1]?.mean ?? 0) - (found.arms[0]?.mean ?? 0), scipy.cuped.effect);
  });

  it("leaves a metric alone that its covariate says nothing about, or that has none", () => {
    const arm = coMomentsOf([1, 2, 3], [7, 7, 7]);
    expect(cuped([arm, arm]).arms[0]).toEqual(arm.y);
  });
});

describe("post-stratification", () => {
  it("weights the differences of strata by their size, by hand", () => {
    const moments = (count: number, mean: number, variance: number) => ({ count, mean, variance });
    const found = postStratified([
      { control: moments(10, 1, 2), treatment: moments(20, 2, 4) },
      { control: moments(40, 5, 8), treatment: moments(30, 8, 3) },
    ]);
    near(found?.effect ?? 0, 0.3 * 1 + 0.7 * 3);
    near(found?.standardError ?? 0, Math.sqrt(0.09 * (0.2 + 0.2) + 0.49 * (0.2 + 0.1)));
    expect(postStratified([{ control: moments(1, 1, 0), treatment: moments(9, 1, 1) }])).toBeNull();
  });
});

describe("Mann-Whitney", () => {
  it("agrees with scipy's mannwhitneyu on tied counts, with its correction for continuity", () => {
    const found = mannWhitney(scipy.tied.a, scipy.tied.b);
    near(found.u, scipy.tied.u);
    near(found.pValue, scipy.tied.p_value);
  });

  it("says half and 1 where all values are equal", () => {
    const found = mannWhitney([3, 3, 3], [3, 3]);
    expect([found.superiorityRate, found.pValue]).toEqual([0.5, 1]);
  });
});

describe("quantiles", () => {
  it("interpolate as numpy does, and winsorising caps at the limit", () => {
    expect(quantileSorted([1, 2, 4, 8], 0.5)).toBe(3);
    expect(quantileSorted([1, 2, 4, 8], 0.9)).toBeCloseTo(6.8, 12);
    expect(winsorise([1, 9, 4], 5)).toEqual({ values: Float64Array.from([1, 5, 4]), cappedCount: 1 });
  });

  it("bootstrap without resamples has the interval that 4,000 true resamples give", () => {
    const random = createRandom(31);
    const [a, b] = [0, 0.3].map((shift) => Float64Array.from({ length: 400 }, () => random.normal(shift)));
    if (!a || !b) throw new Error("no samples");
    const found = bootstrapQuantile(a, b, 0.75, createRandom(5));
    const resampled = (values: Float64Array) =>
      quantileSorted(Float64Array.from(values, () => values[random.integer(0, 399)] ?? 0).sort(), 0.75);
    const differences = Float64Array.from({ length: 4_000 }, () => resampled(b) - resampled(a)).sort();
    expect(Math.abs(found.lower - quantileSorted(differences, 0.025))).toBeLessThan(0.03);
    expect(Math.abs(found.upper - quantileSorted(differences, 0.975))).toBeLessThan(0.03);
  });
});

describe("always-valid intervals", () => {
  const mixing = -2 * Math.log(0.05) + Math.log(1 - 2 * Math.log(0.05));

  it("have as p-value the inverse of the mixture likelihood ratio, integrated by scipy", () => {
    for (const [effect, error, spread, ratio] of scipy.mixture) {
      const planned = (mixing * error ** 2) / spread ** 2;
      near(alwaysValid(effect, error, 1, planned).pValue, Math.min(1, 1 / ratio));
    }
  });

  it("leave 0 out exactly when the p-value is below alpha", () => {
    const edge = alwaysValid(0, 1, 500, 1_000).upper;
    near(alwaysValid(edge, 1, 500, 1_000).pValue, 0.05);
  });

  it("are about 1.55 times as wide as the fixed interval at the planned count", () => {
    expect(alwaysValid(0, 1, 1_000, 1_000).upper / 1.959963984540054).toBeCloseTo(1.55, 2);
  });
});

describe("adjusted p-values", () => {
  it("by Benjamini and Hochberg agree with scipy on the fifteen p-values of their paper", () => {
    benjaminiHochberg(scipy.p_values).forEach((value, i) => {
      near(value, scipy.false_discovery[i] ?? Number.NaN);
    });
  });

  it("by Holm, by hand, keep the given order and never fall", () => {
    expect(holm([0.04, 0.01, 0.03]).map((value) => value.toFixed(2))).toEqual(["0.06", "0.03", "0.06"]);
  });
});

describe("sample ratio", () => {
  it("agrees with scipy for three arms and with the figures of Cookie Cats: 6.9024, p 0.00861", () => {
    near(sampleRatio(scipy.goodness.counts, scipy.goodness.weights).pValue, scipy.goodness.p_value);
    const cookies = sampleRatio([44_700, 45_489], [1, 1]);
    expect(cookies.chiSquared).toBeCloseTo(6.9024, 4);
    expect(cookies.pValue).toBeCloseTo(0.00861, 5);
  });
});

describe("Bayesian comparison", () => {
  it("has the probability to be best and the expected loss that adaptive quadrature gives for three betas", () => {
    const found = standings(scipy.best.shapes.map(([a, b]) => betaPosterior(a, b)));
    scipy.best.standings.forEach(([best, loss], i) => {
      near(found[i]?.probabilityBest ?? 0, best, 1e-8);
      near(found[i]?.expectedLoss ?? 0, loss, 1e-8);
    });
  });

  it("has for two normals the closed form: Phi of the difference in standard errors", () => {
    const found = standings([normalPosterior(1, 0.3), normalPosterior(1.4, 0.4)]);
    near(found[1]?.probabilityBest ?? 0, normalCdf(0.8), 1e-8);
    near((found[0]?.expectedLoss ?? 0) - (found[1]?.expectedLoss ?? 0), 0.4, 1e-8);
  });

  it("has probabilities that sum to 1, for one belief very much narrower than the other too", () => {
    const found = standings([betaPosterior(1, 1), betaPosterior(500_000, 1_500_000), betaPosterior(3, 5)]);
    near(
      found.reduce((sum, one) => sum + one.probabilityBest, 0),
      1,
      1e-6,
    );
  });

  it("has a credible interval of a difference whose tails are those that quadrature gives", () => {
    const [control, treatment] = [
      betaPosterior(...scipy.difference.control),
      betaPosterior(...scipy.difference.treatment),
    ];
    scipy.difference.at.forEach((difference, i) => {
      const below = scipy.difference.cdf[i] ?? Number.NaN;
      const found = credibleDifference(control, treatment, 2 * Math.min(below, 1 - below));
      near(below < 0.5 ? found.lower : found.upper, difference, 1e-6);
    });
  });

  it("weighs a normal prior with the data by their precisions, by hand", () => {
    const found = normalPosterior(10, 2, { mean: 4, standardDeviation: 1 });
    near(found.mean, (10 / 4 + 4) / (1 / 4 + 1));
    near(found.quantile(0.975) - found.mean, 1.959963984540054 / Math.sqrt(1.25));
  });
});

describe("power", () => {
  const goal = { alpha: 0.05, power: 0.8, sides: 2 } as const;

  it("asks for 2,351 units per arm from 3.2 % to 4.8 % by the formula with unpooled variances, 1,852 one-sided", () => {
    expect(sampleSizeOfProportions(0.032, 0.048, goal)).toBe(2_351);
    expect(sampleSizeOfProportions(0.032, 0.048, { ...goal, sides: 1 })).toBe(1_852);
  });

  it("asks for Cohen's (1988, table 2.4.1) 393, 64 and 26 units per arm for d of 0.2, 0.5 and 0.8 (394 where the table rounds)", () => {
    expect(sampleSizeOfMeans(0.2, 1, goal)).toBe(394);
    expect(sampleSizeOfMeans(0.5, 1, goal)).toBe(64);
    expect(sampleSizeOfMeans(0.8, 1, goal)).toBe(26);
  });

  it("agrees with scipy's non-central t", () => {
    for (const [effect, sd, units, alpha, sides, wanted] of scipy.power)
      near(powerOfMeans(effect, sd, units, { alpha, sides }), wanted, 1e-8);
  });

  it("and detectable effects undo sample sizes", () => {
    const rise = detectableRise(0.032, 2_351, goal);
    expect(rise).toBeLessThanOrEqual(0.016);
    expect(sampleSizeOfProportions(0.032, 0.032 + rise, goal)).toBe(2_351);
    const difference = detectableDifference(1, 64, goal);
    near(powerOfMeans(difference, 1, 64, goal), 0.8);
  });

  it("of the pooled test at no effect is alpha, and near 80 % at the planned size", () => {
    near(powerOfProportions(0.1, 0.1, 500, goal), 0.05);
    expect(powerOfProportions(0.032, 0.048, 2_351, goal)).toBeCloseTo(0.8, 3);
  });
});
