/** Uplift on trials whose truth is known. */
import { describe, expect, it } from "vitest";
import { qiniCurve } from "../../stats/qini.ts";
import { createRandom } from "../../stats/random.ts";
import type { Feature } from "../gbdt/index.ts";
import { learnUplift, upliftsOf } from "./learn-uplift.ts";
import type { Trial } from "./learners.ts";

const features: readonly Feature[] = ["taste", "habit", "age", "noise"].map((name) => ({
  name,
  kind: "numeric",
  monotone: 0,
}));

/** People whose chance of an order rises with `habit`; treatment adds `effect(taste, age)` to it. */
function plant(seed: number, count: number, effect: (taste: number, age: number) => number) {
  const random = createRandom(seed);
  const values = Float64Array.from({ length: count * features.length }, () => random.uniform());
  const isTreated = Uint8Array.from({ length: count }, () => (random.chance(0.4) ? 1 : 0));
  const truth = new Float64Array(count);
  const outcomes = Float64Array.from({ length: count }, (_, row) => {
    const [taste, habit, age] = values.subarray(row * 4, row * 4 + 3) as unknown as [number, number, number];
    truth[row] = effect(taste, age);
    return random.chance(0.1 + 0.2 * habit + isTreated[row]! * truth[row]!) ? 1 : 0;
  });
  const trial: Trial = { matrix: { rowCount: count, featureCount: features.length, values }, isTreated, outcomes };
  return { trial, truth };
}

const persuadable = (taste: number, age: number): number => (taste > 0.6 ? 0.25 : 0) - (age > 0.8 ? 0.1 : 0);

describe("uplift learnt from a trial with a planted effect", () => {
  it.each([1, 2])("orders people nearly as the truth does (seed %i)", (seed) => {
    const { trial, truth } = plant(seed, 6000, persuadable);
    const { model, quality } = learnUplift(trial, features, createRandom(seed));
    const ideal =
      qiniCurve({ scores: truth, isTreated: trial.isTreated, outcomes: trial.outcomes }, [1])?.[0]?.area ?? 0;
    expect(quality.lower).toBeGreaterThan(0);
    expect(quality.area / ideal).toBeGreaterThan(0.7);
    expect(quality.area / ideal).toBeLessThan(1.1);
    expect(quality.propensityArea).toBeLessThan(quality.lower);
    // On new people: those it would treat gain, those it would leave alone do not.
    const fresh = plant(seed + 100, 4000, persuadable);
    const uplifts = upliftsOf(model, fresh.trial.matrix);
    const meanTruth = (isWanted: (uplift: number) => boolean): number => {
      const found = fresh.truth.filter((_, row) => isWanted(uplifts[row]!));
      return found.reduce((sum, one) => sum + one, 0) / found.length;
    };
    expect(meanTruth((uplift) => uplift > 0.1)).toBeGreaterThan(0.17);
    expect(meanTruth((uplift) => uplift <= 0.05)).toBeLessThan(0.02);
  });
});

describe("uplift learnt from a trial without a difference between people", () => {
  it.each([11, 12, 13])(
    "is told from a random order by chance only: everyone has the average effect (seed %i)",
    (seed) => {
      const effect = seed % 2 === 0 ? 0 : 0.05;
      const { trial } = plant(seed, 3000, () => effect);
      const { model, quality } = learnUplift(trial, features, createRandom(seed));
      expect(quality.lower).toBeLessThan(0);
      expect(quality.upper).toBeGreaterThan(0);
      expect(model.spread).toBe(0);
      for (const uplift of upliftsOf(model, trial.matrix).subarray(0, 50)) expect(uplift).toBeCloseTo(model.effect, 12);
    },
  );
});
