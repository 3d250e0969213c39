import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("discounts", (query) => {
  it("sets what was given away beside list prices", async () => {
    expect(await query("discounts")).toEqual([
      row("2025-01-01", 5, 1, 18000, 100), // 1 off the lamp of O03
      row("2025-02-01", 4, 0, 9000, 0),
      row("2025-03-01", 6, 1, 24000, 1000), // 10 off the rugs of O16
      row("2025-04-01", 6, 1, 15500, 1000), // O28 is discounted to nothing
    ]);
  });

  it("has no rates in a period without sales", async () => {
    const [row] = await query("discounts", { grain: "day", period_start: "2025-01-02", period_end: "2025-01-03" });
    expect(row).toMatchObject({ order_count: 0, discounted_order_share_rate: null, discount_rate: null });
  });
});

function row(period_on: string, orders: number, discounted: number, list: number, discount: number): object {
  return {
    period_on,
    order_count: orders,
    discounted_order_count: discounted,
    discounted_order_share_rate: discounted / orders,
    list_revenue_minor: list,
    discount_minor: discount,
    gross_revenue_minor: list - discount,
    discount_rate: discount / list,
  };
}
