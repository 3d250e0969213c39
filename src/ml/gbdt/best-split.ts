/** The best way to split a node in two, out of its histograms. */
import { binCount } from "./kernel.ts";

export interface SplitRules {
  /** Added to every sum of hessians: shrinks leaves with little evidence. */
  readonly lambda: number;
  readonly minRowsPerLeaf: number;
  readonly minHessianPerLeaf: number;
}

/** Sums over a node's rows, and the bounds that monotone splits above it set to its value. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rowCount: number;
  readonly low: number;
  readonly high: number;
}

export interface Split {
  readonly feature: number;
  /** The gain in regularised loss. */
  readonly gain: number;
  /** Numeric: bins 1 to `lastLeftBin` go left. */
  readonly lastLeftBin: number;
  /** Categorical: the bins that go left; null for a numeric feature. */
  readonly leftBins: readonly number[] | null;
  readonly isMissingLeft: boolean;
  readonly leftGradient: number;
  readonly leftHessian: number;
}

/** Shape of a feature as a split sees it. */
export interface SplitFeature {
  readonly index: number;
  readonly isCategorical: boolean;
  /** Bins in use beside the missing one. */
  readonly usedBins: number;
  readonly monotone: -1 | 0 | 1;
}

/** The value of a leaf with these sums: a Newton step, held within the bounds. */
export const leafValue = (gradient: number, hessian: number, lambda: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, -gradient / (hessian + lambda)));

/** Pulls a category's mean gradient towards 0 before categories are ordered by it, and the least evidence to take part. */
const categorySmoothing = 10;
/** Categories on the smaller side of a split: more would fit noise. */
const maxCategoriesPerSide = 64;
/** Below this share of the node's hessian a sum is a rounding residue of histogram subtraction. */
const residue = 1e-10;

/** Tries the splits of one feature after another and keeps the best; a later one must be strictly better. */
export class SplitSearch {
  best: Split | null = null;
  readonly #cells: Float64Array;
  readonly #node: NodeSums;
  readonly #rules: SplitRules;
  readonly #rowsPerHessian: number;
  readonly #parentLoss: number;
  #bestGain = 1e-12;

  /** @param cells the node's histograms, feature after feature */
  constructor(cells: Float64Array, node: NodeSums, rules: SplitRules) {
    this.#cells = cells;
    this.#node = node;
    this.#rules = rules;
    this.#rowsPerHessian = node.rowCount / node.hessian;
    this.#parentLoss = this.#loss(node.gradient, node.hessian, this.#value(node.gradient, node.hessian));
  }

  try(feature: SplitFeature): void {
    if (feature.isCategorical) this.#tryCategories(feature);
    else this.#tryThresholds(feature);
  }

  #value(gradient: number, hessian: number): number {
    return leafValue(gradient, hessian, this.#rules.lambda, this.#node.low, this.#node.high);
  }

  /** Twice the second-order loss of a leaf of this value. */
  #loss(gradient: number, hessian: number, value: number): number {
    return (2 * gradient + (hessian + this.#rules.lambda) * value) * value;
  }

  #tryThresholds(feature: SplitFeature): void {
    const first = feature.index * binCount * 2;
    const missingGradient = this.#cells[first]!;
    const missingHessian = this.#cells[first + 1]!;
    const hasMissing = missingHessian > this.#node.hessian * residue;
    this.#scan(feature, 0, 0, false, hasMissing ? feature.usedBins : feature.usedBins - 1);
    if (hasMissing) this.#scan(feature, missingGradient, missingHessian, true, feature.usedBins - 1);
  }

  #scan(feature: SplitFeature, gradient: number, hessian: number, isMissingLeft: boolean, lastBin: number): void {
    const first = feature.index * binCount * 2;
    let leftGradient = gradient;
    let leftHessian = hessian;
    for (let bin = 1; bin <= lastBin; bin += 1) {
      leftGradient += this.#cells[first + bin * 2]!;
      leftHessian += this.#cells[first + bin * 2 + 1]!;
      if (this.#node.hessian - leftHessian < this.#rules.minHessianPerLeaf) break;
      const gain = this.#gainOf(leftGradient, leftHessian, feature.monotone);
      if (gain <= this.#bestGain) continue;
      this.#bestGain = gain;
      const missing = this.#missingSide(feature, isMissingLeft, leftHessian);
      this.best = {
        feature: feature.index,
        gain,
        lastLeftBin: bin,
        leftBins: null,
        isMissingLeft: missing,
        leftGradient,
        leftHessian,
      };
    }
  }

  /** Where nothing was missing in training, a missing value goes with the larger side. */
  #missingSide(feature: SplitFeature, isMissingLeft: boolean, leftHessian: number): boolean {
    const hasMissing = this.#cells[feature.index * binCount * 2 + 1]! > this.#node.hessian * residue;
    return hasMissing ? isMissingLeft : leftHessian * 2 >= this.#node.hessian;
  }

  /** The gain, or -1 where a side has too little evidence or a monotone feature would go the wrong way. */
  #gainOf(leftGradient: number, leftHessian: number, monotone: -1 | 0 | 1): number {
    const { minHessianPerLeaf, minRowsPerLeaf } = this.#rules;
    const rightGradient = this.#node.gradient - leftGradient;
    const rightHessian = this.#node.hessian - leftHessian;
    const smaller = Math.min(leftHessian, rightHessian);
    if (smaller < minHessianPerLeaf || smaller * this.#rowsPerHessian < minRowsPerLeaf) return -1;
    const leftValue = this.#value(leftGradient, leftHessian);
    const rightValue = this.#value(rightGradient, rightHessian);
    if (monotone * (rightValue - leftValue) < 0) return -1;
    const loss = this.#loss(leftGradient, leftHessian, leftValue) + this.#loss(rightGradient, rightHessian, rightValue);
    return (this.#parentLoss - loss) / 2;
  }

  /**
   * Ordered by mean gradient, the best two-way grouping of categories is one of the cuts of that order.
   *
   * @see Fisher (1958), "On Grouping for Maximum Homogeneity", JASA 53(284), 789-798
   */
  #tryCategories(feature: SplitFeature): void {
    const first = feature.index * binCount * 2;
    const order: number[] = [];
    for (let bin = 0; bin <= feature.usedBins; bin += 1) {
      const hessian = this.#cells[first + bin * 2 + 1]!;
      if (hessian * this.#rowsPerHessian >= categorySmoothing) order.push(bin);
    }
    if (order.length === 0) return;
    const mean = (bin: number): number =>
      this.#cells[first + bin * 2]! / (this.#cells[first + bin * 2 + 1]! + categorySmoothing);
    order.sort((a, b) => mean(a) - mean(b) || a - b);
    for (const bins of [order, [...order].reverse()]) this.#scanCategories(feature, first, bins);
  }

  #scanCategories(feature: SplitFeature, first: number, order: readonly number[]): void {
    let leftGradient = 0;
    let leftHessian = 0;
    const last = Math.min(order.length, maxCategoriesPerSide);
    for (let index = 0; index < last; index += 1) {
      leftGradient += this.#cells[first + order[index]! * 2]!;
      leftHessian += this.#cells[first + order[index]! * 2 + 1]!;
      const gain = this.#gainOf(leftGradient, leftHessian, 0);
      if (gain <= this.#bestGain) continue;
      this.#bestGain = gain;
      const leftBins = order.slice(0, index + 1);
      const isMissingLeft = leftBins.includes(0);
      this.best = { feature: feature.index, gain, lastLeftBin: 0, leftBins, isMissingLeft, leftGradient, leftHessian };
    }
  }
}
