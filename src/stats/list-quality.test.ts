import { describe, expect, it } from "vitest";
import { listQuality } from "./list-quality.ts";

describe("the quality of a list", () => {
  it("with hits at 1 and 3 of three that came true (by hand)", () => {
    const quality = listQuality(["a", "x", "b", "y"], new Set(["a", "b", "c"]), 4);
    expect(quality.averagePrecision).toBeCloseTo((1 + 2 / 3) / 3, 12);
    expect(quality.recall).toBeCloseTo(2 / 3, 12);
    expect(quality.ndcg).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3) + 0.5), 12);
  });

  it("is 1 throughout for a list of nothing else, however much more came true, and 0 without a hit", () => {
    expect(listQuality(["a", "b"], new Set(["a", "b", "c", "d"]), 2)).toEqual({
      averagePrecision: 1,
      recall: 0.5,
      ndcg: 1,
    });
    expect(listQuality(["x"], new Set(["a"]), 12)).toEqual({ averagePrecision: 0, recall: 0, ndcg: 0 });
    expect(listQuality([], new Set(["a"]), 12)).toEqual({ averagePrecision: 0, recall: 0, ndcg: 0 });
  });
});
