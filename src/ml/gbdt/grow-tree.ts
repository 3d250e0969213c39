/** One tree, grown leaf by leaf where the loss falls most, on histograms of gradients. */
import { leafValue, type NodeSums, type Split, type SplitFeature, type SplitRules, SplitSearch } from "./best-split.ts";
import { histogramBytes } from "./kernel.ts";
import type { Tree } from "./model.ts";
import type { TrainingMemory } from "./training-memory.ts";

export interface GrowthRules extends SplitRules {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly learningRate: number;
}

/** Rows [start, end) of the memory's row list are in the leaf. */
interface Leaf {
  readonly node: number;
  readonly slot: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly sums: NodeSums;
  readonly split: Split | null;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };
type GrowingTree = Mutable<Tree>;

/** A tree as it was grown, with what scoring the training rows needs. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leaves: readonly { readonly node: number; readonly start: number; readonly end: number }[];
}

/**
 * @param features those the tree may split on
 * @param cuts of each numeric feature, to turn a bin into a threshold
 * @param sampledRows how many of the memory's rows, from the first, the tree is grown on
 * @see Ke et al. (2017), "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 30
 */
export function growTree(
  memory: TrainingMemory,
  features: readonly SplitFeature[],
  cuts: readonly (Float64Array | null)[],
  sampledRows: number,
  rules: GrowthRules,
): GrownTree {
  const grower = new TreeGrower(memory, features, cuts, rules);
  return grower.grow(sampledRows);
}

