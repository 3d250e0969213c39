/** `cartwright score`: everyone scored by the champion as it was kept, without a training. */
import { Argument, Command } from "commander";
import { isCalendarDay } from "../analyses/param.ts";
import { systemClock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { type PropensityModel, propensityModels } from "../ml/propensity/propensity-model.ts";
import { scorePropensity } from "../ml/propensity/score-with-champion.ts";
import { addDays } from "../warehouse/day-range.ts";
import { readExtent } from "../warehouse/extent.ts";
import type { Workspace } from "../workspace.ts";
import { formatOption, printAnswer, wholeNumber } from "./answer.ts";
import { type OutputFormat, say } from "./output.ts";
import { inWorkspace } from "./session.ts";
import { defaultHorizonDays } from "./train-model.ts";

interface Flags {
  readonly workspace?: string;
  readonly asOf?: string;
  readonly horizonDays?: string;
  readonly format: OutputFormat;
}

async function score(model: PropensityModel, flags: Flags): Promise<void> {
  const { asOf, horizonDays, format } = flags;
  if (asOf !== undefined && !isCalendarDay(asOf))
    throw new CartwrightError("invalid_parameter", `--as-of must be a day as YYYY-MM-DD, got "${asOf}"`);
  const horizon = wholeNumber("--horizon-days", horizonDays ?? String(defaultHorizonDays[model]), 1, 3650);
  await inWorkspace(flags, `score ${model}`, async (workspace) => {
    await printAnswer(await scoreAll(workspace, model, { asOf, horizon }), format);
  });
}

/** Scores everyone by the champion, as of a day (default: the day after the last order); what was recorded. */
export async function scoreAll(
  { warehouse }: Workspace,
  model: PropensityModel,
  { asOf, horizon = defaultHorizonDays[model] }: { readonly asOf?: string | undefined; readonly horizon?: number } = {},
) {
  const { lastOrderDay } = await readExtent(warehouse);
  const cutoff = asOf ?? addDays(lastOrderDay ?? "1970-01-01", 1);
  const context = { warehouse, clock: systemClock, cutoff, onProgress: say };
  const { run_key, trained_run_key = run_key, scored_count = 0 } = await scorePropensity(context, model, horizon);
  return { model, run_key, trained_run_key, horizon_days: horizon, as_of: cutoff, scored_count };
}

export function scoreCommand(): Command {
  return new Command("score")
    .description("score all customers by the champion as it was kept, without training")
    .addArgument(new Argument("<model>", "the model").choices(propensityModels))
    .option("--workspace <folder>", "the workspace's folder")
    .option("--as-of <day>", "nothing dated on this day or later is seen (default: the day after the last order)")
    .option("--horizon-days <number>", "the champion of this horizon (default: 30 for propensity, 90 for churn)")
    .addOption(formatOption())
    .action(score);
}
