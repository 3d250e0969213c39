/** Sentiment of a shop's reviews by product, recorded as a run. */
import { createHash } from "node:crypto";
import { createRandom } from "../../stats/random.ts";
import { areaUnderRoc } from "../../stats/ranking-quality.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import { stratifiedFolds } from "../classifier/train.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { type Aspect, aspects, aspectsOf } from "./aspects.ts";
import { lexiconSentiment } from "./lexicon.ts";
import { suspiciousReviews } from "./suspicious.ts";
import { crossValidate, sentimentMargins, trainSentiment } from "./train.ts";

const sql = new URL("./reviews.sql", import.meta.url);
/** Fewer reviews of a kind than this teach less than the list of words knows. */
export const fewestPerKind = 25;
/** A sentiment nearer to 0 than this is neither. */
const neutral = 0.2;

/** Stars of four and five are positive, one and two negative; null for three and none. */
const labelOf = (rating: number): 0 | 1 | null => (rating >= 4 ? 1 : rating >= 1 && rating <= 2 ? 0 : null);

/**
 * Reads every review with a text, by a model learnt from the shop's own stars where there are 25 of each kind and it orders held-out
 * reviews better than the list of words, else by that list; writes prd_review_sentiment, prd_review_aspects and prd_review_flags. A
 * flagged review counts like any other. Null when there is no review with a text.
 *
 * @param timeZone the shop's, in which the cutoff is a day
 */
export async function trainReviewSentiment(context: TrainingContext, timeZone: string): Promise<ModelRun | null> {
  const { warehouse, cutoff, seed, onProgress } = context;
  const rows = await warehouse.query(readSql(sql), { bindings: { cutoff, time_zone: timeZone } });
  if (rows.length === 0) return null;
  const texts = rows.map((row) => String(row.review_text));
  const ratings = rows.map((row) => Number(row.rating));
  const rated = [...rows.keys()].filter((row) => labelOf(ratings[row]!) !== null);
  const ratedTexts = rated.map((row) => texts[row]!);
  const labels = Uint8Array.from(rated, (row) => labelOf(ratings[row]!) ?? 0);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const lexiconArea = areaUnderRoc(ratedTexts.map(lexiconSentiment), labels);
  const isEnough = Math.min(positives, labels.length - positives) >= fewestPerKind;
  const quality = isEnough
    ? crossValidate(ratedTexts, labels, stratifiedFolds(labels, createRandom(seed).uniform))
    : null;
  const isLearnt = quality !== null && quality.auc > (lexiconArea ?? 0);
  onProgress(isLearnt ? `learnt from ${labels.length.toLocaleString("en")} rated reviews` : "by the list of words");
  const sentiments = isLearnt
    ? sentimentMargins(trainSentiment(ratedTexts, labels), texts).map((margin) => Math.tanh(margin / 2))
    : Float64Array.from(texts, lexiconSentiment);
  const run = {
    model: "review-sentiment",
    version: context.version,
    seed,
    settings: {},
    cutoff_on: cutoff,
    features: ["title", "body"],
    data_sha256: createHash("sha256").update(JSON.stringify(rows)).digest("hex"),
    row_count: rows.length,
    metrics: { is_learnt: isLearnt ? 1 : 0, ...(quality ? { ...quality } : {}) },
    baseline: lexiconArea === null ? {} : { auc: lexiconArea },
    artefact: { method: isLearnt ? "learnt" : "lexicon" },
  };
  const products = rows.map((row) => String(row.product_key));
  const flags = flagsOf(rows, texts, ratings);
  onProgress(`${flags.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} reviews look made up`);
  return await recordRun(
    context,
    { ...run, metrics: { ...run.metrics, suspicious_count: flags.length } },
    "prd_review_sentiment",
    byProduct(products, ratings, sentiments),
    { prd_review_aspects: byAspect(products, texts), prd_review_flags: flags },
  );
}

function flagsOf(rows: readonly Row[], texts: readonly string[], ratings: readonly number[]): readonly Row[] {
  const reviews = rows.map((row, at) => ({
    productKey: String(row.product_key),
    text: texts[at]!,
    rating: ratings[at]!,
    day: String(row.reviewed_on),
  }));
  const keyOf = (row: Row | undefined) => ({ batch_key: Number(row?.batch_key), source_row: String(row?.source_row) });
  return suspiciousReviews(reviews).map(({ row, reasons, duplicateOf }) => {
    const like = duplicateOf === null ? null : keyOf(rows[duplicateOf]);
    return {
      product_key: String(rows[row]?.product_key),
      ...keyOf(rows[row]),
      reasons,
      like_batch_key: like?.batch_key ?? 0,
      like_source_row: like?.source_row ?? "0",
    };
  });
}

function byAspect(products: readonly string[], texts: readonly string[]): readonly Row[] {
  const sums = new Map<string, Record<Aspect, { count: number; positive: number; negative: number; sum: number }>>();
  for (const [row, product] of products.entries()) {
    const own = sums.get(product) ?? emptyAspects();
    sums.set(product, own);
    for (const [aspect, sentiment] of aspectsOf(texts[row]!)) {
      own[aspect].count += 1;
      own[aspect].positive += sentiment >= neutral ? 1 : 0;
      own[aspect].negative += sentiment <= -neutral ? 1 : 0;
      own[aspect].sum += sentiment;
    }
  }
  return [...sums].flatMap(([product_key, own]) =>
    aspects
      .filter((aspect) => own[aspect].count > 0)
      .map((aspect) => ({
        product_key,
        aspect,
        mention_count: own[aspect].count,
        positive_count: own[aspect].positive,
        negative_count: own[aspect].negative,
        sentiment_sum: own[aspect].sum,
      })),
  );
}

const emptyAspects = () => {
  const none = () => ({ count: 0, positive: 0, negative: 0, sum: 0 });
  return { size: none(), quality: none(), delivery: none(), price: none() };
};

function byProduct(
  products: readonly string[],
  ratings: readonly number[],
  sentiments: Float64Array,
): Iterable<Record<string, string | number>> {
  const sums = new Map<string, Record<string, string | number> & Record<Count, number>>();
  for (const [row, product_key] of products.entries()) {
    const own = sums.get(product_key) ?? { product_key, ...zero };
    sums.set(product_key, own);
    own.review_count += 1;
    own.rated_count += ratings[row]! > 0 ? 1 : 0;
    own.rating_sum += ratings[row]!;
    own.positive_count += sentiments[row]! >= neutral ? 1 : 0;
    own.negative_count += sentiments[row]! <= -neutral ? 1 : 0;
    own.sentiment_sum += sentiments[row]!;
  }
  return sums.values();
}

const zero = {
  review_count: 0,
  rated_count: 0,
  rating_sum: 0,
  positive_count: 0,
  negative_count: 0,
  sentiment_sum: 0,
};
type Count = keyof typeof zero;