class TreeGrower {
  readonly #memory: TrainingMemory;
  readonly #features: readonly SplitFeature[];
  readonly #cuts: readonly (Float64Array | null)[];
  readonly #rules: GrowthRules;
  readonly #tree: GrowingTree = {
    feature: [],
    threshold: [],
    leftCategories: [],
    isMissingLeft: [],
    left: [],
    right: [],
    value: [],
    gain: [],
    cover: [],
  };

  constructor(
    memory: TrainingMemory,
    features: readonly SplitFeature[],
    cuts: readonly (Float64Array | null)[],
    rules: GrowthRules,
  ) {
    this.#memory = memory;
    this.#features = features;
    this.#cuts = cuts;
    this.#rules = rules;
  }

  grow(sampledRows: number): GrownTree {
    const leaves: Leaf[] = [this.#root(sampledRows)];
    while (leaves.length < this.#rules.maxLeaves) {
      const next = mostPromising(leaves);
      if (next === null) break;
      const [leaf] = leaves.splice(next, 1);
      if (leaf?.split) leaves.push(...this.#split(leaf, leaf.split, leaves.length + 1));
    }
    const { lambda, learningRate } = this.#rules;
    for (const { node, sums } of leaves) {
      this.#tree.value[node] = learningRate * leafValue(sums.gradient, sums.hessian, lambda, sums.low, sums.high);
    }
    return { tree: this.#tree, leaves };
  }

  #root(sampledRows: number): Leaf {
    const { pairs, rows } = this.#memory;
    let gradient = 0;
    let hessian = 0;
    for (let at = 0; at < sampledRows; at += 1) {
      gradient += pairs[rows[at]! * 2]!;
      hessian += pairs[rows[at]! * 2 + 1]!;
    }
    const sums = { gradient, hessian, rowCount: sampledRows, low: -Infinity, high: Infinity };
    this.#count(0, 0, sampledRows);
    return this.#leaf(0, 0, sampledRows, 0, sums);
  }

  /** Counts the histograms of rows [start, end) into a slot. */
  #count(slot: number, start: number, end: number): void {
    const { kernel, bins, featureCount, pairs, rows } = this.#memory;
    this.#memory.cellsOf(slot).fill(0);
    const rowsAt = rows.byteOffset + start * 4;
    kernel.addToHistogram(
      bins.byteOffset,
      featureCount,
      pairs.byteOffset,
      rowsAt,
      end - start,
      this.#memory.slotAt(slot),
    );
  }

  /** A leaf over rows whose histograms stand in the slot, with its best split. */
  #leaf(slot: number, start: number, end: number, depth: number, sums: NodeSums): Leaf {
    const node = this.#addNode(end - start);
    const canSplit = depth < this.#rules.maxDepth && end - start >= 2 * this.#rules.minRowsPerLeaf;
    if (!canSplit) return { node, slot, start, end, depth, sums, split: null };
    const search = new SplitSearch(this.#memory.cellsOf(slot), sums, this.#rules);
    for (const feature of this.#features) search.try(feature);
    return { node, slot, start, end, depth, sums, split: search.best };
  }

  #addNode(cover: number): number {
    const tree = this.#tree;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.leftCategories.push(null);
    tree.isMissingLeft.push(false);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.value.push(0);
    tree.gain.push(0);
    return tree.cover.push(cover) - 1;
  }

  /** Parts a leaf in two: the smaller child is counted, the larger is what remains of the parent's histograms. */
  #split(leaf: Leaf, split: Split, freeSlot: number): readonly Leaf[] {
    const { kernel, bins, featureCount, rows, goesLeft, spareAt } = this.#memory;
    this.#markLeftBins(split);
    const leftCount = kernel.partitionRows(
      bins.byteOffset,
      featureCount,
      split.feature,
      goesLeft.byteOffset,
      rows.byteOffset + leaf.start * 4,
      leaf.end - leaf.start,
      spareAt,
    );
    const middle = leaf.start + leftCount;
    const isLeftSmaller = leftCount * 2 <= leaf.end - leaf.start;
    if (isLeftSmaller) this.#count(freeSlot, leaf.start, middle);
    else this.#count(freeSlot, middle, leaf.end);
    kernel.subtractHistogram(
      this.#memory.slotAt(leaf.slot),
      this.#memory.slotAt(freeSlot),
      featureCount * histogramBytes,
    );

    const [left, right] = this.#sumsOfChildren(leaf, split, leftCount);
    const depth = leaf.depth + 1;
    const leftLeaf = this.#leaf(isLeftSmaller ? freeSlot : leaf.slot, leaf.start, middle, depth, left);
    const rightLeaf = this.#leaf(isLeftSmaller ? leaf.slot : freeSlot, middle, leaf.end, depth, right);
    this.#recordSplit(leaf.node, split, leftLeaf.node, rightLeaf.node);
    return [leftLeaf, rightLeaf];
  }

  #markLeftBins(split: Split): void {
    const { goesLeft } = this.#memory;
    goesLeft.fill(0);
    if (split.leftBins) for (const bin of split.leftBins) goesLeft[bin] = 1;
    else goesLeft.fill(1, 1, split.lastLeftBin + 1);
    goesLeft[0] = split.isMissingLeft ? 1 : 0;
  }

  /** Below a monotone split the children's values may not cross the middle of the two, whatever is split further down. */
  #sumsOfChildren(leaf: Leaf, split: Split, leftCount: number): readonly [NodeSums, NodeSums] {
    const { low, high } = leaf.sums;
    const { lambda } = this.#rules;
    const rightGradient = leaf.sums.gradient - split.leftGradient;
    const rightHessian = leaf.sums.hessian - split.leftHessian;
    const left = { gradient: split.leftGradient, hessian: split.leftHessian, rowCount: leftCount, low, high };
    const right = {
      gradient: rightGradient,
      hessian: rightHessian,
      rowCount: leaf.end - leaf.start - leftCount,
      low,
      high,
    };
    const monotone = this.#features.find((one) => one.index === split.feature)?.monotone ?? 0;
    if (monotone === 0) return [left, right];
    const middle =
      (leafValue(left.gradient, left.hessian, lambda, low, high) +
        leafValue(right.gradient, right.hessian, lambda, low, high)) /
      2;
    return monotone > 0
      ? [
          { ...left, high: middle },
          { ...right, low: middle },
        ]
      : [
          { ...left, low: middle },
          { ...right, high: middle },
        ];
  }

  #recordSplit(node: number, split: Split, left: number, right: number): void {
    const tree = this.#tree;
    const cuts = this.#cuts[split.feature] ?? null;
    tree.feature[node] = split.feature;
    tree.threshold[node] = cuts?.[split.lastLeftBin - 1] ?? (cuts ? Number.MAX_VALUE : 0);
    tree.leftCategories[node] = split.leftBins?.filter((bin) => bin > 0).map((bin) => bin - 1) ?? null;
    tree.isMissingLeft[node] = split.isMissingLeft;
    tree.left[node] = left;
    tree.right[node] = right;
    tree.gain[node] = split.gain;
  }
}

/** The position of the leaf whose split gains most, the first among equals; null when none can be split. */
function mostPromising(leaves: readonly Leaf[]): number | null {
  let best: number | null = null;
  let bestGain = 0;
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.split && leaf.split.gain > bestGain) {
      best = index;
      bestGain = leaf.split.gain;
    }
  }
  return best;
}
