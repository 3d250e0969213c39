/** `cartwright experiment`: plan one, or read out one from any file. */
import { Command, Option } from "commander";
import { CartwrightError } from "../errors.ts";
import { type Design, design } from "../experiments/design/design.ts";
import { columnsRead, readUnits, type UnitColumns } from "../experiments/readout/read-units.ts";
import { defaultOptions, type ReadoutOptions, readout } from "../experiments/readout/readout.ts";
import type { MetricType } from "../experiments/readout/units.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { effectCommand } from "./effect-command.ts";
import { liveExperimentCommands } from "./live-experiment-commands.ts";
import { numberBetween, numberOption, numbersOption } from "./number-option.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { printReadout } from "./print-readout.ts";

const formatOption = () =>
  new Option("--format <format>", "form of the output").choices(outputFormats).default("table");

export function experimentCommand(): Command {
  const command = new Command("experiment").description("plan an experiment, run it, or read one out of a file");
  for (const one of [designCommand(), analyzeCommand(), effectCommand(), ...liveExperimentCommands()])
    command.addCommand(one);
  return command;
}

interface DesignOptions {
  readonly baseline: string;
  readonly effect: string;
  readonly relative?: boolean;
  readonly standardDeviation?: string;
  readonly alpha: string;
  readonly power: string;
  readonly sides: string;
  readonly variants: string;
  readonly covariateCorrelation: string;
  readonly dailyUnits?: string;
  readonly sampleSize?: string;
  readonly format: OutputFormat;
}

function designCommand(): Command {
  return new Command("design")
    .description("how many units, for how long, to see how small an effect")
    .requiredOption("--baseline <value>", "the metric without the change: a share such as 0.032, or a mean")
    .requiredOption("--effect <value>", "the change to find, in the metric's unit")
    .option("--relative", "the effect is a share of the baseline")
    .option("--standard-deviation <value>", "of the metric between units; makes it a mean")
    .option("--alpha <value>", "chance of an alarm without an effect", "0.05")
    .option("--power <value>", "chance of an alarm with the effect", "0.8")
    .addOption(new Option("--sides <count>", "sides of the test").choices(["1", "2"]).default("2"))
    .option("--variants <count>", "arms, the control included", "2")
    .option("--covariate-correlation <value>", "of the metric with a covariate from before (CUPED)", "0")
    .option("--daily-units <count>", "units entering a day, over all arms")
    .option("--sample-size <count>", "units per variant one has: gives the detectable effect and the power instead")
    .addOption(formatOption())
    .action(async (options: DesignOptions) => {
      const given = (name: string, text: string | undefined) => (text === undefined ? null : numberOption(name, text));
      const found = design({
        baseline: numberOption("baseline", options.baseline),
        effect: numberOption("effect", options.effect),
        isRelative: options.relative === true,
        standardDeviation: given("standard-deviation", options.standardDeviation),
        alpha: numberOption("alpha", options.alpha),
        power: numberOption("power", options.power),
        sides: options.sides === "1" ? 1 : 2,
        variantCount: numberOption("variants", options.variants),
        covariateCorrelation: numberOption("covariate-correlation", options.covariateCorrelation),
        dailyUnits: given("daily-units", options.dailyUnits),
        unitsPerVariant: given("sample-size", options.sampleSize),
      });
      await printDesign(found, options.format);
    });
}

async function printDesign(found: Design, format: OutputFormat): Promise<void> {
  if (format === "json") return await print(`${JSON.stringify(found)}\n`);
  const names = [
    "sample_size_per_variant",
    "total_sample_size",
    "duration_days",
    "minimum_detectable_effect",
    "achieved_power",
  ] as const;
  await print(formatRows([found as unknown as Record<string, unknown>], names, format));
  say(`${found.formula}\n${found.decision_rule}`);
}

interface AnalyzeOptions {
  readonly input: string;
  readonly variant: string;
  readonly control: string;
  readonly metric: string;
  readonly denominator?: string;
  readonly unit?: string;
  readonly dedupe: "first" | "error";
  readonly covariate?: string;
  readonly strata?: string;
  readonly variants?: string;
  readonly weights?: string;
  readonly allowNegative?: boolean;
  readonly alpha: string;
  readonly sequential?: boolean;
  readonly plannedUnits: string;
  readonly bayesian?: boolean;
  readonly prior: string;
  readonly priorMean?: string;
  readonly winsorise?: string;
  readonly ranks?: boolean;
  readonly quantiles?: string;
  readonly plannedEffect?: string;
  readonly adjust: ReadoutOptions["adjustment"];
  readonly seed: string;
  readonly format: OutputFormat;
}

