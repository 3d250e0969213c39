/** Everyone scored as of a day by a trained model, a chunk of people at a time. */
import { plattProbability } from "../../stats/platt-scaling.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import type { TrainedClassifier } from "../classifier/train.ts";
import { createExplainer, createScorer, type FeatureMatrix } from "../gbdt/index.ts";
import { type Bins, createShareCounter, type Shares } from "../runs/shares.ts";
import { isAsked, type PropensityModel } from "./propensity-model.ts";
import { matrixOf, readShoppers, type Shopper, shopperFeatures } from "./read-shoppers.ts";

/** What scoring needs of a trained model. */
export type ScoringModel = Pick<TrainedClassifier, "model" | "scaling">;

/** Reasons take about half a millisecond a person: the best-scored have them. */
const mostExplained = 20_000;
const reasonCount = 3;
/** A person read takes about a kilobyte. */
const peopleAtOnce = 100_000;

export interface ScoredPeople {
  readonly count: number;
  readonly shares: Shares;
  /** Rows of the model's prd_* table, the highest score first. */
  readonly predictions: () => Iterable<Row>;
}

/** The calibrated rate of each row. */
export function ratesOf({ model, scaling }: ScoringModel, matrix: FeatureMatrix): Float64Array {
  return createScorer(model)
    .margins(matrix)
    .map((margin) => plattProbability(scaling, margin));
}

interface Explained {
  readonly key: bigint;
  readonly rate: number;
  readonly person: Shopper;
}

const byRate = (a: Pick<Explained, "key" | "rate">, b: Pick<Explained, "key" | "rate">): number =>
  b.rate - a.rate || (a.key < b.key ? -1 : 1);

/**
 * Scores everyone a model is asked about. Beside one chunk, memory holds 20 bytes a person and the 20,000 who are given reasons.
 *
 * @param cutoff a day as YYYY-MM-DD: nothing dated on it or later is seen
 * @param chunkSize most people read at once, about
 */
export async function scorePeople(
  warehouse: Warehouse,
  name: PropensityModel,
  trained: ScoringModel,
  bins: readonly Bins[],
  cutoff: string,
  onProgress: (words: string) => void,
  chunkSize: number = peopleAtOnce,
): Promise<ScoredPeople> {
  const { people_count } = await warehouse.queryOne("select toFloat64(count()) as people_count from dim_customer");
  const partCount = Math.max(1, Math.ceil(Number(people_count) / chunkSize));
  const counter = createShareCounter(bins);
  const [keys, rates]: [BigUint64Array[], Float64Array[]] = [[], []];
  let highest: readonly Explained[] = [];
  for (let part = 0; part < partCount; part += 1) {
    const people = (await readShoppers(warehouse, cutoff, 1, { part, partCount })).filter((one) => isAsked(name, one));
    const matrix = matrixOf(people, trained.model.features);
    const scores = ratesOf(trained, matrix);
    counter.add(matrix, scores);
    keys.push(BigUint64Array.from(people, ({ customerKey }) => BigInt(customerKey)));
    rates.push(scores);
    const found = people.map((person, row) => ({ key: BigInt(person.customerKey), rate: scores[row]!, person }));
    highest = [...highest, ...found].sort(byRate).slice(0, mostExplained);
    if (partCount > 1) onProgress(`scored ${part + 1} of ${partCount} parts of the customers`);
  }
  const count = keys.reduce((sum, chunk) => sum + chunk.length, 0);
  return {
    count,
    shares: counter.shares(),
    predictions: () =>
      rankedRows(trained, joined(BigUint64Array, keys, count), joined(Float64Array, rates, count), highest),
  };
}

function joined<T extends BigUint64Array | Float64Array>(
  kind: new (length: number) => T,
  chunks: readonly T[],
  length: number,
): T {
  const all = new kind(length);
  let at = 0;
  for (const chunk of chunks) {
    (all as { set: (from: T, offset: number) => void }).set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function* rankedRows(
  trained: ScoringModel,
  keys: BigUint64Array,
  rates: Float64Array,
  highest: readonly Explained[],
): Iterable<Row> {
  const order = Uint32Array.from(keys.keys()).sort((a, b) => rates[b]! - rates[a]! || (keys[a]! < keys[b]! ? -1 : 1));
  const explainer = createExplainer(trained.model);
  const { featureCount, values } = matrixOf(
    highest.map(({ person }) => person),
    trained.model.features,
  );
  for (const [rank, index] of order.entries()) {
    const person = highest[rank]?.person;
    yield {
      customer_key: String(keys[index]),
      score_rate: rates[index]!,
      decile: Math.min(10, Math.floor((rank * 10) / keys.length) + 1),
      top_reasons: person
        ? reasonsOf(explainer.explain(values.subarray(rank * featureCount, (rank + 1) * featureCount)), person)
        : [],
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
