/** A calibrated classifier: boosted trees whose number and whose probabilities are judged on rows they were not grown on. */

import { fitPlattScaling, identityScaling, type PlattScaling, plattProbability } from "../../stats/platt-scaling.ts";
import { brierScore, calibrationError, logLoss } from "../../stats/probability-quality.ts";
import { areaUnderRoc, averagePrecision } from "../../stats/ranking-quality.ts";
import {
  createScorer,
  defaultTrainingOptions,
  type Feature,
  type FeatureMatrix,
  type GbdtModel,
  type LabelledRows,
  trainGbdt,
} from "../gbdt/index.ts";

/** Quality on rows held out of training; null where one class or no row was held out. */
export interface HeldOutQuality {
  readonly auc: number;
  readonly average_precision: number;
  readonly log_loss: number;
  readonly brier: number;
  readonly calibration_error_rate: number;
  /** Log loss of answering the rate of positives for everyone: what a model must beat. */
  readonly baseline_log_loss: number;
}

export interface TrainedClassifier {
  readonly model: GbdtModel;
  readonly scaling: PlattScaling;
  readonly heldOut: HeldOutQuality | null;
}

const foldCount = 5;
/** Beyond this, one held-out fifth judges as well as five do. */
const manyRows = 200_000;
/** Fewer of either class than this cannot be held out in folds. */
const fewestPerClass = 10;
const treesWithoutFolds = 50;
const mostTrees = 1000;

/**
 * Grows trees on all rows; how many, and how margins become probabilities, is learnt from five stratified folds held out in
 * turn (from one fifth of more than 200,000 rows). Equal rows and draws give equal models.
 *
 * @param labels 1 or 0 for each row
 * @param uniform draws from [0, 1)
 */
export function trainClassifier(
  matrix: FeatureMatrix,
  labels: Float64Array,
  features: readonly Feature[],
  uniform: () => number,
): TrainedClassifier {
  const all: LabelledRows = { matrix, labels, weights: null };
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, labels.length - positives) < fewestPerClass) {
    const options = { ...defaultTrainingOptions, treeCount: treesWithoutFolds };
    return { model: trainGbdt(all, features, options, uniform).model, scaling: identityScaling, heldOut: null };
  }
  const folds = stratifiedFolds(labels, uniform);
  const treeCounts: number[] = [];
  const margins: number[] = [];
  const heldOutLabels: number[] = [];
  for (let fold = 0; fold < (labels.length > manyRows ? 1 : foldCount); fold += 1) {
    const heldOut = rowsWhere(all, (row) => folds[row] === fold);
    const training = rowsWhere(all, (row) => folds[row] !== fold);
    const options = { ...defaultTrainingOptions, treeCount: mostTrees };
    const { model } = trainGbdt(training, features, options, uniform, heldOut);
    treeCounts.push(model.trees.length);
    for (const margin of createScorer(model).margins(heldOut.matrix)) margins.push(margin);
    for (const label of heldOut.labels) heldOutLabels.push(label);
  }
  const scaling = fitPlattScaling(margins, heldOutLabels);
  const treeCount = Math.max(1, Math.round(treeCounts.reduce((sum, count) => sum + count, 0) / treeCounts.length));
  const { model } = trainGbdt(all, features, { ...defaultTrainingOptions, treeCount }, uniform);
  return { model, scaling, heldOut: qualityOf(margins, heldOutLabels, scaling, positives / labels.length) };
}

/** The fold of each row; every fold gets its share of the positives. */
export function stratifiedFolds(labels: ArrayLike<number>, uniform: () => number): Uint8Array {
  const folds = new Uint8Array(labels.length);
  for (const label of [0, 1]) {
    const rows: number[] = [];
    for (let row = 0; row < labels.length; row += 1) if (labels[row] === label) rows.push(row);
    for (let last = rows.length - 1; last > 0; last -= 1) {
      const other = Math.floor(uniform() * (last + 1));
      [rows[last], rows[other]] = [rows[other]!, rows[last]!];
    }
    for (const [position, row] of rows.entries()) folds[row] = position % foldCount;
  }
  return folds;
}

function rowsWhere({ matrix, labels }: LabelledRows, isWanted: (row: number) => boolean): LabelledRows {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row += 1) if (isWanted(row)) rows.push(row);
  const { featureCount, values } = matrix;
  const taken = new Float64Array(rows.length * featureCount);
  for (const [position, row] of rows.entries())
    taken.set(values.subarray(row * featureCount, (row + 1) * featureCount), position * featureCount);
  return {
    matrix: { rowCount: rows.length, featureCount, values: taken },
    labels: Float64Array.from(rows, (row) => labels[row]!),
    weights: null,
  };
}

function qualityOf(margins: number[], labels: number[], scaling: PlattScaling, rate: number): HeldOutQuality {
  const probabilities = margins.map((margin) => plattProbability(scaling, margin));
  return {
    auc: areaUnderRoc(probabilities, labels) ?? Number.NaN,
    average_precision: averagePrecision(probabilities, labels) ?? Number.NaN,
    log_loss: logLoss(probabilities, labels),
    brier: brierScore(probabilities, labels),
    calibration_error_rate: calibrationError(probabilities, labels),
    baseline_log_loss: logLoss(new Float64Array(labels.length).fill(rate), labels),
  };
}
