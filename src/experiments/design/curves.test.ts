import { expect, it } from "vitest";
import { designCurves } from "./curves.ts";
import { design } from "./design.ts";

const plan = design({
  baseline: 0.032,
  effect: 0.016,
  isRelative: false,
  standardDeviation: null,
  alpha: 0.05,
  power: 0.8,
  sides: 2,
  variantCount: 2,
  covariateCorrelation: 0,
  dailyUnits: null,
  unitsPerVariant: null,
});

it("the area of the effect's distribution beyond the critical difference is the power, and each area is 1", () => {
  const { distributions, critical_effect: critical } = designCurves(plan, null);
  const step = (distributions[1]?.effect ?? 0) - (distributions[0]?.effect ?? 0);
  const area = (of: "with" | "without", from = -1) =>
    distributions.filter((point) => point.effect > from).reduce((sum, point) => sum + point[of] * step, 0);
  expect(area("without")).toBeCloseTo(1, 3);
  expect(area("with")).toBeCloseTo(1, 3);
  expect(area("with", critical)).toBeCloseTo(0.8, 1);
  expect(area("without", critical)).toBeCloseTo(0.025, 2);
});

it("power rises with units, from 100 to 50,000 and more", () => {
  const { power_curve: curve } = designCurves(plan, null);
  expect([curve[0]?.sample_size_per_variant, curve.at(-1)?.sample_size_per_variant]).toEqual([100, 50_000]);
  expect(curve.every((point, i) => i === 0 || point.power >= (curve[i - 1]?.power ?? 0))).toBe(true);
});

it("overlap of two normals with equal spread, 2.8 standard errors apart, is 2 Phi(-1.4)", () => {
  const mean = design({
    ...plan,
    baseline: 10,
    effect: 2.8,
    isRelative: false,
    standardDeviation: 10,
    covariateCorrelation: 0,
    dailyUnits: null,
    variantCount: 2,
    unitsPerVariant: 200,
  });
  expect(designCurves(mean, 10).overlap_rate).toBeCloseTo(2 * 0.0807567, 3);
});
