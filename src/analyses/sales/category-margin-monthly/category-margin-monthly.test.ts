import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

// Costs of a unit: kettle 12, toaster 8, lamp 4, rug 25; of pen and sample unknown.
describeCornerShop("category-margin-monthly", (query) => {
  it("takes the cost of goods off what each category brings", async () => {
    const rows = await query("category-margin-monthly", { period_end: "2025-03-01" });
    expect(rows).toEqual([
      row("2025-01-01", "home.lamps", 2900, 1200), // O03 9, two of O04; three lamps
      row("2025-01-01", "home.rugs", 5000, 2500),
      row("2025-01-01", "kitchen.kettles", 6000, 2400), // O01, O05
      row("2025-01-01", "kitchen.toasters", 4000, 1600), // two of O02
      // O08: pens, whose cost is unknown
      {
        month: "2025-02-01",
        category: "(unknown)",
        net_revenue_minor: 1000,
        cost_minor: null,
        margin_minor: null,
        margin_rate: null,
        costed_revenue_minor: 0,
        costed_revenue_rate: 0,
      },
      row("2025-02-01", "home.lamps", -2000, -800), // two lamps come back; the cost of the sample is unknown
      row("2025-02-01", "kitchen.kettles", 6000, 2400), // O07, O13
      row("2025-02-01", "kitchen.toasters", 2000, 800), // O10
    ]);
  });

  it("cuts categories to a level", async () => {
    const rows = await query("category-margin-monthly", { depth: 1, period_end: "2025-02-01" });
    expect(rows).toEqual([row("2025-01-01", "home", 7900, 3700), row("2025-01-01", "kitchen", 10000, 4000)]);
  });

  it("adds up to net revenue", async () => {
    const rows = await query("category-margin-monthly");
    expect(rows.reduce((sum, one) => sum + Number(one.net_revenue_minor), 0)).toBe(59900);
  });
});

function row(month: string, category: string, net: number, cost: number): object {
  return {
    month,
    category,
    net_revenue_minor: net,
    cost_minor: cost,
    margin_minor: net - cost,
    margin_rate: expect.closeTo((net - cost) / net, 12),
    costed_revenue_minor: net,
    costed_revenue_rate: 1,
  };
}
