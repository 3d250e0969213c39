/** The champion's model as it was kept with its run. */
import { z } from "zod";
import { CartwrightError } from "../../errors.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import { scoringModel } from "../classifier/artefact.ts";
import type { Bins, Shares } from "../runs/shares.ts";
import type { PropensityModel } from "./propensity-model.ts";
import { featuresOf } from "./read-shoppers.ts";
import type { ScoringModel } from "./score-people.ts";

const artefact = z.object({
  ...scoringModel.shape,
  /** The model of the horizon before, by which the run was measured. */
  earlier: scoringModel.nullable(),
  bins: z.array(z.object({ name: z.string(), edges: z.array(z.number()) })),
});

const championSql = new URL("./champion.sql", import.meta.url);

/** The training whose model answers, with all that was recorded of it. */
export interface KeptModel {
  readonly run_key: string;
  readonly version: string;
  readonly seed: number;
  readonly cutoff_on: string;
  readonly features: readonly string[];
  readonly data_sha256: string;
  readonly row_count: number;
  readonly training_shares: Shares;
  readonly trained: ScoringModel;
  readonly earlier: ScoringModel | null;
  readonly bins: readonly Bins[];
}

/** What is known of a champion's model: `unreadable` where an earlier version of Cartwright kept too little of it. */
export type Champion =
  | ({ readonly kind: "kept" } & KeptModel)
  | { readonly kind: "unreadable"; readonly run_key: string; readonly cutoff_on: string }
  | { readonly kind: "none" };

const shares = z.record(z.string(), z.array(z.number()));
const recorded = z.object({
  run_key: z.string(),
  version: z.string(),
  seed: z.number(),
  cutoff_on: z.string(),
  features: z.array(z.string()),
  data_sha256: z.string(),
  row_count: z.number(),
  training_shares: shares,
});

/** Reads the champion of a model and horizon. */
export async function readChampion(
  warehouse: Warehouse,
  model: PropensityModel,
  horizonDays: number,
): Promise<Champion> {
  const bindings = { model, horizon_days: horizonDays };
  const [row] = await warehouse.query(readSql(championSql), { bindings });
  if (!row) return { kind: "none" };
  const run = recorded.parse(row);
  const kept = artefact.safeParse(jsonOf(row));
  if (!kept.success) return { kind: "unreadable", run_key: run.run_key, cutoff_on: run.cutoff_on };
  const { model: trees, scaling, earlier, bins } = kept.data;
  return { kind: "kept", ...run, trained: { model: trees, scaling }, earlier, bins };
}

function jsonOf({ artefact: text }: Row): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

const shapeOf = (features: readonly { readonly name: string; readonly kind: string }[]): string[] =>
  features.map(({ name, kind }) => `${name} (${kind})`);

/** Whether a kept model asks for the features, of the kinds and in the order, that this version reads. */
export const hasOurFeatures = ({ trained }: KeptModel): boolean =>
  shapeOf(trained.model.features).join() === shapeOf(featuresOf([])).join();

/** @throws model_features_differ naming the features, when a kept model learnt others than this version reads */
export function refuseOtherFeatures(kept: KeptModel, model: PropensityModel, command: string): void {
  if (hasOurFeatures(kept)) return;
  const [learnt, read] = [shapeOf(kept.trained.model.features), shapeOf(featuresOf([]))];
  const without = (these: readonly string[], those: readonly string[]): string =>
    these.filter((one) => !those.includes(one)).join(", ") || "none";
  throw new CartwrightError(
    "model_features_differ",
    `run ${kept.run_key} of ${model} (Cartwright ${kept.version}) learnt other features than are read now, or in another order; only learnt: ${without(learnt, read)}; only read now: ${without(read, learnt)}`,
    { command },
  );
}
