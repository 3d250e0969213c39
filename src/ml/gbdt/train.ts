/** Gradient boosting: tree after tree on the gradient of the loss, until the rounds are over or held-out rows say stop. */

import { cutsOf } from "./bins.ts";
import { type GrowthRules, growTree } from "./grow-tree.ts";
import { binCount } from "./kernel.ts";
import type { Feature, FeatureMatrix, GbdtModel, Objective, Tree } from "./model.ts";
import { createScorer } from "./predict.ts";
import { layOut, type TrainingMemory } from "./training-memory.ts";

/** Rows with what is to be predicted: 0 or 1 under `logistic`, any number under `squared`. */
export interface LabelledRows {
  readonly matrix: FeatureMatrix;
  readonly labels: Float64Array;
  /** How much each row counts; null counts all alike. */
  readonly weights: Float64Array | null;
}

export interface TrainingOptions extends GrowthRules {
  readonly objective: Objective;
  readonly treeCount: number;
  /** Share of the rows each tree is grown on, drawn without replacement. */
  readonly rowFraction: number;
  /** Share of the features each tree may use. */
  readonly featureFraction: number;
  /** With validation rows: stop after this many trees without a better loss on them, and keep the best number. */
  readonly patience: number;
  /** `javascript` forces the fallback; both give the same trees. */
  readonly implementation: "fastest" | "javascript";
}

/** Settings that serve most tables of a shop; small leaves and a low rate want more trees. */
export const defaultTrainingOptions: TrainingOptions = {
  objective: "logistic",
  treeCount: 150,
  learningRate: 0.05,
  maxLeaves: 15,
  maxDepth: 12,
  minRowsPerLeaf: 20,
  minHessianPerLeaf: 1e-3,
  lambda: 1,
  rowFraction: 1,
  featureFraction: 1,
  patience: 30,
  implementation: "fastest",
};

export interface TrainingRun {
  readonly model: GbdtModel;
  /** Mean loss on the validation rows after each tree; empty without them. */
  readonly validationLoss: readonly number[];
}

/**
 * Trains on labelled rows. Equal input, options and generator give equal models, bit by bit, on any machine.
 *
 * @param uniform draws from [0, 1); read only when a fraction is below 1
 * @param validation rows to stop on; null grows every tree
 * @see Friedman (2001), "Greedy Function Approximation: A Gradient Boosting Machine", Annals of Statistics 29(5), 1189-1232
 */
export function trainGbdt(
  training: LabelledRows,
  features: readonly Feature[],
  options: TrainingOptions,
  uniform: () => number,
  validation: LabelledRows | null = null,
): TrainingRun {
  const cuts = cutsOf(training.matrix, features);
  const memory = layOut(training.matrix, cuts, options.maxLeaves, options.implementation);
  const baseMargin = baseMarginOf(training, options.objective);
  const margins = new Float64Array(training.labels.length).fill(baseMargin);
  const splitFeatures = features.map((feature, index) => ({
    index,
    isCategorical: feature.kind === "categorical",
    usedBins:
      feature.kind === "categorical" ? Math.min(feature.categories.length, binCount - 1) : cuts[index]!.length + 1,
    monotone: feature.kind === "numeric" ? feature.monotone : (0 as const),
  }));
  const trees: Tree[] = [];
  const stopping = validation ? new EarlyStopping(validation, features, baseMargin, options) : null;
  while (trees.length < options.treeCount) {
    fillGradients(memory.pairs, training, margins, options.objective);
    const sampledRows = drawRows(memory, options.rowFraction, uniform);
    const candidates = drawSome(splitFeatures, options.featureFraction, uniform);
    const { tree, leaves } = growTree(memory, candidates, cuts, sampledRows, options);
    trees.push(tree);
    if (sampledRows === memory.rowCount) addLeaves(margins, memory, tree, leaves);
    else
      createScorer({ objective: options.objective, features, baseMargin: 0, trees: [tree] }).addMargins(
        training.matrix,
        margins,
      );
    if (tree.feature.length === 1 && options.rowFraction === 1 && options.featureFraction === 1) break;
    if (stopping?.isOver(tree)) break;
  }
  const kept = stopping ? trees.slice(0, stopping.bestTreeCount) : trees;
  return {
    model: { objective: options.objective, features, baseMargin, trees: kept },
    validationLoss: stopping?.losses ?? [],
  };
}

