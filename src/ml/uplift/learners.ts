/** Two ways to learn what a treatment adds to each person's chance of an outcome, from a randomised trial. */
import type { Random } from "../../stats/random.ts";
import { type TrainedClassifier, trainClassifier } from "../classifier/train.ts";
import {
  createScorer,
  defaultTrainingOptions,
  type Feature,
  type FeatureMatrix,
  type GbdtModel,
  trainGbdt,
} from "../gbdt/index.ts";
import { ratesOf } from "../propensity/score-people.ts";

/** People of a trial: what was known of each before, the arm they were drawn into, and what they did. */
export interface Trial {
  readonly matrix: FeatureMatrix;
  /** 1 for the treated, 0 for the control. */
  readonly isTreated: Uint8Array;
  /** 1 or 0. */
  readonly outcomes: Float64Array;
}

/** A model of each arm by itself. */
export interface TwoModels {
  readonly treated: Pick<TrainedClassifier, "model" | "scaling">;
  readonly control: Pick<TrainedClassifier, "model" | "scaling">;
}

/** The rows of a trial named by position, in that order. */
export function rowsOf({ matrix, isTreated, outcomes }: Trial, rows: ArrayLike<number>): Trial {
  const { featureCount, values } = matrix;
  const taken = new Float64Array(rows.length * featureCount);
  for (let at = 0; at < rows.length; at += 1)
    taken.set(values.subarray(rows[at]! * featureCount, (rows[at]! + 1) * featureCount), at * featureCount);
  return {
    matrix: { rowCount: rows.length, featureCount, values: taken },
    isTreated: Uint8Array.from(rows, (row) => isTreated[row]!),
    outcomes: Float64Array.from(rows, (row) => outcomes[row]!),
  };
}

/** Positions of the rows for which `isWanted` holds. */
export const positionsWhere = (count: number, isWanted: (row: number) => boolean): Uint32Array =>
  Uint32Array.from({ length: count }, (_, row) => row).filter(isWanted);

const shareTreated = ({ isTreated }: Trial): number => isTreated.reduce((sum, one) => sum + one, 0) / isTreated.length;

/** One calibrated classifier an arm. @see Radcliffe and Surry (1999), "Differential Response Analysis" */
export function trainTwoModels(trial: Trial, features: readonly Feature[], random: Random): TwoModels {
  const arm = (wanted: 0 | 1) => {
    const { matrix, outcomes } = rowsOf(
      trial,
      positionsWhere(trial.isTreated.length, (row) => trial.isTreated[row] === wanted),
    );
    const { model, scaling } = trainClassifier(matrix, outcomes, features, random.uniform);
    return { model, scaling };
  };
  return { treated: arm(1), control: arm(0) };
}

/** The chance under treatment less the chance without. */
export function twoModelUplifts({ treated, control }: TwoModels, matrix: FeatureMatrix): Float64Array {
  const without = ratesOf(control, matrix);
  return ratesOf(treated, matrix).map((rate, row) => rate - without[row]!);
}

/**
 * The outcome turned into one whose mean, given what is known of a person, is what the treatment adds to that person: y (w - p) / (p (1 - p)).
 *
 * @see Athey and Imbens (2016), "Recursive Partitioning for Heterogeneous Causal Effects", PNAS 113(27), 7353-7360
 */
export function transformedOutcomes(trial: Trial): Float64Array {
  const share = shareTreated(trial);
  return trial.outcomes.map((outcome, row) => (outcome * (trial.isTreated[row]! - share)) / (share * (1 - share)));
}

const foldCount = 5;
const mostTrees = 500;
/** A transformed outcome is mostly noise: large leaves and few of them. */
const fewestLeafShare = 0.02;

/** Boosted trees on the transformed outcome; how many is learnt from five folds held out in turn. */
export function trainTransformed(trial: Trial, features: readonly Feature[], random: Random): GbdtModel {
  const count = trial.outcomes.length;
  const targets = transformedOutcomes(trial);
  const options = {
    ...defaultTrainingOptions,
    objective: "squared" as const,
    maxLeaves: 6,
    minRowsPerLeaf: Math.max(defaultTrainingOptions.minRowsPerLeaf, Math.round(fewestLeafShare * count)),
    treeCount: mostTrees,
  };
  const folds = foldsOf(trial, random);
  const labelled = (positions: Uint32Array) => ({
    matrix: rowsOf(trial, positions).matrix,
    labels: Float64Array.from(positions, (row) => targets[row]!),
    weights: null,
  });
  let trees = 0;
  for (let fold = 0; fold < foldCount; fold += 1) {
    const [inside, outside] = [false, true].map((isOut) =>
      labelled(positionsWhere(count, (row) => (folds[row] === fold) === isOut)),
    );
    trees += trainGbdt(inside!, features, options, random.uniform, outside!).model.trees.length;
  }
  const treeCount = Math.max(1, Math.round(trees / foldCount));
  const all = { matrix: trial.matrix, labels: targets, weights: null };
  return trainGbdt(all, features, { ...options, treeCount }, random.uniform).model;
}

export const transformedUplifts = (model: GbdtModel, matrix: FeatureMatrix): Float64Array =>
  createScorer(model).margins(matrix);

/** The fold of each row, 0 to 4; every fold has its share of both arms and of both outcomes. */
export function foldsOf({ isTreated, outcomes }: Trial, random: Random): Uint8Array {
  const folds = new Uint8Array(outcomes.length);
  const drawn = Float64Array.from(outcomes, () => random.uniform());
  for (const stratum of [0, 1, 2, 3]) {
    const rows = positionsWhere(outcomes.length, (row) => 2 * isTreated[row]! + outcomes[row]! === stratum);
    for (const [position, row] of rows.sort((a, b) => drawn[a]! - drawn[b]!).entries())
      folds[row] = position % foldCount;
  }
  return folds;
}
