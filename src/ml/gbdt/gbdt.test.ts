import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../sources/generator/index.ts";
import { gainImportance } from "./importance.ts";
import type { Feature, FeatureMatrix, GbdtModel } from "./model.ts";
import { createScorer } from "./predict.ts";
import { defaultTrainingOptions, type LabelledRows, type TrainingOptions, trainGbdt } from "./train.ts";

const numeric = (name: string, monotone: -1 | 0 | 1 = 0): Feature => ({ name, kind: "numeric", monotone });
const matrixOf = (rows: readonly (readonly number[])[]): FeatureMatrix => ({
  rowCount: rows.length,
  featureCount: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const never = (): number => {
  throw new Error("no chance is needed here");
};
const stump: TrainingOptions = {
  ...defaultTrainingOptions,
  objective: "squared",
  treeCount: 1,
  learningRate: 1,
  maxLeaves: 2,
  minRowsPerLeaf: 1,
  lambda: 0,
};

/** Rows of two numeric features with holes, one category and one of noise; the label depends on the first three. */
function noisyRows(rowCount: number, seed: number): LabelledRows {
  const random = createRandom(seed);
  const labels = new Float64Array(rowCount);
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const [a, b, category] = [random.normal(), random.normal(), random.integer(0, 5)];
    const isBMissing = random.chance(0.2);
    const margin = a - (isBMissing ? 1 : b * b) + (category % 2 === 0 ? 1 : -1);
    labels[row] = random.chance(1 / (1 + Math.exp(-margin))) ? 1 : 0;
    return [a, isBMissing ? Number.NaN : b, category, random.normal()];
  });
  return { matrix: matrixOf(rows), labels, weights: null };
}
const noisyFeatures: readonly Feature[] = [
  numeric("a"),
  numeric("b"),
  { name: "c", kind: "categorical", categories: ["0", "1", "2", "3", "4", "5"] },
  numeric("noise"),
];

describe("the kernel", () => {
  it("is what its source compiles to", () => {
    const script = fileURLToPath(new URL("../../../scripts/build-gbdt-kernel.mjs", import.meta.url));
    const rebuilt = execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" });
    expect(rebuilt).toBe(readFileSync(new URL("./kernel-bytes.ts", import.meta.url), "utf8"));
  });

  it("and its fallback give the same trees to the last bit", () => {
    const rows = noisyRows(3000, 7);
    const options = { ...defaultTrainingOptions, treeCount: 20, rowFraction: 0.7, featureFraction: 0.6 };
    const train = (implementation: "fastest" | "javascript"): GbdtModel =>
      trainGbdt(rows, noisyFeatures, { ...options, implementation }, createRandom(3).uniform).model;
    expect(train("javascript")).toEqual(train("fastest"));
  });
});

describe("one split", () => {
  it("parts the rows where the squared error falls most, and its leaves are the means (by hand)", () => {
    const matrix = matrixOf([[1], [2], [3], [10], [11], [12]]);
    const labels = Float64Array.of(1, 2, 3, 21, 22, 23);
    const { model } = trainGbdt({ matrix, labels, weights: null }, [numeric("x")], stump, never);
    expect(model.baseMargin).toBe(12);
    expect(model.trees[0]?.threshold[0]).toBe(6.5);
    expect([...createScorer(model).predict(matrixOf([[6], [7]]))]).toEqual([2, 22]);
    // Squared error about the mean is 604 before and 2 + 2 after; the gain is half of what went.
    expect(model.trees[0]?.gain[0]).toBeCloseTo(300, 10);
    expect(model.trees[0]?.cover).toEqual([6, 3, 3]);
  });

  it("shrinks a leaf's mean by lambda: sum / (count + lambda), by hand", () => {
    const matrix = matrixOf([[1], [2], [3], [4]]);
    const labels = Float64Array.of(0, 0, 4, 4);
    const { model } = trainGbdt({ matrix, labels, weights: null }, [numeric("x")], { ...stump, lambda: 2 }, never);
    expect([...createScorer(model).predict(matrix)]).toEqual([1, 1, 3, 3]);
  });

  it("learns on which side missing values belong", () => {
    const matrix = matrixOf([[1], [2], [Number.NaN], [10], [11], [Number.NaN]]);
    for (const [missingLabel, expected] of [
      [0, 0],
      [9, 9],
    ] as const) {
      const labels = Float64Array.of(0, 0, missingLabel, 9, 9, missingLabel);
      const { model } = trainGbdt({ matrix, labels, weights: null }, [numeric("x")], stump, never);
      expect([...createScorer(model).predict(matrixOf([[1], [11], [Number.NaN]]))]).toEqual([0, 9, expected]);
    }
  });

  it("parts the missing from the known when only that matters", () => {
    const matrix = matrixOf([[1], [Number.NaN], [2], [Number.NaN]]);
    const labels = Float64Array.of(0, 5, 0, 5);
    const { model } = trainGbdt({ matrix, labels, weights: null }, [numeric("x")], stump, never);
    expect([...createScorer(model).predict(matrixOf([[1e300], [Number.NaN]]))]).toEqual([0, 5]);
  });

  it("groups categories by their mean, whatever their order; an unknown one goes with the missing", () => {
    const categories = ["a", "b", "c", "d"];
    const labelOf = [0, 10, 0, 10];
    const rows = Array.from({ length: 80 }, (_, row) => [row % 4]);
    const labels = Float64Array.from(rows, ([category]) => labelOf[category ?? 0] ?? 0);
    const features: readonly Feature[] = [{ name: "letter", kind: "categorical", categories }];
    const { model } = trainGbdt({ matrix: matrixOf(rows), labels, weights: null }, features, stump, never);
    expect([...createScorer(model).predict(matrixOf([[0], [1], [2], [3]]))]).toEqual([0, 10, 0, 10]);
    expect(createScorer(model).predict(matrixOf([[Number.NaN]]))[0]).toBeTypeOf("number");
  });

  it("a weight of two equals the row twice", () => {
    const once = matrixOf([[1], [2], [3], [4], [5]]);
    const twice = matrixOf([[1], [2], [2], [3], [4], [5], [5]]);
    const options = { ...stump, maxLeaves: 4, minRowsPerLeaf: 0 };
    const weighted = trainGbdt(
      { matrix: once, labels: Float64Array.of(1, 4, 2, 8, 6), weights: Float64Array.of(1, 2, 1, 1, 2) },
      [numeric("x")],
      options,
      never,
    );
    const repeated = trainGbdt(
      { matrix: twice, labels: Float64Array.of(1, 4, 4, 2, 8, 6, 6), weights: null },
      [numeric("x")],
      options,
      never,
    );
    const predicted = [...createScorer(weighted.model).predict(once)];
    for (const [row, value] of createScorer(repeated.model).predict(once).entries())
      expect(predicted[row]).toBeCloseTo(value, 12);
  });
});

