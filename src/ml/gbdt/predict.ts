/** Scores rows with a trained model. */
import { binCount } from "./kernel.ts";
import { type FeatureMatrix, type GbdtModel, logistic } from "./model.ts";

/** The trees of a model laid end to end in typed arrays: node numbers are positions in them. */
export interface FlatTrees {
  /** Position of each tree's root. */
  readonly roots: Int32Array;
  /** Feature split on, -1 in a leaf. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly isMissingLeft: Uint8Array;
  /** Offset into `members` of a categorical split, -1 of a numeric one. */
  readonly memberAt: Int32Array;
  /** A byte 1 for each category that goes left, 256 bytes a split. */
  readonly members: Uint8Array;
  readonly value: Float64Array;
  readonly cover: Float64Array;
}

/** Lays a model's trees end to end. */
export function flattenTrees({ trees }: GbdtModel): FlatTrees {
  const nodeCount = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const splitCount = trees.reduce((sum, tree) => sum + tree.leftCategories.filter((one) => one !== null).length, 0);
  const flat: FlatTrees = {
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodeCount),
    threshold: new Float64Array(nodeCount),
    left: new Int32Array(nodeCount),
    right: new Int32Array(nodeCount),
    isMissingLeft: new Uint8Array(nodeCount),
    memberAt: new Int32Array(nodeCount).fill(-1),
    members: new Uint8Array(splitCount * binCount),
    value: new Float64Array(nodeCount),
    cover: new Float64Array(nodeCount),
  };
  let root = 0;
  let memberAt = 0;
  for (const [index, tree] of trees.entries()) {
    flat.roots[index] = root;
    flat.feature.set(tree.feature, root);
    flat.threshold.set(tree.threshold, root);
    flat.value.set(tree.value, root);
    flat.cover.set(tree.cover, root);
    for (let node = 0; node < tree.feature.length; node += 1) {
      flat.left[root + node] = root + tree.left[node]!;
      flat.right[root + node] = root + tree.right[node]!;
      flat.isMissingLeft[root + node] = tree.isMissingLeft[node] ? 1 : 0;
      const categories = tree.leftCategories[node];
      if (!categories) continue;
      flat.memberAt[root + node] = memberAt;
      for (const category of categories) flat.members[memberAt + category] = 1;
      memberAt += binCount;
    }
    root += tree.feature.length;
  }
  return flat;
}

/** The child a value goes to. */
export function childOf(flat: FlatTrees, node: number, value: number): number {
  let isLeft: boolean;
  if (Number.isNaN(value)) isLeft = flat.isMissingLeft[node] === 1;
  else if (flat.memberAt[node]! >= 0) isLeft = flat.members[flat.memberAt[node]! + value] === 1;
  else isLeft = value <= flat.threshold[node]!;
  return isLeft ? flat.left[node]! : flat.right[node]!;
}

export interface Scorer {
  /** Adds each row's sum of leaf values, without the base margin, to `margins`. */
  readonly addMargins: (matrix: FeatureMatrix, margins: Float64Array) => void;
  /** Log-odds (logistic) or predicted values (squared) of each row. */
  readonly margins: (matrix: FeatureMatrix) => Float64Array;
  /** Probabilities (logistic) or predicted values (squared) of each row. */
  readonly predict: (matrix: FeatureMatrix) => Float64Array;
}

/** Prepares a model for scoring: 100 trees take about 4 microseconds a row. */
export function createScorer(model: GbdtModel): Scorer {
  const flat = flattenTrees(model);
  const addMargins = (matrix: FeatureMatrix, margins: Float64Array): void => {
    const { values, featureCount, rowCount } = matrix;
    for (let row = 0; row < rowCount; row += 1) {
      const first = row * featureCount;
      let sum = 0;
      for (const root of flat.roots) {
        let node = root;
        while (flat.feature[node]! >= 0) node = childOf(flat, node, values[first + flat.feature[node]!]!);
        sum += flat.value[node]!;
      }
      margins[row] = margins[row]! + sum;
    }
  };
  const margins = (matrix: FeatureMatrix): Float64Array => {
    const result = new Float64Array(matrix.rowCount).fill(model.baseMargin);
    addMargins(matrix, result);
    return result;
  };
  const predict = (matrix: FeatureMatrix): Float64Array => {
    const result = margins(matrix);
    return model.objective === "logistic" ? result.map(logistic) : result;
  };
  return { addMargins, margins, predict };
}
