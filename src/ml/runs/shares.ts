/** How people are spread over the values of features and of a score: what tells later whether they have changed. */
import type { Feature, FeatureMatrix } from "../gbdt/index.ts";

/** Shares by name of the feature, or `score`; one a bin, the last of missing values; they sum to 1. */
export type Shares = Readonly<Record<string, readonly number[]>>;

/** The upper ends of a feature's bins, each its own bin's; a further bin is above the last, and one more of missing values. */
export interface Bins {
  readonly name: string;
  readonly edges: readonly number[];
}

const partCount = 10;
/** The name under which the score stands among the features. */
export const scoreName = "score";

/**
 * Bins of each feature and of the score: deciles of those who have a value, equal ones joined; the nine most frequent categories, each by its
 * position, then all others.
 *
 * @param scores one a row of the matrix
 * @see Siddiqi (2006), Credit Risk Scorecards, Wiley, chapter 9
 */
export function binsOf(matrix: FeatureMatrix, features: readonly Feature[], scores: Float64Array): readonly Bins[] {
  const parted = features.map(({ name, ...feature }, column): Bins => {
    if (feature.kind === "numeric") return { name, edges: decilesOf(columnOf(matrix, column)) };
    return { name, edges: [...feature.categories.keys()].slice(0, partCount - 1) };
  });
  return [...parted, { name: scoreName, edges: decilesOf(scores) }];
}

const columnOf = ({ values, featureCount, rowCount }: FeatureMatrix, column: number): Float64Array =>
  Float64Array.from({ length: rowCount }, (_, row) => values[row * featureCount + column]!);

function decilesOf(values: Float64Array): readonly number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return [];
  const cuts = Array.from(
    { length: partCount - 1 },
    (_, cut) => sorted[Math.ceil(((cut + 1) * sorted.length) / partCount) - 1]!,
  );
  return [...new Set(cuts)];
}

export interface ShareCounter {
  /** Counts the rows of a matrix with their scores. */
  readonly add: (matrix: FeatureMatrix, scores: Float64Array) => void;
  /** Shares of all that was counted; all 0 of nothing. */
  readonly shares: () => Shares;
}

/** Counts people by bin, a chunk at a time. @param bins of each feature of the matrices, in their order, then of the score */
export function createShareCounter(bins: readonly Bins[]): ShareCounter {
  const counts = bins.map(({ edges }) => new Float64Array(edges.length + 2));
  let rows = 0;
  return {
    add: (matrix, scores) => {
      rows += matrix.rowCount;
      for (const [column, { edges }] of bins.entries()) {
        const values = column < matrix.featureCount ? columnOf(matrix, column) : scores;
        const counted = counts[column]!;
        for (const value of values) {
          const bin = binOf(edges, value);
          counted[bin] = counted[bin]! + 1;
        }
      }
    },
    shares: () =>
      Object.fromEntries(
        bins.map(({ name }, column) => [name, Array.from(counts[column]!, (count) => (rows === 0 ? 0 : count / rows))]),
      ),
  };
}

function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1;
  const bin = edges.findIndex((edge) => value <= edge);
  return bin < 0 ? edges.length : bin;
}
