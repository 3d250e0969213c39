/** Everyone scored as of a day by the champion, without a training. */
import { CartwrightError } from "../../errors.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { type KeptModel, readChampion, refuseOtherFeatures } from "./kept-model.ts";
import type { PropensityModel } from "./propensity-model.ts";
import { scorePeople } from "./score-people.ts";

type ScoringContext = Omit<TrainingContext, "seed" | "version">;

/**
 * Scores everyone at the context's cutoff by the champion of a model and horizon, and records that as a run of its own, which takes the place of
 * that of the same cutoff: doing it twice leaves what doing it once does.
 *
 * @param chunkSize most people in memory at once, about
 * @throws model_not_trained without a champion; model_features_differ when it learnt other features than are read now; invalid_parameter
 *   for a day before its own cutoff, as it has seen what came of that
 */
export async function scorePropensity(
  context: ScoringContext,
  name: PropensityModel,
  horizonDays: number,
  chunkSize?: number,
): Promise<ModelRun> {
  const champion = await readChampion(context.warehouse, name, horizonDays);
  const command = `cartwright train ${name} --horizon-days ${horizonDays}`;
  if (champion.kind !== "kept") {
    const what =
      champion.kind === "none" ? "no run is" : `run ${champion.run_key} is of an earlier version, and none is`;
    throw new CartwrightError(
      "model_not_trained",
      `${name}: ${what} kept to score by for horizon_days ${horizonDays}`,
      {
        command,
      },
    );
  }
  if (context.cutoff < champion.cutoff_on)
    throw new CartwrightError(
      "invalid_parameter",
      `the day to score as of must be ${champion.cutoff_on}, up to which run ${champion.run_key} of ${name} has learnt, or later; got ${context.cutoff}`,
      { name: "as_of" },
    );
  refuseOtherFeatures(champion, name, command);
  return await scoreWith(context, name, horizonDays, champion, chunkSize);
}

/** The same for a champion at hand. */
export async function scoreWith(
  context: ScoringContext,
  name: PropensityModel,
  horizonDays: number,
  champion: KeptModel,
  chunkSize?: number,
): Promise<ModelRun> {
  const { warehouse, cutoff, onProgress } = context;
  const { trained, bins, run_key, version, seed, features, data_sha256, row_count, training_shares } = champion;
  const now = await scorePeople(warehouse, name, trained, bins, cutoff, onProgress, chunkSize);
  const run = {
    model: name,
    version,
    seed,
    settings: { horizon_days: String(horizonDays) },
    cutoff_on: cutoff,
    features,
    data_sha256,
    row_count,
    metrics: {},
    baseline: {},
    artefact: {},
    trained_run_key: run_key,
    standing: "champion" as const,
    standing_reason: `scored by run ${run_key}`,
    training_shares,
    scored_shares: now.shares,
    scored_count: now.count,
  };
  return await recordRun(context, run, `prd_${name}`, now.predictions());
}