describe("boosting", () => {
  it("lowers the loss on rows it has not seen, and stops where it no longer falls", () => {
    const { model, validationLoss } = trainGbdt(
      noisyRows(4000, 1),
      noisyFeatures,
      { ...defaultTrainingOptions, treeCount: 500, learningRate: 0.2 },
      never,
      noisyRows(2000, 2),
    );
    const best = Math.min(...validationLoss);
    expect(best).toBeLessThan((validationLoss[0] ?? 0) - 0.05);
    expect(validationLoss.indexOf(best) + 1).toBe(model.trees.length);
    expect(validationLoss.length).toBe(model.trees.length + defaultTrainingOptions.patience);
  });

  it("never falls along a feature declared to rise, whatever the rest of the row", () => {
    const rows = noisyRows(4000, 5);
    for (const direction of [1, -1] as const) {
      const features = [numeric("a", direction), ...noisyFeatures.slice(1)];
      const { model } = trainGbdt(rows, features, { ...defaultTrainingOptions, treeCount: 60 }, never);
      const scorer = createScorer(model);
      for (let row = 0; row < 50; row += 1) {
        const rest = [...rows.matrix.values.subarray(row * 4 + 1, row * 4 + 4)];
        const margins = scorer.margins(matrixOf(Array.from({ length: 60 }, (_, step) => [-3 + step * 0.1, ...rest])));
        for (let step = 1; step < margins.length; step += 1)
          expect(direction * ((margins[step] ?? 0) - (margins[step - 1] ?? 0))).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it("gives the same model for the same seed, and survives JSON", () => {
    const rows = noisyRows(1000, 9);
    const options = { ...defaultTrainingOptions, treeCount: 10, rowFraction: 0.5 };
    const train = (seed: number): GbdtModel =>
      trainGbdt(rows, noisyFeatures, options, createRandom(seed).uniform).model;
    expect(train(1)).toEqual(train(1));
    expect(train(1)).not.toEqual(train(2));
    const restored: GbdtModel = JSON.parse(JSON.stringify(train(1)));
    expect(createScorer(restored).predict(rows.matrix)).toEqual(createScorer(train(1)).predict(rows.matrix));
  });

  it("finds what matters and what does not", () => {
    const { model } = trainGbdt(
      noisyRows(5000, 11),
      noisyFeatures,
      { ...defaultTrainingOptions, treeCount: 50 },
      never,
    );
    const importance = gainImportance(model);
    expect(importance.at(-1)?.feature).toBe("noise");
    expect(importance.reduce((sum, one) => sum + one.gain_share_rate, 0)).toBeCloseTo(1, 12);
  });

  it("answers the mean where there is nothing to learn: one class, one value, one row, all missing", () => {
    const rows = (values: number[], labels: number[]): LabelledRows => ({
      matrix: matrixOf(values.map((value) => [value])),
      labels: Float64Array.from(labels),
      weights: null,
    });
    for (const one of [
      rows([1, 2, 3], [1, 1, 1]),
      rows([5, 5], [0, 1]),
      rows([1], [0]),
      rows([Number.NaN, Number.NaN], [1, 0]),
    ]) {
      const { model } = trainGbdt(one, [numeric("x")], { ...defaultTrainingOptions, minRowsPerLeaf: 1 }, never);
      const mean = one.labels.reduce((sum, label) => sum + label, 0) / one.labels.length;
      for (const score of createScorer(model).predict(one.matrix)) expect(score).toBeCloseTo(mean, 6);
    }
  });
});