function analyzeCommand(): Command {
  return new Command("analyze")
    .description("read out an experiment from a file with one row per unit")
    .requiredOption("--input <file>", "CSV, TSV, JSON Lines or Parquet, plain or compressed")
    .requiredOption("--variant <column>", "the unit's variant")
    .requiredOption("--control <value>", "the variant the others are held against")
    .requiredOption("--metric <column>", "the metric per unit: COL, COL:proportion, COL:mean or COL:ratio")
    .option("--denominator <column>", "of a ratio metric")
    .option("--unit <column>", "the unit's id; without it each row is a unit")
    .addOption(
      new Option("--dedupe <rule>", "a unit repeated within its variant: keep its first row, or stop")
        .choices(["first", "error"])
        .default("error"),
    )
    .option("--covariate <column>", "measured before the experiment, for CUPED")
    .option("--strata <column>", "known before the experiment, for post-stratification")
    .option("--variants <names>", "the variants by name, comma-separated; other values are dropped")
    .option("--weights <shares>", "planned shares: the control's first, then by name or as in --variants")
    .option("--allow-negative", "negative values of a metric of whole numbers are meant")
    .option("--alpha <value>", "1 - the level of the intervals", "0.05")
    .option("--sequential", "add always-valid intervals, to be looked at every day")
    .option("--planned-units <count>", "units for which those are narrowest", "10000")
    .option("--bayesian", "add probability to be best, expected loss and credible interval")
    .option("--prior <a,b>", "beta prior of a proportion", "1,1")
    .option("--prior-mean <mean,deviation>", "normal prior of a mean (default: none)")
    .option("--winsorise <quantile>", "cap a mean's values above this quantile of all arms")
    .option("--ranks", "add the Mann-Whitney test")
    .option("--quantiles <list>", "add differences of quantiles, such as 0.5,0.9")
    .option("--planned-effect <value>", "absolute, for the power (default: the one observed)")
    .addOption(
      new Option("--adjust <rule>", "adjustment of several comparisons")
        .choices(["holm", "benjamini-hochberg"])
        .default("holm"),
    )
    .option("--seed <number>", "of the bootstrap", "1")
    .addOption(formatOption())
    .action(analyze);
}

async function analyze(options: AnalyzeOptions): Promise<void> {
  const columns = columnsOf(options);
  const settings = settingsOf(options);
  const table = await readTable(options.input, onlyColumns(options.input, columnsRead(columns)));
  const units = readUnits(table, columns);
  const found = readout(units, settings);
  if (options.format === "json") return await print(`${JSON.stringify(found)}\n`);
  await printReadout(found, options.format);
}

function columnsOf(options: AnalyzeOptions): UnitColumns {
  const typed = /^(.*):(proportion|mean|ratio)$/s.exec(options.metric);
  return {
    variant: options.variant,
    control: options.control,
    metric: typed?.[1] ?? options.metric,
    type: (typed?.[2] as MetricType | undefined) ?? null,
    denominator: options.denominator ?? null,
    unit: options.unit ?? null,
    dedupe: options.dedupe,
    covariate: options.covariate ?? null,
    strata: options.strata ?? null,
    variants: options.variants === undefined ? null : options.variants.split(",").map((name) => name.trim()),
    weights: options.weights === undefined ? null : weightsOf(options.weights),
    allowNegative: options.allowNegative === true,
  };
}

function weightsOf(text: string): number[] {
  const weights = numbersOption("weights", text);
  const wrong = weights.find((weight) => !(weight > 0));
  if (wrong !== undefined || weights.length < 2) {
    throw new CartwrightError("invalid_parameter", `--weights must be two or more shares above 0, got "${text}"`, {
      name: "weights",
    });
  }
  return weights;
}

function pairOf(name: string, text: string): [number, number] {
  const [first, second, ...rest] = numbersOption(name, text);
  if (first === undefined || second === undefined || rest.length > 0)
    throw new CartwrightError("invalid_parameter", `--${name} must be two numbers, got "${text}"`, { name });
  if (!(second > 0) || (name === "prior" && !(first > 0)))
    throw new CartwrightError("invalid_parameter", `--${name} must be above 0, got "${text}"`, { name });
  return [first, second];
}

function settingsOf(options: AnalyzeOptions): ReadoutOptions {
  const mean = options.priorMean === undefined ? null : pairOf("prior-mean", options.priorMean);
  const planned = numberBetween("planned-units", options.plannedUnits, 0, Infinity);
  return {
    ...defaultOptions,
    alpha: numberBetween("alpha", options.alpha, 0, 1),
    weights: options.weights === undefined ? null : weightsOf(options.weights),
    sequentialPlannedCount: options.sequential ? planned : null,
    prior: options.bayesian
      ? { beta: pairOf("prior", options.prior), normal: mean && { mean: mean[0], standardDeviation: mean[1] } }
      : null,
    adjustment: options.adjust,
    winsoriseRate: options.winsorise === undefined ? null : numberBetween("winsorise", options.winsorise, 0, 1),
    plannedEffect: options.plannedEffect === undefined ? null : numberOption("planned-effect", options.plannedEffect),
    isRankTested: options.ranks === true,
    quantiles: options.quantiles === undefined ? [] : quantilesOf(options.quantiles),
    seed: numberOption("seed", options.seed),
  };
}

const quantilesOf = (text: string): number[] => text.split(",").map((part) => numberBetween("quantiles", part, 0, 1));
