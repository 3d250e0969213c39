/** `cartwright train`: a model trained on the shop's data, its predictions written to the warehouse. */
import { Argument, Command, Option } from "commander";
import { segmentFeatures } from "../ml/customer-segments/traits.ts";
import type { ModelRun } from "../ml/runs/model-run.ts";
import { type TrainableModel, trainableModels } from "../ml/runs/trainable-models.ts";
import { formatOption, printAnswer } from "./answer.ts";
import type { OutputFormat } from "./output.ts";
import { inWorkspace } from "./session.ts";
import { type TrainingFlags, trainModel } from "./train-model.ts";

interface Flags extends TrainingFlags {
  readonly workspace?: string;
  readonly format: OutputFormat;
}

async function train(model: TrainableModel, flags: Flags): Promise<void> {
  await inWorkspace(flags, `train ${model}`, async (workspace) => {
    await printAnswer(shownOf(await trainModel(workspace, model, flags)), flags.format);
  });
}

/** A run without its long parts. */
function shownOf(run: ModelRun): Readonly<Record<string, unknown>> {
  const { artefact: _, features: __, training_shares: ___, scored_shares: ____, ...shown } = run;
  return shown;
}

export function trainCommand(): Command {
  return new Command("train")
    .description("train a model on the shop's data and write its predictions to the warehouse")
    .addArgument(new Argument("<model>", "the model").choices(trainableModels))
    .option("--workspace <folder>", "the workspace's folder")
    .option("--cutoff <day>", "nothing dated on this day or later is seen (default: the day after the last order)")
    .option(
      "--horizon-days <number>",
      "days that propensity (30), churn (90) and the check of recommendations (30) look ahead",
    )
    .option("--seed <number>", "seed of what is drawn by chance", "1")
    .option("--k <number>", "clusters of customer-segments, or auto", "4")
    .addOption(new Option("--features <kind>", "what customer-segments go by").choices(segmentFeatures).default("rfm"))
    .option("--experiment <id>", "finished experiment that uplift is learnt from (default: the last one to finish)")
    .option("--promote", "propensity and churn: let the new run answer also where it was measured worse")
    .addOption(formatOption())
    .action(train);
}
