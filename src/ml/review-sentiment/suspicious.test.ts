import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { type DatedReview, suspiciousReviews } from "./suspicious.ts";

const praise = "this kettle boils fast and looks lovely on the counter every single morning";

describe("near duplicates", () => {
  it("are texts that share seven tenths of their three-word runs; short ones never", () => {
    const texts = [
      praise,
      "something else entirely was written here by somebody with another opinion of it",
      // One word changed at the end of thirteen: 10 of 12 different runs are shared.
      `${praise.slice(0, praise.lastIndexOf(" "))} evening`,
      // Two words changed in the middle: of eleven runs six are in both, 6 / 16.
      praise.replace("lovely on", "pretty near"),
      "great kettle",
      "great kettle",
    ];
    expect(nearDuplicates(texts)).toEqual([2, null, 0, null, null, null]);
  });

  it("find every pair that comparing all texts finds, or all but a few (second implementation)", () => {
    const random = createRandom(4);
    const word = (): string => `w${random.integer(0, 400)}`;
    const texts = Array.from({ length: 300 }, () => Array.from({ length: 20 }, word).join(" "));
    for (let copy = 0; copy < 60; copy += 1) {
      const words = (texts[copy] ?? "").split(" ");
      words[random.integer(18, 19)] = word();
      texts.push(words.join(" "));
    }
    const found = nearDuplicates(texts);
    expect(found.slice(300).filter((other, copy) => other === copy).length).toBeGreaterThanOrEqual(58);
    expect(found.slice(60, 300).every((other) => other === null)).toBe(true);
  });
});

describe("reviews that look made up", () => {
  const review = (day: string, rating: number, text = "", productKey = "1"): DatedReview => ({
    productKey,
    text,
    rating,
    day,
  });
  const quiet = ["2025-01-01", "2025-03-01", "2025-06-01", "2025-09-01"].map((day) => review(day, 2));

  it("are a burst of praise for a product that others rate low: two reasons each (by hand)", () => {
    // 4.5 reviews over 250 other days: five on one day have a chance near 0.018^5 / 120 = 1.6e-11.
    const burst = Array.from({ length: 5 }, () => review("2025-07-01", 5));
    expect(suspiciousReviews([...quiet, ...burst])).toEqual(
      [4, 5, 6, 7, 8].map((row) => ({ row, reasons: ["burst", "extreme"], duplicateOf: null })),
    );
  });

  it("are not: a burst alone, an outlier alone, four on a day, days nobody knows", () => {
    const onADay = (count: number, rating: number, day: string) =>
      Array.from({ length: count }, () => review(day, rating));
    expect(suspiciousReviews([...quiet, ...onADay(5, 3, "2025-07-01")])).toEqual([]);
    expect(suspiciousReviews([...quiet, review("2025-07-01", 5)])).toEqual([]);
    expect(suspiciousReviews([...quiet, ...onADay(4, 5, "2025-07-01")])).toEqual([]);
    expect(suspiciousReviews([...quiet, ...onADay(9, 5, "")])).toEqual([]);
    expect(suspiciousReviews([])).toEqual([]);
  });

  it("are a text and its near copy, on whatever products", () => {
    expect(
      suspiciousReviews([review("", 0, praise), review("", 4, "nice"), review("2025-01-01", 5, praise, "2")]),
    ).toEqual([
      { row: 0, reasons: ["near_duplicate"], duplicateOf: 2 },
      { row: 2, reasons: ["near_duplicate"], duplicateOf: 0 },
    ]);
  });
});
