import { beforeAll, expect, it } from "vitest";
import { stratifiedFolds } from "../../../src/ml/classifier/train.ts";
import { lexiconSentiment } from "../../../src/ml/review-sentiment/lexicon.ts";
import { crossValidate } from "../../../src/ml/review-sentiment/train.ts";
import { createRandom } from "../../../src/stats/random.ts";
import { areaUnderRoc } from "../../../src/stats/ranking-quality.ts";
import { readTable } from "../../../src/tables/read-table.ts";
import { columnOf } from "../../../src/tables/table.ts";
import { describeWithData, sharedData } from "../../support/shared-data.ts";

const path = "womens_clothing_reviews/reviews_dev.csv.gz";

describeWithData(path, "sentiment of clothing reviews (Brooks, CC0)", () => {
  const texts: string[] = [];
  let labels = new Uint8Array(0);

  beforeAll(async () => {
    const table = await readTable(sharedData(path));
    const [titles, bodies, ratings] = ["Title", "Review Text", "Rating"].map((name) => columnOf(table, name));
    const kept: number[] = [];
    for (const [row, rating] of (ratings ?? []).entries()) {
      if (rating === "3" || (titles?.[row] === "" && bodies?.[row] === "")) continue;
      texts.push(`${titles?.[row]}\n${bodies?.[row]}`);
      kept.push(Number(rating) >= 4 ? 1 : 0);
    }
    labels = Uint8Array.from(kept);
  });

  it("learnt from stars orders held-out reviews with an area of at least 0.975 and finds 85 % of the negatives", () => {
    const quality = crossValidate(texts, labels, stratifiedFolds(labels, createRandom(1).uniform));
    console.log(
      `clothing reviews, 5 folds: AUC ${quality.auc.toFixed(4)} (VADER 0.823), negatives found ${(100 * quality.negatives_found_rate).toFixed(1)} % (VADER 29.9 %)`,
    );
    expect(quality.auc).toBeGreaterThanOrEqual(0.975);
    expect(quality.negatives_found_rate).toBeGreaterThanOrEqual(0.85);
  });

  it("by the list of words is no worse than VADER's published lexicon: area 0.823", () => {
    const area = areaUnderRoc(texts.map(lexiconSentiment), labels);
    console.log(`clothing reviews, list of words: AUC ${area?.toFixed(4)}`);
    expect(area).toBeGreaterThanOrEqual(0.823);
  });
});
