import { describe, expect, it } from "vitest";
import { lbfgs } from "../../stats/l-bfgs.ts";
import { lexiconSentiment } from "./lexicon.ts";
import { countTerms, vocabularyOf, weigh } from "./tf-idf.ts";
import { termsOf } from "./tokens.ts";
import { sentimentMargins, trainSentiment } from "./train.ts";

describe("terms of a text", () => {
  it("are its words and neighbouring pairs, none across the end of a phrase", () => {
    expect(termsOf("I Don’t like it. Good\nfit!")).toEqual([
      "i",
      "i don't",
      "don't",
      "don't like",
      "like",
      "like it",
      "it",
      "good",
      "fit",
      "fit !",
      "!",
    ]);
    expect(termsOf("")).toEqual([]);
  });

  it("weigh 1 + ln(count) times ln((1 + n) / (1 + n_t)) + 1, rows of length 1 (by hand)", () => {
    const counts = countTerms(["a. a", "a. b", "b"]);
    const vocabulary = vocabularyOf(counts, [0, 1, 2], 2);
    expect(vocabulary.terms).toEqual(["a", "b"]);
    const idf = Math.log(4 / 3) + 1;
    for (const one of vocabulary.idf) expect(one).toBeCloseTo(idf, 12);
    const { starts, value } = weigh(counts, [0, 1, 2], vocabulary);
    expect([...starts]).toEqual([0, 1, 3, 4]);
    for (const [at, expected] of [1, Math.SQRT1_2, Math.SQRT1_2, 1].entries())
      expect(value[at]).toBeCloseTo(expected, 12);
  });
});

describe("L-BFGS", () => {
  it("finds the minimum of a badly scaled quadratic in many variables", () => {
    const n = 50;
    const { x, isConverged } = lbfgs(
      (at, gradient) => {
        let value = 0;
        for (const [index, one] of at.entries()) {
          value += ((index + 1) * (one - index) ** 2) / 2;
          gradient[index] = (index + 1) * (one - index);
        }
        return value;
      },
      new Float64Array(n),
      1e-8,
    );
    expect(isConverged).toBe(true);
    for (const [index, one] of x.entries()) expect(one).toBeCloseTo(index, 4);
  });
});

describe("sentiment", () => {
  const good = ["love the fit", "great quality, love it", "soft and great", "so soft, love"];
  const bad = ["poor quality", "it fell apart, poor", "poor fit and rough", "rough and cheap"];

  it("learns the words of either kind; an unknown text is neither", () => {
    const texts = Array.from({ length: 5 }, () => [...good, ...bad]).flat();
    const model = trainSentiment(
      texts,
      Uint8Array.from(texts, (text) => (good.includes(text) ? 1 : 0)),
    );
    const [one = 0, two = 0, three] = sentimentMargins(model, ["love the soft one", "rough, poor", "zzz"]);
    expect(one).toBeGreaterThan(0.5);
    expect(two).toBeLessThan(-0.5);
    expect(three).toBe(0);
  });

  it("by a list of words sees praise, complaint, negation and the turn after but", () => {
    expect(lexiconSentiment("I love this, great fit")).toBeGreaterThan(0.6);
    expect(lexiconSentiment("Terrible quality, a waste")).toBeLessThan(-0.6);
    expect(lexiconSentiment("It is not good")).toBeLessThan(0);
    expect(lexiconSentiment("Looks nice but it broke")).toBeLessThan(0);
    expect(lexiconSentiment("The parcel has three parts")).toBe(0);
    expect(lexiconSentiment("very good")).toBeGreaterThan(lexiconSentiment("good"));
  });
});
