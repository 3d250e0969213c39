import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("purchase-frequency", (query) => {
  it("counts customers by the number of their orders", async () => {
    expect(await query("purchase-frequency")).toEqual([
      { order_count: 1, customer_count: 3, customer_share_rate: 0.3 }, // C06, C07, C09
      { order_count: 2, customer_count: 6, customer_share_rate: 0.6 }, // C02, C03, C04, C05, C08, C10
      { order_count: 5, customer_count: 1, customer_share_rate: 0.1 }, // C01
    ]);
  });

  it("looks at the orders of the period only", async () => {
    const rows = await query("purchase-frequency", { period_end: "2025-02-01" });
    expect(rows.map((row) => [row.order_count, row.customer_count])).toEqual([
      [1, 3], // C02, C03, C04
      [2, 1], // C01
    ]);
  });
});
