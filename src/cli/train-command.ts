/** `cartwright train`: a model trained on the shop's data, its predictions written to the warehouse. */
import { Argument, Command } from "commander";
import { systemClock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { trainClv } from "../ml/clv/train.ts";
import { trainCustomerSegments } from "../ml/customer-segments/train.ts";
import { trainForecast } from "../ml/forecast/train.ts";
import { trainPropensity } from "../ml/propensity/train.ts";
import { trainReviewSentiment } from "../ml/review-sentiment/train-reviews.ts";
import type { ModelRun, TrainingContext } from "../ml/runs/model-run.ts";
import { version } from "../version.ts";
import { readExtent } from "../warehouse/extent.ts";
import { formatOption, printAnswer, wholeNumber } from "./answer.ts";
import { type OutputFormat, say } from "./output.ts";
import { inWorkspace } from "./session.ts";

const models = ["propensity", "churn", "clv", "customer-segments", "forecast", "review-sentiment"] as const;
type Model = (typeof models)[number];

interface Flags {
  readonly workspace?: string;
  readonly cutoff?: string;
  readonly seed: string;
  readonly k: string;
  readonly horizonDays?: string;
  readonly format: OutputFormat;
}

async function trainModel(
  model: Model,
  flags: Flags,
  context: TrainingContext,
  timeZone: string,
): Promise<ModelRun | null> {
  switch (model) {
    case "propensity":
      return await trainPropensity(context, model, horizonOf(flags, 30));
    case "churn":
      return await trainPropensity(context, model, horizonOf(flags, 90));
    case "clv":
      return await trainClv(context);
    case "forecast":
      return await trainForecast(context);
    case "review-sentiment":
      return await trainReviewSentiment(context, timeZone);
    case "customer-segments":
      return await trainCustomerSegments(context, flags.k === "auto" ? "auto" : wholeNumber("--k", flags.k, 1, 50));
  }
}

const horizonOf = ({ horizonDays }: Flags, fallback: number): number =>
  horizonDays === undefined ? fallback : wholeNumber("--horizon-days", horizonDays, 1, 3650);

/** The day after the last order: everything there is may be seen. */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

async function train(model: Model, flags: Flags): Promise<void> {
  const seed = wholeNumber("--seed", flags.seed, 0, 2 ** 31 - 1);
  if (flags.cutoff !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(flags.cutoff)) {
    throw new CartwrightError("invalid_parameter", `--cutoff must be a day as YYYY-MM-DD, got "${flags.cutoff}"`);
  }
  await inWorkspace(flags, `train ${model}`, async ({ warehouse, config }) => {
    const { lastOrderDay } = await readExtent(warehouse);
    const cutoff = flags.cutoff ?? (lastOrderDay === null ? null : dayAfter(lastOrderDay));
    const context = { warehouse, clock: systemClock, version, seed, cutoff: cutoff ?? "1970-01-02", onProgress: say };
    const run = await trainModel(model, flags, context, config.time_zone);
    if (run === null) {
      throw new CartwrightError(
        "too_little_data",
        `the data${cutoff === null ? "" : ` before ${cutoff}`} hold nobody to learn ${model} from`,
      );
    }
    const { artefact: _, features: __, ...answer } = run;
    await printAnswer(answer, flags.format);
  });
}

export function trainCommand(): Command {
  return new Command("train")
    .description("train a model on the shop's data and write its predictions to the warehouse")
    .addArgument(new Argument("<model>", "the model").choices(models))
    .option("--workspace <folder>", "the workspace's folder")
    .option("--cutoff <day>", "nothing dated on this day or later is seen (default: the day after the last order)")
    .option("--horizon-days <number>", "days that propensity (30) and churn (90) look ahead")
    .option("--seed <number>", "seed of what is drawn by chance", "1")
    .option("--k <number>", "clusters of customer-segments, or auto", "4")
    .addOption(formatOption())
    .action(train);
}
