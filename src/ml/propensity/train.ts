/** Who will order within a horizon, and who will not come back: boosted trees on what people did. */
import { createHash } from "node:crypto";
import { brierScore, calibrationError } from "../../stats/probability-quality.ts";
import { createRandom } from "../../stats/random.ts";
import { areaUnderRoc, averagePrecision, liftAt } from "../../stats/ranking-quality.ts";
import { addDays } from "../../warehouse/day-range.ts";
import { type TrainedClassifier, trainClassifier } from "../classifier/train.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { binsOf, createShareCounter } from "../runs/shares.ts";
import { logisticBaseline, rfmSums } from "./baselines.ts";
import { judge } from "./judge.ts";
import { readChampion } from "./kept-model.ts";
import { isAsked, labelOf, type PropensityModel } from "./propensity-model.ts";
import { featuresOf, matrixOf, readShoppers, type Shopper, shopperFeatures } from "./read-shoppers.ts";
import { ratesOf, scorePeople } from "./score-people.ts";
import { scoreWith } from "./score-with-champion.ts";

/** Shares of the best-scored people that a campaign may reach, for the gain curve. */
const cuts = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1] as const;
interface Snapshot {
  readonly people: readonly Shopper[];
  readonly labels: Float64Array;
}

async function snapshot(
  { warehouse }: TrainingContext,
  model: PropensityModel,
  cutoff: string,
  horizonDays: number,
): Promise<Snapshot> {
  const people = (await readShoppers(warehouse, cutoff, horizonDays)).filter((one) => isAsked(model, one));
  return { people, labels: Float64Array.from(people, (one) => labelOf(model, one)) };
}

function trainOn({ people, labels }: Snapshot, seed: number): TrainedClassifier {
  const features = featuresOf(people);
  return trainClassifier(matrixOf(people, features), labels, features, createRandom(seed).uniform);
}

const countOf = (labels: Float64Array): number => labels.reduce((sum, label) => sum + label, 0);
const canLearn = ({ labels }: Snapshot): boolean => {
  const positives = countOf(labels);
  return positives > 0 && positives < labels.length;
};

/** Figures that exist; a figure that cannot be computed is left out. */
const known = (figures: Readonly<Record<string, number | null>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== null));

/**
 * Trains on the last horizon that is over and scores everyone at the cutoff. Quality is measured one horizon earlier: a model of the horizon
 * before it foretells the last one. Baselines: recency of the last visit alone, RFM, logistic regression. The run is held against the champion
 * on the same horizon (`judge`); where it loses, the champion scores everyone at the cutoff.
 *
 * @param isPromoted true to make the run champion whatever the figures say
 * @returns null where the last horizon holds not both kinds of people
 */
