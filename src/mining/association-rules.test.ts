import { describe, expect, it } from "vitest";
import { CartwrightError } from "../errors.ts";
import { type AssociationRule, associationRules } from "./association-rules.ts";
import { basketsOfLines, basketsOfLists } from "./baskets.ts";
import { countOfShare } from "./frequent-item-sets.ts";

const open = { minCount: 1, minSupportRate: 0, minConfidenceRate: 0, minLift: 0, maxAntecedent: 9 };
const once = (lists: readonly (readonly string[])[]) => basketsOfLists(lists.map((items) => ({ items, count: 1 })));

describe("association rules", () => {
  it("measures a rule by the textbook's formulas", () => {
    // Five baskets: bread in 4, butter in 3, both in 3.
    const rules = associationRules(
      once([["bread", "butter"], ["bread", "butter"], ["bread", "butter", "jam"], ["bread"], []]),
      { ...open, maxAntecedent: 1 },
    );
    expect(rules.find((rule) => rule.antecedent[0] === "bread" && rule.consequent === "butter")).toEqual({
      antecedent: ["bread"],
      consequent: "butter",
      ruleCount: 3,
      supportRate: 3 / 5,
      confidenceRate: 3 / 4,
      lift: 3 / 4 / (3 / 5),
      leverage: expect.closeTo(3 / 5 - (4 / 5) * (3 / 5), 14),
      conviction: expect.closeTo((1 - 3 / 5) / (1 - 3 / 4), 14),
      pValue: expect.closeTo(4 / 10, 14), // C(4,3) C(1,0) / C(5,3)
      qValue: expect.any(Number),
    });
    const certain = rules.find((rule) => rule.antecedent[0] === "butter" && rule.consequent === "bread");
    expect(certain).toMatchObject({ confidenceRate: 1, conviction: null });
  });

  it("finds every rule that counting all subsets finds, on random baskets", () => {
    let state = 42;
    const chance = (): number => {
      state = (state * 1664525 + 1013904223) % 4294967296;
      return state / 4294967296;
    };
    const items = ["a", "b", "c", "d", "e", "f", "g"];
    const lists = Array.from({ length: 60 }, () => items.filter((_, at) => chance() < 0.6 - at * 0.06));
    const rules = associationRules(once(lists), { ...open, minCount: 3 });
    expect(rules.map(written).sort()).toEqual(bruteForce(lists, items, 3).sort());
  });

  it("does not depend on the order of baskets, of items in them, or on equal baskets standing once", () => {
    const lists = [["a", "b"], ["b", "c", "a"], ["a", "b"], ["c"]];
    const expected = associationRules(once(lists), open);
    expect(associationRules(once([...lists].reverse().map((list) => [...list].reverse())), open)).toEqual(expected);
    const weighted = basketsOfLists([
      { items: ["a", "b"], count: 2 },
      { items: ["c"], count: 1 },
      { items: ["a", "b", "c"], count: 1 },
    ]);
    expect(associationRules(weighted, open)).toEqual(expected);
  });

  it("counts an item once in a transaction and leaves out lines without one", () => {
    const baskets = basketsOfLines(["1", "2", "1", "1", "", "2"], ["x", "x", "x", "y", "y", ""]);
    expect(baskets.basketCount).toBe(2);
    expect(associationRules(baskets, open)).toMatchObject([
      { antecedent: ["y"], consequent: "x", ruleCount: 1, confidenceRate: 1, lift: 1 },
      { antecedent: ["x"], consequent: "y", ruleCount: 1, confidenceRate: 0.5, lift: 1 },
    ]);
  });

  it("has nothing to say about no baskets, empty ones, or single items", () => {
    for (const lists of [[], [[]], [["a"], ["a"], ["b"]]]) expect(associationRules(once(lists), open)).toEqual([]);
  });

  it("stops with an error when too many sets are frequent", () => {
    const wide = once([Array.from({ length: 25 }, (_, at) => `item ${at}`)]);
    expect(() => associationRules(wide, { ...open, maxAntecedent: 24 })).toThrow(CartwrightError);
    expect(() => associationRules(wide, { ...open, maxAntecedent: 24 })).toThrow(/more than 2,000,000 item sets/);
  });

  it("turns a share into the fewest baskets that reach it", () => {
    expect(countOfShare(0.001, 9835)).toBe(10); // 9.835
    expect(countOfShare(0.07, 100)).toBe(7); // 0.07 * 100 is a little above 7 in binary
    expect(countOfShare(0, 100)).toBe(0);
    expect(countOfShare(0.5, 0)).toBe(0);
  });
});

const written = (rule: AssociationRule): string =>
  `${rule.antecedent.join("+")} > ${rule.consequent}: ${rule.ruleCount} ${rule.confidenceRate.toFixed(12)} ${rule.lift.toFixed(10)}`;

/** Counts every subset by looking at every basket. */
function bruteForce(lists: readonly (readonly string[])[], items: readonly string[], minCount: number): string[] {
  const holding = (wanted: readonly string[]): number =>
    lists.filter((list) => wanted.every((item) => list.includes(item))).length;
  const subsets = Array.from({ length: 2 ** items.length }, (_, mask) =>
    items.filter((_item, at) => (mask >> at) % 2 === 1),
  );
  return subsets
    .filter((set) => set.length > 1 && holding(set) >= minCount)
    .flatMap((set) =>
      set.map((consequent) => {
        const antecedent = set.filter((item) => item !== consequent);
        const confidence = holding(set) / holding(antecedent);
        const lift = confidence / (holding([consequent]) / lists.length);
        return `${antecedent.join("+")} > ${consequent}: ${holding(set)} ${confidence.toFixed(12)} ${lift.toFixed(10)}`;
      }),
    );
}
