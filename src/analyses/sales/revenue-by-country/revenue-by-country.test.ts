import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("revenue-by-country", (query) => {
  it("takes the country of the order, and that of the customer where the order has none", async () => {
    expect(await query("revenue-by-country")).toEqual([
      // O01 30, O02 40, O03 9, O07 30, O13 30, O14 30, O15 20, O17 30, O18 30, O19 -5, O21 20, O22 50, O25 5
      { country: "United Kingdom", order_count: 12, net_revenue_minor: 31900, revenue_share_rate: 319 / 599 },
      // O04 70 - 10, O05 30, R12 -10, O24 60, O28 0; equal to Germany, so by name
      { country: "France", order_count: 4, net_revenue_minor: 14000, revenue_share_rate: 140 / 599 },
      // O08 10, O16 90, O20 30, O23 10
      { country: "Germany", order_count: 4, net_revenue_minor: 14000, revenue_share_rate: 140 / 599 },
      // O10 20 - 20
      { country: "Spain", order_count: 1, net_revenue_minor: 0, revenue_share_rate: 0 },
    ]);
  });

  it("narrows to a category with its children", async () => {
    const rows = await query("revenue-by-country", { category: "home" });
    // Lamps and rugs. UK: O03 9, O14 30, O22 50. Germany: O16 90, O23 10. France: O04 70 - 10, R12 -10, O28 0.
    expect(rows).toMatchObject([
      { country: "Germany", order_count: 2, net_revenue_minor: 10000 },
      { country: "United Kingdom", order_count: 3, net_revenue_minor: 8900 },
      { country: "France", order_count: 2, net_revenue_minor: 5000 },
    ]);
  });
});
