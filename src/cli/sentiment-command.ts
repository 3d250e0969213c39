/** `cartwright sentiment`: how reviews feel, learnt from their stars or by a list of words; needs no workspace. */
import { Command } from "commander";
import { isoNow, systemClock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { stratifiedFolds } from "../ml/classifier/train.ts";
import { parseSentiment, type SentimentArtefact } from "../ml/review-sentiment/artefact.ts";
import { lexiconSentiment } from "../ml/review-sentiment/lexicon.ts";
import { crossValidate, sentimentMargins, trainSentiment } from "../ml/review-sentiment/train.ts";
import { fewestPerKind } from "../ml/review-sentiment/train-reviews.ts";
import { createRandom } from "../stats/random.ts";
import { areaUnderRoc } from "../stats/ranking-quality.ts";
import { onlyColumns, readTable } from "../tables/read-table.ts";
import { columnOf, numbersOf, type Table } from "../tables/table.ts";
import { version } from "../version.ts";
import { columnList, formatOption, printAnswer, readModel, sha256Of, writeModel } from "./answer.ts";
import { formatRows, type OutputFormat, print, say } from "./output.ts";

const seed = 1;

interface FitFlags {
  readonly input: string;
  readonly text: string;
  readonly rating: string;
  readonly model: string;
  readonly format: OutputFormat;
}

/** The text columns of each row, a line each: no pair of words spans two columns. */
function textsOf(table: Table, names: readonly string[]): readonly string[] {
  const columns = names.map((name) => columnOf(table, name));
  return Array.from({ length: table.rowCount }, (_, row) => columns.map((column) => column[row] ?? "").join("\n"));
}

function textColumns(text: string): readonly string[] {
  const names = columnList(text);
  if (names.length === 0) throw new CartwrightError("invalid_parameter", "--text must name a column");
  return names;
}

async function fit(flags: FitFlags): Promise<void> {
  const names = textColumns(flags.text);
  const table = await readTable(flags.input, onlyColumns(flags.input, [...names, flags.rating]));
  const stars = numbersOf(table, flags.rating, Number.NaN);
  const all = textsOf(table, names);
  const rows = [...all.keys()].filter((row) => {
    const rating = stars[row] ?? Number.NaN;
    return (rating >= 4 || rating <= 2) && (all[row] ?? "").trim() !== "";
  });
  const texts = rows.map((row) => all[row] ?? "");
  const labels = Uint8Array.from(rows, (row) => ((stars[row] ?? 0) >= 4 ? 1 : 0));
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const negatives = labels.length - positives;
  if (Math.min(positives, negatives) < fewestPerKind) {
    throw new CartwrightError(
      "too_little_data",
      `${flags.input} has ${positives} reviews of four or five stars and ${negatives} of one or two, and ${fewestPerKind} of each are needed; without a model \`sentiment predict\` goes by a list of words`,
    );
  }
  const quality = crossValidate(texts, labels, stratifiedFolds(labels, createRandom(seed).uniform));
  const { intercept, weights, vocabulary } = trainSentiment(texts, labels);
  const artefact: SentimentArtefact = {
    kind: "cartwright-sentiment",
    format: 1,
    version,
    trained_at: isoNow(systemClock),
    seed,
    data_sha256: await sha256Of(flags.input),
    positive_count: positives,
    negative_count: negatives,
    held_out: quality,
    intercept,
    terms: [...vocabulary.terms],
    idf: [...vocabulary.idf],
    weights: [...weights],
  };
  writeModel(flags.model, artefact);
  const lexicon = areaUnderRoc(texts.map(lexiconSentiment), labels);
  if (lexicon !== null && lexicon > quality.auc)
    say("the list of words orders these reviews better than the model: predict without it");
  await printAnswer(
    {
      model: flags.model,
      positive_count: positives,
      negative_count: negatives,
      left_out_count: table.rowCount - labels.length,
      term_count: vocabulary.terms.length,
      held_out: quality,
      lexicon_auc: lexicon,
    },
    flags.format,
  );
}

interface PredictFlags {
  readonly input: string;
  readonly text: string;
  readonly id?: string;
  readonly model?: string;
  readonly format: OutputFormat;
}

async function predict(flags: PredictFlags): Promise<void> {
  const names = textColumns(flags.text);
  const wanted = flags.id === undefined ? names : [...names, flags.id];
  const table = await readTable(flags.input, onlyColumns(flags.input, wanted));
  const texts = textsOf(table, names);
  const ids = flags.id === undefined ? null : columnOf(table, flags.id);
  const sentiments =
    flags.model === undefined
      ? texts.map(lexiconSentiment)
      : [...sentimentMargins(parseSentiment(flags.model, await readModel(flags.model)), texts)].map((margin) =>
          Math.tanh(margin / 2),
        );
  const rows = sentiments.map((sentiment, row) => ({
    id: ids ? ids[row] : row + 1,
    sentiment,
    positive_rate: (1 + sentiment) / 2,
  }));
  await print(formatRows(rows, ["id", "sentiment", "positive_rate"], flags.format));
}

export function sentimentCommand(): Command {
  const command = new Command("sentiment").description(
    "how reviews feel: learnt from their stars, or by a list of words",
  );
  command
    .command("fit")
    .description(
      "learn from rated reviews: four and five stars against one and two; prints the quality on reviews held out",
    )
    .requiredOption("--input <file>", "a row for each review")
    .requiredOption("--text <columns>", "columns of text, comma-separated, such as title and body")
    .requiredOption("--rating <column>", "stars from 1 to 5; three stars and empty ones are left out")
    .requiredOption("--model <file>", "where the model goes")
    .addOption(formatOption())
    .action(fit);
  command
    .command("predict")
    .description(
      "sentiment from -1 to 1 of each text, and the chance that it is positive, were both kinds equally common",
    )
    .requiredOption("--input <file>", "a row for each text")
    .requiredOption("--text <columns>", "columns of text, comma-separated")
    .option("--id <column>", "a column that names the row; without it rows are numbered from 1")
    .option("--model <file>", "a model written by `sentiment fit`; without it a list of English words decides")
    .addOption(formatOption())
    .action(predict);
  return command;
}
