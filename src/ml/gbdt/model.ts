/** What a trained set of boosted trees is: plain values that survive JSON unchanged. */

/** A measured quantity; larger and smaller mean something. */
export interface NumericFeature {
  readonly name: string;
  readonly kind: "numeric";
  /** 1: the score may only rise with the value, -1: only fall, 0: free. */
  readonly monotone: -1 | 0 | 1;
}

/** One of a list of names without order; a matrix holds positions in the list. */
export interface CategoricalFeature {
  readonly name: string;
  readonly kind: "categorical";
  /** At most 255; any other value counts as missing. */
  readonly categories: readonly string[];
}

export type Feature = NumericFeature | CategoricalFeature;

/**
 * Rows by features, row-major. NaN is a missing value; a categorical feature holds the position in its list of categories,
 * NaN when the value is not in it.
 */
export interface FeatureMatrix {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly values: Float64Array | Float32Array;
}

/**
 * One tree, a node an element; node 0 is the root. A leaf has `feature` -1. A row goes left when its value is at most
 * `threshold` (numeric), or is among `leftCategories` (categorical; null for numeric); a missing value goes where
 * `isMissingLeft` says.
 */
export interface Tree {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly leftCategories: readonly (readonly number[] | null)[];
  readonly isMissingLeft: readonly boolean[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** A leaf's share of the margin, learning rate applied; 0 inside. */
  readonly value: readonly number[];
  /** How much the split lowered the regularised loss; 0 in a leaf. */
  readonly gain: readonly number[];
  /** Training rows that reached the node. */
  readonly cover: readonly number[];
}

/** `logistic`: the margin is a log-odds. `squared`: the margin is the predicted value itself. */
export type Objective = "logistic" | "squared";

export interface GbdtModel {
  readonly objective: Objective;
  readonly features: readonly Feature[];
  /** The margin before any tree: the log-odds, or the mean, of the training rows. */
  readonly baseMargin: number;
  readonly trees: readonly Tree[];
}

/** Probability of a log-odds, without overflow. */
export const logistic = (margin: number): number =>
  margin >= 0 ? 1 / (1 + Math.exp(-margin)) : Math.exp(margin) / (1 + Math.exp(margin));
