import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

// All: 604 net of products (O19 has none), 41 units for 644 gross. Sessions by product that viewed: kettle 4 (S1 S2 S5 S9),
// lamp 1, rug 4 (S4, Kim, S8, S11), pen 1, toaster 3 (S6 S8 S10), vase 1: 14; that bought: 2, 1, 2, 0, 2, 0: 7.
describeCornerShop("brand-comparison", (query) => {
  it("sets brands beside all together", async () => {
    expect(await query("brand-comparison")).toEqual([
      row("Acme", { products: 2, customers: 9, views: 9, units: 14, net: 35000, gross: 37000, rate: 4 / 8 }),
      row("(unknown)", { products: 1, customers: 3, views: 4, units: 4, net: 19000, gross: 19000, rate: 2 / 4 }),
      row("Lumo", { products: 2, customers: 7, views: 2, units: 23, net: 6400, gross: 8400, rate: 1 / 2 }),
    ]);
  });

  it("shows the brands asked for, against all", async () => {
    const rows = await query("brand-comparison", { brands: "Lumo" });
    expect(rows).toMatchObject([{ brand: "Lumo", revenue_share_rate: expect.closeTo(64 / 604, 12) }]);
  });
});

interface Sums {
  products: number;
  customers: number;
  views: number;
  units: number;
  net: number;
  gross: number;
  rate: number;
}

function row(brand: string, { products, customers, views, units, net, gross, rate }: Sums): object {
  return {
    brand,
    product_count: products,
    customer_count: customers,
    view_count: views,
    unit_count: units,
    net_revenue_minor: net,
    revenue_share_rate: expect.closeTo(net / 60400, 12),
    unit_share_rate: expect.closeTo(units / 41, 12),
    conversion_rate: rate,
    conversion_index: expect.closeTo(rate / (7 / 14), 12),
    average_unit_price_minor: expect.closeTo(gross / units, 9),
    price_index: expect.closeTo(gross / units / (64400 / 41), 12),
  };
}
