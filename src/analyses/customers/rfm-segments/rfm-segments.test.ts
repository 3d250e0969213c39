import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("rfm-segments", (query) => {
  it("adds up the customers of each segment", async () => {
    // Scores are derived in the test of rfm-scores. All: 584, which is 599 less O13 30 and plus O19 5 and R12 10.
    expect(await query("rfm-segments")).toEqual([
      // C03 120, C04 30, C08 100, C09 30, C10 25; days 9, 2, 11, 22, 1; orders 2, 2, 2, 1, 2
      segment("Regular", { customers: 5, net: 30500, days: 9, orders: 1.8 }),
      // C01
      segment("Loyal", { customers: 1, net: 18000, days: 19, orders: 5 }),
      // C02 39, C05 40, C06 20, C07 0; days 37, 47, 42, 66; orders 2, 2, 1, 1
      segment("Lost", { customers: 4, net: 9900, days: 48, orders: 1.5 }),
    ]);
  });

  it("segments by bins of equal size with ntile", async () => {
    const rows = await query("rfm-segments", { method: "ntile" });
    expect(rows.map((row) => [row.rfm_segment, row.customer_count, row.net_revenue_minor])).toEqual([
      ["Loyal", 3, 33000], // C01 180, C03 120, C04 30
      ["Champions", 2, 12500], // C08 100, C10 25
      ["Lost", 3, 5900], // C02 39, C06 20, C07 0
      ["Can't Lose Them", 1, 4000], // C05
      ["Regular", 1, 3000], // C09
    ]);
  });
});

function segment(rfm_segment: string, sums: { customers: number; net: number; days: number; orders: number }): object {
  return {
    rfm_segment,
    customer_count: sums.customers,
    customer_share_rate: sums.customers / 10,
    net_revenue_minor: sums.net,
    revenue_share_rate: sums.net / 58400,
    mean_recency_days: sums.days,
    mean_frequency: sums.orders,
    mean_monetary_minor: sums.net / sums.customers,
  };
}
