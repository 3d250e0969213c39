import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("top-products", (query) => {
  it("ranks by net revenue; unknown attributes are null", async () => {
    expect(await query("top-products")).toEqual([
      product(1, "P1", "Kettle", "Acme", "kitchen.kettles", 9, 8, 27000),
      product(2, "P4", "Rug", null, "home.rugs", 4, 3, 19000), // one, two at 90, one
      product(3, "P2", "Toaster", "Acme", "kitchen.toasters", 5, 4, 8000), // 2 + 1 + 1 + 1 sold; one returned
      product(4, "P3", "Lamp", "Lumo", "home.lamps", 8, 5, 4900), // 1 + 2 + 3 + 1 + 1 sold; two returned
      product(5, "P5", "Pen", "Lumo", null, 15, 2, 1500),
      product(6, "P6", "Sample", "Lumo", "home.lamps", 0, 0, 0), // only ever free
    ]);
  });

  it("ranks by units sold, no more than asked for", async () => {
    const rows = await query("top-products", { sort: "unit_count", limit: 2 });
    expect(rows).toMatchObject([
      { rank: 1, product_id: "P5", unit_count: 15 },
      { rank: 2, product_id: "P1", unit_count: 9 },
    ]);
  });

  it("ranks by orders within the brands asked for", async () => {
    const rows = await query("top-products", { sort: "order_count", brand: ["Acme", "Lumo"] });
    expect(rows.map((row) => row.product_id)).toEqual(["P1", "P3", "P2", "P5", "P6"]); // 8, 5, 4, 2, 0
  });
});

function product(
  rank: number,
  product_id: string,
  product_name: string,
  brand: string | null,
  category: string | null,
  unit_count: number,
  order_count: number,
  net_revenue_minor: number,
): object {
  return { rank, product_id, product_name, brand, category, unit_count, order_count, net_revenue_minor };
}
