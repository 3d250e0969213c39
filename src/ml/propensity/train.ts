/** Who will order within a horizon, and who will not come back: boosted trees on what people did. */
import { createHash } from "node:crypto";
import { plattProbability } from "../../stats/platt-scaling.ts";
import { brierScore, calibrationError } from "../../stats/probability-quality.ts";
import { createRandom } from "../../stats/random.ts";
import { areaUnderRoc, averagePrecision, liftAt } from "../../stats/ranking-quality.ts";
import { addDays } from "../../warehouse/day-range.ts";
import { type TrainedClassifier, trainClassifier } from "../classifier/train.ts";
import { createExplainer, createScorer, type FeatureMatrix } from "../gbdt/index.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { logisticBaseline, rfmSums } from "./baselines.ts";
import { featuresOf, matrixOf, readShoppers, type Shopper, shopperFeatures } from "./read-shoppers.ts";

/** `propensity`: everyone, who orders. `churn`: those who have ordered, who does not. */
export type PropensityModel = "propensity" | "churn";

const isAsked = (model: PropensityModel, one: Shopper): boolean => model === "propensity" || one.orderCount > 0;
const labelOf = (model: PropensityModel, one: Shopper): number => (one.isOrdering === (model === "propensity") ? 1 : 0);

/** Shares of the best-scored people that a campaign may reach, for the gain curve. */
const cuts = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1] as const;
/** Reasons take about half a millisecond a person: the best-scored have them. */
const mostExplained = 20_000;
const reasonCount = 3;

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

function probabilities({ model, scaling }: TrainedClassifier, matrix: FeatureMatrix): Float64Array {
  return createScorer(model)
    .margins(matrix)
    .map((margin) => plattProbability(scaling, margin));
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
 * before it foretells the last one. Baselines: recency of the last visit alone, RFM, logistic regression.
 *
 * @returns null where the last horizon holds not both kinds of people
 */
export async function trainPropensity(
  context: TrainingContext,
  name: PropensityModel,
  horizonDays: number,
): Promise<ModelRun | null> {
  const { cutoff, seed, onProgress } = context;
  const last = await snapshot(context, name, addDays(cutoff, -horizonDays), horizonDays);
  if (!canLearn(last)) return null;
  onProgress(
    `${last.people.length.toLocaleString("en")} people, ${countOf(last.labels).toLocaleString("en")} positive`,
  );
  const before = await snapshot(context, name, addDays(cutoff, -2 * horizonDays), horizonDays);
  const tested = canLearn(before) ? foretell(trainOn(before, seed), last) : null;
  onProgress(tested ? "measured on the last horizon" : "too little history to measure on a later horizon");
  const trained = trainOn(last, seed);
  const now = await snapshot(context, name, cutoff, horizonDays);
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
      ...(tested ? qualityOf(tested, last.labels) : {}),
    }),
    baseline: baselinesOf(name, canLearn(before) ? before : null, last),
    artefact: { model: trained.model, scaling: trained.scaling, evaluation: tested ? gainOf(tested, last.labels) : [] },
  };
  return await recordRun(context, run, `prd_${name}`, predictionsOf(trained, now.people));
}

const foretell = (trained: TrainedClassifier, { people }: Snapshot): Float64Array =>
  probabilities(trained, matrixOf(people, trained.model.features));

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

function* predictionsOf(trained: TrainedClassifier, people: readonly Shopper[]): Iterable<Record<string, unknown>> {
  const { features } = trained.model;
  const matrix = matrixOf(people, features);
  const scores = probabilities(trained, matrix);
  const order = Uint32Array.from(people.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const explainer = createExplainer(trained.model);
  for (const [rank, index] of order.entries()) {
    const row = matrix.values.subarray(index * features.length, (index + 1) * features.length);
    yield {
      customer_key: people[index]!.customerKey,
      score_rate: scores[index]!,
      decile: Math.min(10, Math.floor((rank * 10) / people.length) + 1),
      top_reasons: rank < mostExplained ? reasonsOf(explainer.explain(row), people[index]!) : [],
    };
  }
}

/** The features that moved the score most, as `name value: +log-odds`. */
function reasonsOf(contributions: Float64Array, { row }: Shopper): readonly string[] {
  return [...contributions.keys()]
    .sort((a, b) => Math.abs(contributions[b]!) - Math.abs(contributions[a]!))
    .slice(0, reasonCount)
    .filter((feature) => contributions[feature] !== 0)
    .map((feature) => {
      const name = shopperFeatures[feature] ?? "";
      const value = row[name];
      const shown = typeof value === "number" ? String(Math.round(value * 10) / 10) : String(value ?? "none");
      const by = contributions[feature]!;
      return `${name} ${shown}: ${by > 0 ? "+" : ""}${by.toFixed(2)}`;
    });
}
