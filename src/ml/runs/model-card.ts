/** What is to be known of a model before it is believed: its own page, and the facts of the run that answers. */
import { readFileSync } from "node:fs";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import type { TrainableModel } from "./trainable-models.ts";

export interface ModelCard {
  readonly model: TrainableModel;
  /** Question, inputs, method, measured quality and known failures, in Markdown. */
  readonly about: string;
  /** The run that answers; null while the model is not trained. */
  readonly run: RunFacts | null;
}

export interface RunFacts {
  readonly run_key: string;
  /** Instant, UTC. */
  readonly trained_at: string;
  readonly cutoff_on: string;
  /** Version of Cartwright that trained it. */
  readonly version: string;
  readonly seed: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly features: readonly string[];
  readonly row_count: number;
  readonly scored_count: number;
  readonly data_sha256: string;
  /** Each measure on what the model had not seen, with the baseline's where it has one. */
  readonly measures: readonly { readonly name: string; readonly value: number; readonly baseline: number | null }[];
  readonly standing: string;
  readonly standing_reason: string;
}

const pages: Readonly<Record<TrainableModel, URL>> = {
  propensity: new URL("../propensity/MODEL.md", import.meta.url),
  churn: new URL("../propensity/MODEL.md", import.meta.url),
  clv: new URL("../clv/MODEL.md", import.meta.url),
  "customer-segments": new URL("../customer-segments/MODEL.md", import.meta.url),
  forecast: new URL("../forecast/MODEL.md", import.meta.url),
  "review-sentiment": new URL("../review-sentiment/MODEL.md", import.meta.url),
  recommendations: new URL("../recommendations/MODEL.md", import.meta.url),
  uplift: new URL("../uplift/MODEL.md", import.meta.url),
};

/** The card of a model, of its newest run that answers. */
export async function readModelCard(warehouse: Warehouse, model: TrainableModel): Promise<ModelCard> {
  const [run] = await warehouse.query(
    `select toString(run_key) as run_key, formatDateTime(trained_at, '%FT%TZ', 'UTC') as trained_at, toString(cutoff_on) as cutoff_on,
       version, seed, settings, features, toFloat64(row_count) as row_count, toFloat64(scored_count) as scored_count,
       data_sha256, metrics, baseline, standing, standing_reason
     from ops_model_runs where model = {model:String} and standing = 'champion'
     order by ops_model_runs.run_key desc limit 1`,
    { bindings: { model } },
  );
  return { model, about: readFileSync(pages[model], "utf8"), run: run === undefined ? null : factsOf(run) };
}

function factsOf(row: Readonly<Record<string, unknown>>): RunFacts {
  const baseline = row.baseline as Readonly<Record<string, number>>;
  return {
    run_key: String(row.run_key),
    trained_at: String(row.trained_at),
    cutoff_on: String(row.cutoff_on),
    version: String(row.version),
    seed: Number(row.seed),
    settings: row.settings as Readonly<Record<string, string>>,
    features: row.features as readonly string[],
    row_count: Number(row.row_count),
    scored_count: Number(row.scored_count),
    data_sha256: String(row.data_sha256),
    measures: Object.entries(row.metrics as Readonly<Record<string, number>>).map(([name, value]) => ({
      name,
      value,
      baseline: baseline[name] ?? null,
    })),
    standing: String(row.standing),
    standing_reason: String(row.standing_reason),
  };
}
