import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

// Net revenue: C07 0, C06 20, C10 25, C04 30, C09 30, C02 39, C05 40, C08 100, C03 120, C01 180.
describeCornerShop("ltv-tiers", (query) => {
  it("cuts customers at the quartiles of their revenue", async () => {
    // Quartiles: 25 + 0.25 * 5 = 26.25, 30 + 0.5 * 9 = 34.5, 40 + 0.75 * 60 = 85.
    expect(await query("ltv-tiers")).toEqual([
      tier("Bronze", 3, 4500, 0, 2500),
      tier("Silver", 2, 6000, 3000, 3000),
      tier("Gold", 2, 7900, 3900, 4000),
      tier("Platinum", 3, 40000, 10000, 18000),
    ]);
  });

  it("cuts where it is told to", async () => {
    const rows = await query("ltv-tiers", { cuts: "0.5,0.8,0.95" });
    // 34.5; 100 + 0.2 * 20 = 104; 120 + 0.55 * 60 = 153
    expect(rows.map((row) => row.customer_count)).toEqual([5, 3, 1, 1]);
  });

  it("refuses cuts that do not rise or are not three", async () => {
    await expect(query("ltv-tiers", { cuts: "0.5,0.4,0.9" })).rejects.toThrow(/cuts must be 3 rising numbers/);
    await expect(query("ltv-tiers", { cuts: "0.5" })).rejects.toThrow(/3 rising numbers between 0 and 1/);
  });
});

function tier(name: string, customers: number, net: number, least: number, most: number): object {
  return {
    tier: name,
    customer_count: customers,
    net_revenue_minor: net,
    revenue_share_rate: net / 58400,
    min_revenue_minor: least,
    max_revenue_minor: most,
  };
}
