/** `cartwright ml`: a classifier fitted to a file, without a workspace. */
import { Command } from "commander";
import { isoNow, systemClock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { type ClassifierArtefact, parseClassifier } from "../ml/classifier/artefact.ts";
import { labelsOf, labelTextsOf } from "../ml/classifier/labels.ts";
import { featuresOf, matrixOf } from "../ml/classifier/table-features.ts";
import { trainClassifier } from "../ml/classifier/train.ts";
import { createScorer, gainImportance } from "../ml/gbdt/index.ts";
import { createRandom } from "../sources/generator/index.ts";
import { plattProbability } from "../stats/platt-scaling.ts";
import { brierScore, logLoss } from "../stats/probability-quality.ts";
import { areaUnderRoc, averagePrecision, liftAt } from "../stats/ranking-quality.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { columnOf, type Table } from "../tables/table.ts";
import { version } from "../version.ts";
import { columnList, formatOption, printAnswer, readModel, sha256Of, wholeNumber, writeModel } from "./answer.ts";
import { formatRows, type OutputFormat, print, say } from "./output.ts";

interface FitFlags {
  readonly input: string;
  readonly label: string;
  readonly id?: string;
  readonly categorical?: string;
  readonly model: string;
  readonly seed: string;
  readonly format: OutputFormat;
}

async function fit(flags: FitFlags): Promise<void> {
  const seed = wholeNumber("--seed", flags.seed, 0, 2 ** 31 - 1);
  const table = await readTable(flags.input);
  const categorical = columnList(flags.categorical);
  for (const name of [flags.label, ...(flags.id === undefined ? [] : [flags.id]), ...categorical])
    columnOf(table, name);
  const texts = labelTextsOf(table, flags.label);
  const known = onlyLabelled(table, flags.label);
  const names = table.names.filter((name) => name !== flags.label && name !== flags.id);
  if (names.length === 0) {
    throw new CartwrightError("too_little_data", `${flags.input} has no column beside the label "${flags.label}"`);
  }
  const features = featuresOf(known, names, categorical);
  for (const { name, kind } of features) {
    const distinct = kind === "categorical" ? new Set(columnOf(known, name)).size : 0;
    if (distinct > 255)
      say(`column "${name}" has ${distinct.toLocaleString("en")} different texts; the 255 most frequent count`);
  }
  const labels = labelsOf(known, flags.label, texts);
  const { model, scaling, heldOut } = trainClassifier(
    matrixOf(known, features),
    labels,
    features,
    createRandom(seed).uniform,
  );
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const artefact: ClassifierArtefact = {
    kind: "cartwright-classifier",
    format: 1,
    version,
    trained_at: isoNow(systemClock),
    seed,
    data_sha256: await sha256Of(flags.input),
    row_count: labels.length,
    positive_count: positives,
    label: { name: flags.label, ...texts },
    held_out: heldOut,
    scaling,
    model: structuredClone(model) as ClassifierArtefact["model"],
  };
  writeModel(flags.model, artefact);
  if (heldOut === null) say("too few rows of one class to hold any out: the quality of this model is not known");
  else if (heldOut.log_loss >= heldOut.baseline_log_loss)
    say("the model is no better than answering the same rate for every row");
  await printAnswer(
    {
      model: flags.model,
      label: flags.label,
      positive_label: texts.positive,
      row_count: labels.length,
      positive_count: positives,
      tree_count: model.trees.length,
      held_out: heldOut,
      importance: Object.fromEntries(gainImportance(model).map((one) => [one.feature, one.gain_share_rate])),
    },
    flags.format,
  );
}

/** The rows that have a label; the rest teach nothing. */
function onlyLabelled(table: Table, label: string): Table {
  const kept = columnOf(table, label).map((text) => text !== "");
  const rowCount = kept.filter(Boolean).length;
  if (rowCount === table.rowCount) return table;
  say(`${(table.rowCount - rowCount).toLocaleString("en")} rows without a label are left out`);
  const columns = new Map([...table.columns].map(([name, texts]) => [name, texts.filter((_, row) => kept[row])]));
  return { ...table, rowCount, columns };
}

interface PredictFlags {
  readonly input: string;
  readonly id?: string;
  readonly model: string;
  readonly format: OutputFormat;
}

/** Calibrated probabilities of the positive label, a row of the table each. */
function scoresOf(table: Table, { model, scaling }: ClassifierArtefact): Float64Array {
  const margins = createScorer(model).margins(matrixOf(table, model.features));
  return margins.map((margin) => plattProbability(scaling, margin));
}

async function predict(flags: PredictFlags): Promise<void> {
  const artefact = parseClassifier(flags.model, await readModel(flags.model));
  const names = artefact.model.features.map(({ name }) => name);
  const table = await readTable(
    flags.input,
    onlyColumns(flags.input, flags.id === undefined ? names : [...names, flags.id]),
  );
  const ids = flags.id === undefined ? null : columnOf(table, flags.id);
  const rows = [...scoresOf(table, artefact)].map((score_rate, row) => ({ id: ids ? ids[row] : row + 1, score_rate }));
  await print(formatRows(rows, ["id", "score_rate"], flags.format));
}

async function evaluate(flags: PredictFlags & { readonly label?: string }): Promise<void> {
  const artefact = parseClassifier(flags.model, await readModel(flags.model));
  const label = flags.label ?? artefact.label.name;
  const names = artefact.model.features.map(({ name }) => name);
  const table = onlyLabelled(await readTable(flags.input, onlyColumns(flags.input, [...names, label])), label);
  if (table.rowCount === 0) throw new CartwrightError("too_little_data", `${flags.input} has no row with a label`);
  const labels = labelsOf(table, label, artefact.label);
  const scores = scoresOf(table, artefact);
  await printAnswer(
    {
      row_count: table.rowCount,
      positive_count: labels.reduce((sum, one) => sum + one, 0),
      auc: areaUnderRoc(scores, labels),
      average_precision: averagePrecision(scores, labels),
      log_loss: logLoss(scores, labels),
      brier: brierScore(scores, labels),
      lift_at_1: liftAt(scores, labels, 0.01),
      lift_at_5: liftAt(scores, labels, 0.05),
      lift_at_10: liftAt(scores, labels, 0.1),
    },
    flags.format,
  );
}

export function mlCommand(): Command {
  const command = new Command("ml").description("learn a yes or no from a file, and score other rows with it");
  command
    .command("fit")
    .description("train boosted trees on a file and write a model; prints its quality on rows held out")
    .requiredOption("--input <file>", "the training rows")
    .requiredOption("--label <column>", "the column to predict; it has two values")
    .option("--id <column>", "a column that names the row, not to learn from")
    .option("--categorical <columns>", "columns of codes that only look like numbers, comma-separated")
    .requiredOption("--model <file>", "where the model goes")
    .option("--seed <number>", "another seed holds other rows out", "1")
    .addOption(formatOption())
    .action(fit);
  command
    .command("predict")
    .description("score rows: the probability of the positive label, for each")
    .requiredOption("--input <file>", "the rows to score")
    .option("--id <column>", "a column that names the row; without it rows are numbered from 1")
    .requiredOption("--model <file>", "a model written by `ml fit`")
    .addOption(formatOption())
    .action(predict);
  command
    .command("evaluate")
    .description("compare a model's scores with the labels of a file")
    .requiredOption("--input <file>", "rows with their labels")
    .option("--label <column>", "the column of labels (default: the one learnt from)")
    .option("--id <column>", "accepted for symmetry; not needed")
    .requiredOption("--model <file>", "a model written by `ml fit`")
    .addOption(formatOption())
    .action(evaluate);
  return command;
}
