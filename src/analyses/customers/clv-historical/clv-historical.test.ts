import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("clv-historical", (query) => {
  it("gives value, lifespan and pace, the most valuable first", async () => {
    expect(await query("clv-historical", { limit: 2 })).toEqual([
      customer("C01", "Ada", 5, 18000, 87), // O01 of 5 January to O22 of 2 April
      customer("C03", "Cleo", 2, 12000, 87), // 15 January to 12 April; 70 - 10 + 60
    ]);
  });

  it("has no pace for those who ordered on one day only", async () => {
    const rows = await query("clv-historical");
    expect(rows).toHaveLength(10);
    expect(rows.filter((row) => row.purchases_per_year === null).map((row) => row.customer_id)).toEqual([
      "C09",
      "C06",
      "C07",
    ]);
    expect(rows.at(-1)).toMatchObject({ customer_id: "C07", net_revenue_minor: 0, lifespan_years: 0 });
  });
});

function customer(customer_id: string, customer_name: string, orders: number, net: number, days: number): object {
  return {
    customer_id,
    customer_name,
    order_count: orders,
    net_revenue_minor: net,
    lifespan_years: expect.closeTo(days / 365.25, 12),
    average_purchase_value_minor: net / orders,
    purchases_per_year: expect.closeTo((orders * 365.25) / days, 9),
  };
}
