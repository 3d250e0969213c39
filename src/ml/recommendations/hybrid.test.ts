import { describe, expect, it } from "vitest";
import { chooseWeights, evaluateHybrid } from "./evaluate-hybrid.ts";
import { best, type Shelf, scoreHybrid, togetherOf } from "./hybrid.ts";

const shelf: Shelf = {
  together: new Map([
    ["a", { keys: ["b", "c"], weights: [0.5, 0.2] }],
    ["b", { keys: ["c"], weights: [0.4] }],
  ]),
  similar: new Map([["b", { keys: ["n"], weights: [0.9] }]]),
  popular: new Map([
    ["p", 0.6],
    ["c", 0.4],
  ]),
};

describe("the hybrid", () => {
  it("adds what each product of the history speaks for, the older the less, and what sells (by hand)", () => {
    const scores = scoreHybrid(["a", "b"], shelf, { together: 1, similar: 0.1, popular: 0.5, recency: 0.8 });
    expect(scores.get("b")).toBeCloseTo(0.8 * 0.5, 12);
    expect(scores.get("c")).toBeCloseTo(0.4 + 0.8 * 0.2 + 0.5 * 0.4, 12);
    expect(scores.get("n")).toBeCloseTo(0.1 * 0.9, 12); // new: nobody has had it, it is only like b
    expect(scores.get("p")).toBeCloseTo(0.5 * 0.6, 12);
    expect(best(scores, new Set(["c"]), 2)).toEqual(["b", "p"]);
  });

  it("offers what sells to whom nobody knows", () => {
    const scores = scoreHybrid([], shelf, { together: 1, similar: 0.1, popular: 0.5, recency: 0.8 });
    expect(best(scores, new Set(), 10)).toEqual(["p", "c"]);
  });

  it("turns counts into chances held back by ten people, a little less for what all touch (by hand)", () => {
    const people = new Map([
      ["a", 10],
      ["b", 1],
      ["c", 1024],
    ]);
    const [beside] = togetherOf(new Map([["a", { keys: ["c", "b"], weights: [6, 4] }]]), people).values();
    expect(beside?.keys).toEqual(["b", "c"]); // 1024 ** 0.1 is 2
    expect(beside?.weights[0]).toBeCloseTo(4 / 20, 12);
    expect(beside?.weights[1]).toBeCloseTo(6 / 20 / 2, 12);
  });
});

describe("the evaluation of recommendations", () => {
  const buyer = (history: string[], then: string[]) => ({
    history,
    boughtBefore: new Set(history),
    boughtThen: new Set(then),
  });

  it("counts only what is new for `new`, and everything for `any` (by hand)", () => {
    const buyers = [buyer(["a"], ["b"]), buyer(["p"], ["p"])];
    const rows = evaluateHybrid(shelf, buyers, { together: 1, similar: 0, popular: 0.1, recency: 1 });
    const of = (task: string, method: string) => rows.find((row) => row.task === task && row.method === method);
    expect(of("new", "hybrid")).toMatchObject({ customer_count: 1, map_at_12: 1, recall_at_12: 1, is_chosen: true });
    expect(of("new", "popularity")).toMatchObject({ customer_count: 1, map_at_12: 0 });
    // One of two buyers takes again what they had: repurchase finds that one, first; popularity has it first too.
    expect(of("any", "repurchase")).toMatchObject({ customer_count: 2, map_at_12: 0.5 });
    expect(of("any", "popularity")).toMatchObject({ customer_count: 2, map_at_12: 0.5, coverage_rate: 2 / 4 });
  });

  it("chooses weights by what was bought: likeness counts where new products are what people buy", () => {
    const alike = Array.from({ length: 20 }, () => buyer(["b"], ["n"]));
    expect(chooseWeights(shelf, alike).similar).toBeGreaterThan(0);
    const together = Array.from({ length: 20 }, () => buyer(["a"], ["b"]));
    expect(chooseWeights(shelf, together).popular).toBeLessThan(1);
  });
});
