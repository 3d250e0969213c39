import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("seasonality", (query) => {
  const year = { period_start: "2025-01-01", period_end: "2026-01-01" };

  it("sets each month beside the mean month", async () => {
    // Kitchen: 100, 80, 110, 60; home: 79, -20, 120 (O14 30, O16 90), 70 (O22 50, O23 10, O28 0: 60).
    const rows = await query("seasonality", { period_start: "2025-01-01", period_end: "2025-05-01" });
    expect(rows.filter((row) => row.category === "kitchen")).toEqual([
      row("kitchen", 1, 10000, 100 / 87.5),
      row("kitchen", 2, 8000, 80 / 87.5),
      row("kitchen", 3, 11000, 110 / 87.5),
      row("kitchen", 4, 6000, 60 / 87.5),
    ]);
    expect(rows.filter((row) => row.category === "home").map((row) => row.net_revenue_minor)).toEqual([
      7900, -2000, 12000, 6000,
    ]);
  });

  it("leaves out months that the period cuts", async () => {
    const rows = await query("seasonality", { category: "kitchen" }); // 2 January to 20 April
    expect(rows.map((row) => row.month_of_year)).toEqual([2, 3]);
  });

  it("measures the strength of a whole year, and calls three lines no season", async () => {
    const [kitchen] = await query("seasonality", { ...year, category: "kitchen" });
    // Four of twelve even months lie below the sales: 8 / 12 of the year would have to move. Lines 3, 3, 4, 2, mean 1:
    // chi-squared 4 + 4 + 9 + 1 + 8 = 26.
    expect(kitchen).toMatchObject({
      peak_month: 3,
      seasonal_strength_rate: expect.closeTo(2 / 3, 12),
      is_seasonal: true,
    });
    // One line in each of three months: chi-squared 9.
    const [rugs] = await query("seasonality", { ...year, category: "home.rugs" });
    expect(rugs).toMatchObject({ seasonal_strength_rate: expect.closeTo(9 / 12, 12), is_seasonal: false });
  });

  it("sees whole paths with depth 0", async () => {
    const rows = await query("seasonality", { ...year, depth: 0 });
    expect([...new Set(rows.map((row) => row.category))]).toEqual([
      "(unknown)",
      "home.lamps",
      "home.rugs",
      "kitchen.kettles",
      "kitchen.toasters",
    ]);
    expect(rows).toHaveLength(60);
  });
});

function row(category: string, month_of_year: number, net: number, index: number): object {
  return {
    category,
    month_of_year,
    net_revenue_minor: net,
    seasonal_index: expect.closeTo(index, 12),
    peak_month: 3,
    seasonal_strength_rate: null,
    is_seasonal: null,
  };
}
