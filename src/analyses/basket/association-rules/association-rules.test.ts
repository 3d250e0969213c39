import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("association-rules", (query) => {
  it("measures the two rules of the one order with two products", async () => {
    // 21 orders; O04 has lamp and rug. Lamps: O03 O04 O14 O23 O28, rugs: O04 O16 O22. The free sample of O15 is not bought.
    const p = 1 - 560 / 1330; // none shared: C(16,3) / C(21,3)
    expect(await query("association-rules", { min_count: 1 })).toEqual([
      rule(["P4", "Rug"], ["P3", "Lamp"], 1 / 3, 16 / 21 / (2 / 3), p),
      rule(["P3", "Lamp"], ["P4", "Rug"], 1 / 5, 18 / 21 / (4 / 5), p),
    ]);
  });

  it("keeps to the limits", async () => {
    expect(await query("association-rules")).toEqual([]); // five orders by default
    expect(await query("association-rules", { min_count: 1, min_lift: 1.41 })).toEqual([]);
    expect(await query("association-rules", { min_count: 1, min_confidence_rate: 0.3 })).toHaveLength(1);
    expect(await query("association-rules", { min_count: 1, limit: 1 })).toHaveLength(1);
    expect(await query("association-rules", { min_count: 1, min_support_rate: 0.05 })).toEqual([]);
  });

  it("looks at baskets of the chosen products only", async () => {
    expect(await query("association-rules", { min_count: 1, brand: "Lumo" })).toEqual([]);
    const [rule] = await query("association-rules", { min_count: 1, country: "France" });
    expect(rule).toMatchObject({ rule_count: 1, support_rate: 1 / 4 }); // O04, O05, O24, O28
  });

  function rule(
    [left, leftName]: string[],
    [right, rightName]: string[],
    confidence: number,
    conviction: number,
    p: number,
  ) {
    return {
      antecedent: [left],
      consequent: right,
      rule_count: 1,
      support_rate: 1 / 21,
      confidence_rate: confidence,
      lift: expect.closeTo(1.4, 12), // 21 / (5 * 3)
      leverage: expect.closeTo(1 / 21 - 15 / 441, 12),
      conviction: expect.closeTo(conviction, 12),
      p_value: expect.closeTo(p, 12),
      q_value: expect.closeTo(p, 12),
      antecedent_names: [leftName],
      consequent_name: rightName,
    };
  }
});
