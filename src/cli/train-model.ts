/** Models by name, as the command line trains them. */

import { isCalendarDay } from "../analyses/param.ts";
import { systemClock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { trainClv } from "../ml/clv/train.ts";
import { trainCustomerSegments } from "../ml/customer-segments/train.ts";
import { segmentFeatures } from "../ml/customer-segments/traits.ts";
import { trainForecast } from "../ml/forecast/train.ts";
import { trainPropensity } from "../ml/propensity/train.ts";
import { trainRecommendations } from "../ml/recommendations/train.ts";
import { trainReviewSentiment } from "../ml/review-sentiment/train-reviews.ts";
import type { ModelRun, TrainingContext } from "../ml/runs/model-run.ts";
import type { TrainableModel } from "../ml/runs/trainable-models.ts";
import { trainUplift } from "../ml/uplift/train.ts";
import { version } from "../version.ts";
import { addDays } from "../warehouse/day-range.ts";
import { readExtent } from "../warehouse/extent.ts";
import type { Workspace } from "../workspace.ts";
import { wholeNumber } from "./answer.ts";
import { say } from "./output.ts";

/** What a training may be asked for, as typed; what is left out has the model's default. */
export interface TrainingFlags {
  /** Default: the day after the last order. */
  readonly cutoff?: string;
  readonly seed?: string;
  readonly k?: string;
  readonly features?: string;
  readonly horizonDays?: string;
  /** The finished experiment that uplift is learnt from; default: the last one to finish. */
  readonly experiment?: string;
  /** True to make a run of propensity or churn champion whatever the figures say. */
  readonly promote?: boolean;
}

/** Days that the models of one horizon look ahead when not said. */
export const defaultHorizonDays = { propensity: 30, churn: 90 } as const;

async function train(
  model: TrainableModel,
  flags: TrainingFlags,
  context: TrainingContext,
  config: Workspace["config"],
): Promise<ModelRun | null> {
  const { time_zone: timeZone } = config;
  switch (model) {
    case "propensity":
    case "churn":
      return await trainPropensity(context, model, horizonOf(flags, defaultHorizonDays[model]), flags.promote === true);
    case "clv":
      return await trainClv(context);
    case "forecast":
      return await trainForecast(context, config.models.holidays ?? null);
    case "review-sentiment":
      return await trainReviewSentiment(context, timeZone);
    case "uplift":
      return await trainUplift(context, timeZone, flags.experiment);
    case "recommendations":
      return await trainRecommendations(context, horizonOf(flags, 30));
    case "customer-segments": {
      const { k = "4", features = "rfm" } = flags;
      const known = segmentFeatures.find((one) => one === features);
      if (!known) {
        const choices = segmentFeatures.join(", ");
        throw new CartwrightError("invalid_parameter", `--features must be one of ${choices}, got "${features}"`);
      }
      return await trainCustomerSegments(context, k === "auto" ? k : wholeNumber("--k", k, 1, 50), known);
    }
  }
}

const horizonOf = ({ horizonDays }: TrainingFlags, fallback: number): number =>
  horizonDays === undefined ? fallback : wholeNumber("--horizon-days", horizonDays, 1, 3650);

/**
 * Trains a model on a shop's data and writes its predictions to the warehouse.
 *
 * @throws too_little_data where there is nobody to learn from
 */
export async function trainModel(
  { warehouse, config }: Workspace,
  model: TrainableModel,
  flags: TrainingFlags,
): Promise<ModelRun> {
  const seed = wholeNumber("--seed", flags.seed ?? "1", 0, 2 ** 31 - 1);
  if (flags.cutoff !== undefined && !isCalendarDay(flags.cutoff)) {
    throw new CartwrightError("invalid_parameter", `--cutoff must be a day as YYYY-MM-DD, got "${flags.cutoff}"`);
  }
  const { lastOrderDay } = await readExtent(warehouse);
  const cutoff = flags.cutoff ?? (lastOrderDay === null ? null : addDays(lastOrderDay, 1));
  const context = { warehouse, clock: systemClock, version, seed, cutoff: cutoff ?? "1970-01-02", onProgress: say };
  const run = await train(model, flags, context, config);
  if (run !== null) return run;
  throw new CartwrightError(
    "too_little_data",
    `the data${cutoff === null ? "" : ` before ${cutoff}`} hold nobody to learn ${model} from`,
  );
}
