import { describe, expect, it } from "vitest";
import { aspectsOf } from "./aspects.ts";

const squashed = (points: number): number => points / Math.sqrt(points * points + 16);

describe("aspects of a review", () => {
  it("have the sentiment of their own sentence, or of their side of a but (by hand)", () => {
    const found = aspectsOf("True to size, but the seams tore. Shipping was very fast! Worth the money");
    expect([...found.keys()].sort()).toEqual(["delivery", "price", "quality", "size"]);
    expect(found.get("size")).toBeCloseTo(squashed(2), 12); // "true to size"
    expect(found.get("quality")).toBeCloseTo(squashed(-2), 12); // "tore"
    expect(found.get("delivery")).toBeCloseTo(squashed(1.5), 12); // "very fast"
    expect(found.get("price")).toBeCloseTo(squashed(1), 12); // "worth"
  });

  it("are the mean of the sentences that mention them; a sentence of two counts for both", () => {
    const found = aspectsOf("Great fit and lovely fabric. The waist is too small.");
    expect(found.get("quality")).toBeCloseTo(squashed(4), 12); // great 2 and lovely 2
    expect(found.get("size")).toBeCloseTo((squashed(4) + squashed(-2)) / 2, 12);
  });

  it("are turned round by a negation, 0 without feeling, and none where nothing is mentioned", () => {
    expect(aspectsOf("It is not true to size").get("size")).toBeCloseTo(squashed(-1), 12);
    expect(aspectsOf("The parcel came on Monday").get("delivery")).toBe(0);
    expect([...aspectsOf("I love it")]).toEqual([]);
    expect([...aspectsOf("")]).toEqual([]);
  });
});