function baseMarginOf({ labels, weights }: LabelledRows, objective: Objective): number {
  let weighted = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights ? weights[row]! : 1;
    weighted += weight * labels[row]!;
    total += weight;
  }
  const mean = total > 0 ? weighted / total : 0;
  if (objective === "squared") return mean;
  const rate = Math.min(1 - 1e-9, Math.max(1e-9, mean));
  return Math.log(rate / (1 - rate));
}

function fillGradients(
  pairs: Float64Array,
  { labels, weights }: LabelledRows,
  margins: Float64Array,
  objective: Objective,
): void {
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights ? weights[row]! : 1;
    if (objective === "squared") {
      pairs[row * 2] = weight * (margins[row]! - labels[row]!);
      pairs[row * 2 + 1] = weight;
    } else {
      const rate = 1 / (1 + Math.exp(-margins[row]!));
      pairs[row * 2] = weight * (rate - labels[row]!);
      pairs[row * 2 + 1] = weight * rate * (1 - rate);
    }
  }
}

/** Puts the rows of the next tree first in the row list, ascending; returns how many there are. */
function drawRows(memory: TrainingMemory, fraction: number, uniform: () => number): number {
  const { rows, rowCount } = memory;
  if (fraction >= 1) {
    for (let row = 0; row < rowCount; row += 1) rows[row] = row;
    return rowCount;
  }
  // Selection sampling (Knuth, TAOCP 2, algorithm S) draws exactly the wanted number and keeps the order.
  const wanted = Math.max(1, Math.round(rowCount * fraction));
  let drawn = 0;
  for (let row = 0; row < rowCount && drawn < wanted; row += 1) {
    if (uniform() * (rowCount - row) < wanted - drawn) rows[drawn++] = row;
  }
  return drawn;
}

function drawSome<T>(from: readonly T[], fraction: number, uniform: () => number): readonly T[] {
  if (fraction >= 1) return from;
  const wanted = Math.max(1, Math.round(from.length * fraction));
  const drawn: T[] = [];
  for (const [index, one] of from.entries()) {
    if (uniform() * (from.length - index) < wanted - drawn.length) drawn.push(one);
  }
  return drawn;
}

function addLeaves(
  margins: Float64Array,
  { rows }: TrainingMemory,
  tree: Tree,
  leaves: readonly { readonly node: number; readonly start: number; readonly end: number }[],
): void {
  for (const { node, start, end } of leaves) {
    const value = tree.value[node]!;
    for (let at = start; at < end; at += 1) margins[rows[at]!] = margins[rows[at]!]! + value;
  }
}

/** Watches the loss on held-out rows. */
class EarlyStopping {
  readonly losses: number[] = [];
  bestTreeCount = 0;
  readonly #rows: LabelledRows;
  readonly #features: readonly Feature[];
  readonly #margins: Float64Array;
  readonly #objective: Objective;
  readonly #patience: number;

  constructor(rows: LabelledRows, features: readonly Feature[], baseMargin: number, options: TrainingOptions) {
    this.#rows = rows;
    this.#features = features;
    this.#margins = new Float64Array(rows.labels.length).fill(baseMargin);
    this.#objective = options.objective;
    this.#patience = options.patience;
  }

  isOver(tree: Tree): boolean {
    const model = { objective: this.#objective, features: this.#features, baseMargin: 0, trees: [tree] };
    createScorer(model).addMargins(this.#rows.matrix, this.#margins);
    const loss = meanLoss(this.#rows, this.#margins, this.#objective);
    this.losses.push(loss);
    if (loss < (this.losses[this.bestTreeCount - 1] ?? Number.POSITIVE_INFINITY))
      this.bestTreeCount = this.losses.length;
    return this.losses.length - this.bestTreeCount >= this.#patience;
  }
}

function meanLoss({ labels, weights }: LabelledRows, margins: Float64Array, objective: Objective): number {
  let loss = 0;
  let total = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const weight = weights ? weights[row]! : 1;
    const margin = margins[row]!;
    const error =
      objective === "squared"
        ? (margin - labels[row]!) ** 2 / 2
        : Math.max(margin, 0) - margin * labels[row]! + Math.log1p(Math.exp(-Math.abs(margin)));
    loss += weight * error;
    total += weight;
  }
  return loss / total;
}
