import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("revenue-by-attribute", (query) => {
  it("adds up brands", async () => {
    expect(await query("revenue-by-attribute")).toEqual([
      // Kettles: C01 C04 nobody C09 C02 C05 C03 C01; toasters: C01 C07 C06 C10. 270 and 80.
      row("Acme", { products: 2, customers: 9, orders: 12, units: 14, net: 35000 }),
      // Rugs 190 and the adjustment of 5, which has no product
      row("(unknown)", { products: 1, customers: 3, orders: 3, units: 4, net: 18500 }),
      // Lamps 49, pens 15; samples are given away
      row("Lumo", { products: 2, customers: 7, orders: 7, units: 23, net: 6400 }),
    ]);
  });

  it("takes attributes the source brought along", async () => {
    const rows = await query("revenue-by-attribute", { attribute: "why", brand: "Lumo" });
    expect(rows.map((one) => [one.value, one.net_revenue_minor])).toEqual([
      ["is returned", 4900],
      ["category unknown", 1500],
      ["price zero", 0],
    ]);
  });

  it("agrees with the analysis of categories, and knows nothing of an attribute there is not", async () => {
    const categories = await query("revenue-by-category");
    const values = await query("revenue-by-attribute", { attribute: "category" });
    expect(values.map((one) => [one.value, one.order_count, one.net_revenue_minor])).toEqual(
      categories.map((one) => [one.category, one.order_count, one.net_revenue_minor]),
    );
    expect(await query("revenue-by-attribute", { attribute: "taste" })).toMatchObject([
      { value: "(unknown)", net_revenue_minor: 59900, revenue_share_rate: 1 },
    ]);
  });
});

function row(value: string, sums: { products: number; customers: number; orders: number; units: number; net: number }) {
  return {
    value,
    product_count: sums.products,
    customer_count: sums.customers,
    order_count: sums.orders,
    unit_count: sums.units,
    net_revenue_minor: sums.net,
    revenue_share_rate: sums.net / 59900,
  };
}
