import { beforeAll, expect, it } from "vitest";
import { stratifiedFolds } from "../../../src/ml/classifier/train.ts";
import { aspects, aspectsOf } from "../../../src/ml/review-sentiment/aspects.ts";
import { lexiconSentiment } from "../../../src/ml/review-sentiment/lexicon.ts";
import { suspiciousReviews } from "../../../src/ml/review-sentiment/suspicious.ts";
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

describeWithData(path, "aspects and flags of clothing reviews (Brooks, CC0)", () => {
  let reviews: readonly {
    readonly text: string;
    readonly rating: number;
    readonly productKey: string;
    readonly day: string;
  }[];

  beforeAll(async () => {
    const table = await readTable(sharedData(path));
    const [titles, bodies, ratings, products] = ["Title", "Review Text", "Rating", "Clothing ID"].map((name) =>
      columnOf(table, name),
    );
    reviews = (ratings ?? []).map((rating, row) => ({
      text: `${titles?.[row]}\n${bodies?.[row]}`,
      rating: Number(rating),
      productKey: products?.[row] ?? "",
      day: "",
    }));
  });

  it("who writes well of an aspect gives more stars than who writes badly of it, for each that is mentioned often", () => {
    const means = aspects.map((aspect) => {
      const said = reviews.flatMap(({ text, rating }) => {
        const sentiment = aspectsOf(text).get(aspect);
        return sentiment === undefined ? [] : [{ sentiment, rating }];
      });
      const meanOf = (some: typeof said): number => some.reduce((sum, { rating }) => sum + rating, 0) / some.length;
      const [good, bad] = [said.filter((one) => one.sentiment >= 0.2), said.filter((one) => one.sentiment <= -0.2)];
      return { aspect, mentions: said.length, good: meanOf(good), bad: meanOf(bad), bads: bad.length };
    });
    for (const { aspect, mentions, good, bad } of means)
      console.log(
        `${aspect}: ${mentions} of ${reviews.length} reviews, mean stars ${good.toFixed(2)} where praised, ${bad.toFixed(2)} where faulted`,
      );
    const often = means.filter(({ bads }) => bads >= 50);
    expect(often.map(({ aspect }) => aspect)).toEqual(expect.arrayContaining(["size", "quality", "price"]));
    for (const { good, bad } of often) expect(good - bad).toBeGreaterThan(0.5);
    // Clothes: of size speak more than of anything else.
    expect(means.toSorted((a, b) => b.mentions - a.mentions)[0]?.aspect).toBe("size");
  });

  it("of a thousand copies slipped in as other people's none is missed, and few of the genuine are flagged", () => {
    const genuine = suspiciousReviews(reviews);
    console.log(`${genuine.length} of ${reviews.length} reviews flagged: near duplicates in the data themselves`);
    expect(genuine.length / reviews.length).toBeLessThan(0.02);
    const copied = reviews.filter(({ text }) => text.split(/\s+/).length > 30).slice(0, 1000);
    const found = suspiciousReviews([
      ...reviews,
      ...copied.map((review) => ({ ...review, text: `${review.text} thanks`, productKey: "other" })),
    ]);
    expect(found.filter(({ row }) => row >= reviews.length)).toHaveLength(copied.length);
  });
});
