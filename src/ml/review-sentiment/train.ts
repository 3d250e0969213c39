/** Sentiment learnt from a shop's own star ratings. */
import { areaUnderRoc } from "../../stats/ranking-quality.ts";
import { fitLogistic, type LinearModel, logisticMargins } from "./logistic-regression.ts";
import { countTerms, type TermCounts, type Vocabulary, vocabularyOf, weigh } from "./tf-idf.ts";

export interface SentimentModel extends LinearModel {
  readonly vocabulary: Vocabulary;
}

/** Quality on reviews held out in five folds. */
export interface SentimentQuality {
  readonly auc: number;
  /** Share of the negative reviews that are called negative. */
  readonly negatives_found_rate: number;
  /** Share of the positive reviews that are called positive. */
  readonly positives_found_rate: number;
}

/** Words in fewer reviews than this tell of their reviewer, not of the goods. */
const leastReviews = 3;
/** Weight of fit against small weights. */
const c = 2;
const foldCount = 5;

/**
 * Fits to reviews with a clear rating.
 *
 * @param labels 1 for four and five stars, 0 for one and two; both occur
 */
export function trainSentiment(texts: readonly string[], labels: Uint8Array): SentimentModel {
  return fitRows(countTerms(texts), [...texts.keys()], labels);
}

function fitRows(counts: TermCounts, rows: readonly number[], labels: Uint8Array): SentimentModel {
  const vocabulary = vocabularyOf(counts, rows, leastReviews);
  const model = fitLogistic(
    weigh(counts, rows, vocabulary),
    Uint8Array.from(rows, (row) => labels[row]!),
    vocabulary.terms.length,
    c,
  );
  return { ...model, vocabulary };
}

/** Log-odds that each review is positive, were both kinds equally common; that of an empty text is 0. */
export function sentimentMargins(model: SentimentModel, texts: readonly string[]): Float64Array {
  const counts = countTerms(texts);
  const rows = weigh(counts, [...texts.keys()], model.vocabulary);
  const margins = logisticMargins(rows, model);
  return margins.map((margin, row) => (rows.starts[row] === rows.starts[row + 1] ? 0 : margin));
}

/**
 * Measures by five folds, drawn alike among positive and negative reviews.
 *
 * @param foldOf the fold of each review, from 0
 */
export function crossValidate(texts: readonly string[], labels: Uint8Array, foldOf: Uint8Array): SentimentQuality {
  const counts = countTerms(texts);
  const all = [...texts.keys()];
  const margins = new Float64Array(texts.length);
  for (let fold = 0; fold < foldCount; fold += 1) {
    const heldOut = all.filter((row) => foldOf[row] === fold);
    const model = fitRows(
      counts,
      all.filter((row) => foldOf[row] !== fold),
      labels,
    );
    const own = logisticMargins(weigh(counts, heldOut, model.vocabulary), model);
    for (const [position, row] of heldOut.entries()) margins[row] = own[position]!;
  }
  const found = (label: number): number => {
    const rows = all.filter((row) => labels[row] === label);
    return rows.filter((row) => margins[row]! >= 0 === (label === 1)).length / rows.length;
  };
  return {
    auc: areaUnderRoc(margins, labels) ?? Number.NaN,
    negatives_found_rate: found(0),
    positives_found_rate: found(1),
  };
}
