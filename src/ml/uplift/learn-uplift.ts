/** Uplift learnt from a trial and judged on people each model has not seen. */
import { type QiniEstimate, qiniCurve, qiniEstimates } from "../../stats/qini.ts";
import type { Random } from "../../stats/random.ts";
import type { Feature, FeatureMatrix, GbdtModel } from "../gbdt/index.ts";
import { ratesOf } from "../propensity/score-people.ts";
import {
  foldsOf,
  positionsWhere,
  rowsOf,
  type Trial,
  type TwoModels,
  trainTransformed,
  trainTwoModels,
  transformedOutcomes,
  transformedUplifts,
  twoModelUplifts,
} from "./learners.ts";

export const upliftMethods = ["two-model", "transformed-outcome"] as const;
export type UpliftMethod = (typeof upliftMethods)[number];

/** Shares of the people, the highest uplift first, at which a curve is read. */
export const curveShares: readonly number[] = Array.from({ length: 21 }, (_, step) => step / 20);
const foldCount = 5;
/** Two-sided 5 % shared by the two methods that the better is chosen from (Bonferroni): the normal quantile of 0.9875. */
const chosenQuantile = 2.2414;

export interface UpliftModel {
  readonly twoModels: TwoModels;
  readonly transformed: GbdtModel;
  readonly method: UpliftMethod;
  /** What the treatment adds on average: the difference of the arms' rates. */
  readonly effect: number;
  /** The mean of the raw uplift over the trial's people. */
  readonly meanRaw: number;
  /**
   * How far people's uplift is spread around the effect, as a share of what the method says; 0 where its order is not
   * better than a random one beyond chance, so that everyone has the average effect.
   */
  readonly spread: number;
}

export interface UpliftQuality {
  /** A curve of each method over held-out people. */
  readonly curves: Readonly<Record<UpliftMethod, readonly QiniEstimate[]>>;
  /** Area under the Qini curve of the method chosen, with its 95 % interval. */
  readonly area: number;
  readonly lower: number;
  readonly upper: number;
  /** The area when people are ordered by their chance of the outcome without treatment: propensity taken for uplift. */
  readonly propensityArea: number;
}

export interface LearntUplift {
  readonly model: UpliftModel;
  readonly quality: UpliftQuality;
}

/** Ranks from 0 to 1 within a fold, equal values sharing their middle: folds have models of their own, whose levels differ. */
function ranksWithin(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at += 1) ranks[order[at]!] = (from + to) / 2 / order.length;
  }
  return ranks;
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface HeldOut {
  /** Rank within the fold. */
  readonly ranks: Float64Array;
  /** Distance of the raw uplift from the fold's mean. */
  readonly deviations: Float64Array;
}

/**
 * Learns uplift by both methods. Each person is ranked by models of the other four fifths of the people; the method whose
 * ranking has the larger Qini area answers.
 *
 * @param trial both arms hold people with the outcome and without
 */
export function learnUplift(
  trial: Trial,
  features: readonly Feature[],
  random: Random,
  onProgress: (words: string) => void = () => {},
): LearntUplift {
  const count = trial.outcomes.length;
  const folds = foldsOf(trial, random);
  const empty = (): HeldOut => ({ ranks: new Float64Array(count), deviations: new Float64Array(count) });
  const heldOut: Readonly<Record<UpliftMethod, HeldOut>> = { "two-model": empty(), "transformed-outcome": empty() };
  const propensities = new Float64Array(count);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const seen = rowsOf(
      trial,
      positionsWhere(count, (row) => folds[row] !== fold),
    );
    const positions = positionsWhere(count, (row) => folds[row] === fold);
    const { matrix } = rowsOf(trial, positions);
    const twoModels = trainTwoModels(seen, features, random);
    const raw = {
      "two-model": twoModelUplifts(twoModels, matrix),
      "transformed-outcome": transformedUplifts(trainTransformed(seen, features, random), matrix),
    };
    for (const method of upliftMethods) {
      const mean = meanOf(raw[method]);
      for (const [at, rank] of ranksWithin(raw[method]).entries()) {
        heldOut[method].ranks[positions[at]!] = rank;
        heldOut[method].deviations[positions[at]!] = raw[method][at]! - mean;
      }
    }
    for (const [at, rank] of ranksWithin(ratesOf(twoModels.control, matrix)).entries())
      propensities[positions[at]!] = rank;
    onProgress(`learnt and judged ${fold + 1} of ${foldCount} parts of the experiment`);
  }
  const trialOf = (scores: Float64Array) => ({ scores, isTreated: trial.isTreated, outcomes: trial.outcomes });
  const curveOf = (method: UpliftMethod) => qiniEstimates(trialOf(heldOut[method].ranks), curveShares, random) ?? [];
  const curves = { "two-model": curveOf("two-model"), "transformed-outcome": curveOf("transformed-outcome") };
  const areaOf = (method: UpliftMethod): number => curves[method].at(-1)?.area ?? 0;
  const method = areaOf("two-model") >= areaOf("transformed-outcome") ? "two-model" : "transformed-outcome";
  const margin = chosenQuantile * (curves[method].at(-1)?.areaError ?? Number.POSITIVE_INFINITY);
  const area = areaOf(method);
  const model = {
    twoModels: trainTwoModels(trial, features, random),
    transformed: trainTransformed(trial, features, random),
    method,
  } as const;
  return {
    model: {
      ...model,
      effect: effectOf(trial),
      meanRaw: meanOf(rawUplifts(model, trial.matrix)),
      spread: area - margin > 0 ? spreadOf(trial, heldOut[method].deviations) : 0,
    },
    quality: {
      curves,
      area,
      lower: area - margin,
      upper: area + margin,
      propensityArea: qiniCurve(trialOf(propensities), [1])?.[0]?.area ?? 0,
    },
  };
}

function effectOf({ isTreated, outcomes }: Trial): number {
  const rate = (arm: 0 | 1): number => meanOf(outcomes.filter((_, row) => isTreated[row] === arm));
  return rate(1) - rate(0);
}

/**
 * The slope of the transformed outcome on the held-out deviations, within 0 and 1.
 *
 * @see Chernozhukov, Demirer, Duflo and Fernandez-Val (2018), "Generic Machine Learning Inference on Heterogeneous Treatment
 *   Effects in Randomized Experiments", NBER 24678: the best linear predictor
 */
function spreadOf(trial: Trial, deviations: Float64Array): number {
  const targets = transformedOutcomes(trial);
  let product = 0;
  let square = 0;
  for (const [row, deviation] of deviations.entries()) {
    product += deviation * targets[row]!;
    square += deviation * deviation;
  }
  return square > 0 ? Math.min(1, Math.max(0, product / square)) : 0;
}

const rawUplifts = (
  { method, twoModels, transformed }: Pick<UpliftModel, "method" | "twoModels" | "transformed">,
  matrix: FeatureMatrix,
): Float64Array =>
  method === "two-model" ? twoModelUplifts(twoModels, matrix) : transformedUplifts(transformed, matrix);

/** What treatment adds to each person's chance of the outcome, from -1 to 1. */
export function upliftsOf(model: UpliftModel, matrix: FeatureMatrix): Float64Array {
  const { effect, meanRaw, spread } = model;
  return rawUplifts(model, matrix).map((raw) => Math.min(1, Math.max(-1, effect + spread * (raw - meanRaw))));
}
