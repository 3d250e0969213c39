import { describe, expect, it } from "vitest";
import { createRandom } from "../../sources/generator/index.ts";
import { createExplainer } from "./explain.ts";
import type { Feature, FeatureMatrix, GbdtModel, Tree } from "./model.ts";
import { createScorer } from "./predict.ts";
import { defaultTrainingOptions, trainGbdt } from "./train.ts";

const featureCount = 6;
const features: readonly Feature[] = Array.from({ length: featureCount }, (_, index) =>
  index === 5
    ? { name: "5", kind: "categorical", categories: ["a", "b", "c"] }
    : { name: String(index), kind: "numeric", monotone: 0 },
);
const random = createRandom(42);
const rowCount = 600;
const values = Float64Array.from({ length: rowCount * featureCount }, (_, at) =>
  at % featureCount === 5 ? random.integer(0, 2) : random.chance(0.1) ? Number.NaN : random.normal(),
);
const matrix: FeatureMatrix = { rowCount, featureCount, values };
const labels = Float64Array.from({ length: rowCount }, (_, row) => {
  const at = row * featureCount;
  const first = values[at] || 0;
  return random.chance(1 / (1 + Math.exp(-first * (values[at + 1] || 1) - (values[at + 5] || 0)))) ? 1 : 0;
});
const options = { ...defaultTrainingOptions, treeCount: 8, minRowsPerLeaf: 5 };
const { model } = trainGbdt({ matrix, labels, weights: null }, features, options, random.uniform);

/** The mean of a tree over its training rows when only the features of `known` are given. */
function expectation(tree: Tree, row: ArrayLike<number>, known: number, node = 0): number {
  const feature = tree.feature[node] ?? -1;
  if (feature < 0) return tree.value[node] ?? 0;
  const [left, right] = [tree.left[node] ?? 0, tree.right[node] ?? 0];
  if (known & (1 << feature)) {
    const value = row[feature] ?? Number.NaN;
    const categories = tree.leftCategories[node];
    const isLeft = Number.isNaN(value)
      ? tree.isMissingLeft[node]
      : categories
        ? categories.includes(value)
        : value <= (tree.threshold[node] ?? 0);
    return expectation(tree, row, known, isLeft ? left : right);
  }
  const [leftCover, rightCover] = [tree.cover[left] ?? 0, tree.cover[right] ?? 0];
  return (
    (leftCover * expectation(tree, row, known, left) + rightCover * expectation(tree, row, known, right)) /
    (leftCover + rightCover)
  );
}

/** Shapley's formula over all subsets. */
function shapleyValue(one: GbdtModel, row: ArrayLike<number>, feature: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  let sum = 0;
  for (let subset = 0; subset < 1 << featureCount; subset += 1) {
    if (subset & (1 << feature)) continue;
    const size = subset.toString(2).replaceAll("0", "").length;
    const weight = (factorial(size) * factorial(featureCount - size - 1)) / factorial(featureCount);
    for (const tree of one.trees)
      sum += weight * (expectation(tree, row, subset | (1 << feature)) - expectation(tree, row, subset));
  }
  return sum;
}

describe("reasons for a score (TreeSHAP)", () => {
  const explainer = createExplainer(model);

  it("equal Shapley's formula over all subsets", () => {
    for (const row of [0, 1, 2, 3, 4]) {
      const given = values.subarray(row * featureCount, (row + 1) * featureCount);
      for (const [feature, contribution] of explainer.explain(given).entries())
        expect(contribution).toBeCloseTo(shapleyValue(model, given, feature), 12);
    }
  });

  it("and the expected margin add up to the row's margin", () => {
    const margins = createScorer(model).margins(matrix);
    for (let row = 0; row < rowCount; row += 1) {
      const given = values.subarray(row * featureCount, (row + 1) * featureCount);
      const sum = explainer.explain(given).reduce((total, one) => total + one, explainer.expectedMargin);
      expect(Math.abs(sum - (margins[row] ?? 0))).toBeLessThan(1e-9);
    }
  });

  it("the expected margin is the mean margin of the training rows", () => {
    const margins = createScorer(model).margins(matrix);
    const mean = margins.reduce((total, one) => total + one, 0) / rowCount;
    expect(explainer.expectedMargin).toBeCloseTo(mean, 10);
  });
});