export async function trainPropensity(
  context: TrainingContext,
  name: PropensityModel,
  horizonDays: number,
  isPromoted = false,
): Promise<ModelRun | null> {
  const { cutoff, seed, onProgress, warehouse } = context;
  const last = await snapshot(context, name, addDays(cutoff, -horizonDays), horizonDays);
  if (!canLearn(last)) return null;
  onProgress(
    `${last.people.length.toLocaleString("en")} people, ${countOf(last.labels).toLocaleString("en")} positive`,
  );
  const before = await snapshot(context, name, addDays(cutoff, -2 * horizonDays), horizonDays);
  const earlier = canLearn(before) ? trainOn(before, seed) : null;
  const tested = earlier ? foretell(earlier, last) : null;
  onProgress(tested ? "measured on the last horizon" : "too little history to measure on a later horizon");
  const quality = tested ? qualityOf(tested, last.labels) : {};
  const champion = await readChampion(warehouse, name, horizonDays);
  const window = { cutoff, horizonDays, ...last };
  const { championAuc, ...standing } = judge(champion, quality.auc ?? null, window, isPromoted);
  const trained = trainOn(last, seed);
  const { bins, shares } = spreadOf(trained, last);
  const run = {
    model: name,
    version: context.version,
    seed,
    settings: { horizon_days: String(horizonDays) },
    cutoff_on: cutoff,
    features: shopperFeatures,
    data_sha256: createHash("sha256")
      .update(JSON.stringify(last.people.map(({ row }) => row)))
      .digest("hex"),
    row_count: last.people.length,
    metrics: known({
      horizon_days: horizonDays,
      positive_count: countOf(last.labels),
      ...quality,
      champion_auc: championAuc,
    }),
    baseline: baselinesOf(name, canLearn(before) ? before : null, last),
    artefact: {
      model: trained.model,
      scaling: trained.scaling,
      earlier: earlier && { model: earlier.model, scaling: earlier.scaling },
      bins,
      evaluation: tested ? gainOf(tested, last.labels) : [],
    },
    ...standing,
    training_shares: shares,
  };
  onProgress(`${standing.standing}: ${standing.standing_reason}`);
  if (standing.standing === "challenger" && champion.kind === "kept") {
    const recorded = await recordRun(context, run, `prd_${name}`, []);
    await scoreWith(context, name, horizonDays, champion);
    return recorded;
  }
  const now = await scorePeople(warehouse, name, trained, bins, cutoff, onProgress);
  const scored = { ...run, scored_shares: now.shares, scored_count: now.count };
  return await recordRun(context, scored, `prd_${name}`, now.predictions());
}

/** How the people of a snapshot are spread over their features and scores. */
function spreadOf(trained: TrainedClassifier, { people }: Snapshot) {
  const matrix = matrixOf(people, trained.model.features);
  const scores = ratesOf(trained, matrix);
  const bins = binsOf(matrix, trained.model.features, scores);
  const counter = createShareCounter(bins);
  counter.add(matrix, scores);
  return { bins, shares: counter.shares() };
}

const foretell = (trained: TrainedClassifier, { people }: Snapshot): Float64Array =>
  ratesOf(trained, matrixOf(people, trained.model.features));

/** What the model must beat: recency of the last visit alone, the sum of RFM scores, and logistic regression trained as the model is. */
function baselinesOf(name: PropensityModel, before: Snapshot | null, { people, labels }: Snapshot) {
  const sign = name === "propensity" ? 1 : -1;
  const recency = people.map((one) => -sign * one.recencyDays);
  const rfm = rfmSums(people).map((sum) => sign * sum);
  const logistic = before ? logisticBaseline(before.people, before.labels, people) : null;
  return known({
    auc: areaUnderRoc(recency, labels),
    lift_at_5: liftAt(recency, labels, 0.05),
    rfm_auc: areaUnderRoc(rfm, labels),
    rfm_lift_at_5: liftAt(rfm, labels, 0.05),
    logistic_auc: logistic ? areaUnderRoc(logistic, labels) : null,
    logistic_lift_at_5: logistic ? liftAt(logistic, labels, 0.05) : null,
  });
}

const qualityOf = (scores: Float64Array, labels: Float64Array): Record<string, number | null> => ({
  auc: areaUnderRoc(scores, labels),
  average_precision: averagePrecision(scores, labels),
  lift_at_1: liftAt(scores, labels, 0.01),
  lift_at_5: liftAt(scores, labels, 0.05),
  lift_at_10: liftAt(scores, labels, 0.1),
  brier: brierScore(scores, labels),
  calibration_error_rate: calibrationError(scores, labels),
});

/** Precision, recall and lift of the best-scored shares. */
function gainOf(scores: Float64Array, labels: Float64Array): readonly Record<string, number>[] {
  const positives = countOf(labels);
  return cuts.map((top_rate) => {
    const customer_count = Math.max(1, Math.round(labels.length * top_rate));
    const lift = liftAt(scores, labels, top_rate) ?? 0;
    const precision_rate = (lift * positives) / labels.length;
    return {
      top_rate,
      customer_count,
      precision_rate,
      recall_rate: Math.min(1, (precision_rate * customer_count) / positives),
      lift,
    };
  });
}
