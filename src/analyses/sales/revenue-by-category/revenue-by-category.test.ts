import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("revenue-by-category", (query) => {
  it("counts an order once in each of its categories", async () => {
    expect(await query("revenue-by-category")).toEqual([
      // O01, O05, O07, O13, O17, O18, O20 30 each, O24 60
      row("kitchen.kettles", 8, 27000),
      // O04 50, O16 90, O22 50
      row("home.rugs", 3, 19000),
      // O02 40, O10 20 - 20, O15 20, O21 20
      row("kitchen.toasters", 4, 8000),
      // O03 9, O04 20 - 10, R12 -10, O14 30, O23 10; O28 0; the samples are no orders
      row("home.lamps", 5, 4900),
      // pens O08 10, O25 5; the adjustment O19 -5 has no product
      row("(unknown)", 2, 1000),
    ]);
  });

  it("adds up to net revenue, while orders of two categories count twice", async () => {
    const rows = await query("revenue-by-category");
    expect(rows.reduce((sum, one) => sum + Number(one.net_revenue_minor), 0)).toBe(59900);
    expect(rows.reduce((sum, one) => sum + Number(one.order_count), 0)).toBe(22); // 21, and O04 once more
  });
});

function row(category: string, order_count: number, net: number): object {
  return { category, order_count, net_revenue_minor: net, revenue_share_rate: net / 59900 };
}
