import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

// Mean prices: pen 1, lamp 69 / 8, toaster 20, kettle 30, rug 190 / 4. The sample is free and has none.
describeCornerShop("price-bands", (query) => {
  it("cuts products at the quantiles of their prices", async () => {
    expect(await query("price-bands", { bands: 2 })).toEqual([
      {
        band: 1, // up to the median, 20
        lower_minor: 100,
        upper_minor: 2000,
        product_count: 3,
        order_count: 11, // 2 + 5 + 4
        unit_count: 28, // 15 + 8 + 5
        gross_revenue_minor: 18400, // 15 + 69 + 100
        revenue_share_rate: 184 / 644,
      },
      {
        band: 2,
        lower_minor: 3000,
        upper_minor: 4750,
        product_count: 2,
        order_count: 11, // 8 + 3
        unit_count: 13,
        gross_revenue_minor: 46000,
        revenue_share_rate: 460 / 644,
      },
    ]);
  });

  it("interpolates between prices: thirds of five lie at 12.42 and 26.67", async () => {
    const rows = await query("price-bands", { bands: 3 });
    expect(rows.map((row) => [row.band, row.product_count])).toEqual([
      [1, 2], // pen, lamp
      [2, 1], // toaster
      [3, 2], // kettle, rug
    ]);
  });

  it("has one band of everything, and as many as there are prices at most", async () => {
    expect(await query("price-bands", { bands: 1 })).toMatchObject([{ product_count: 5, revenue_share_rate: 1 }]);
    expect(await query("price-bands", { bands: 1000 })).toHaveLength(5);
  });
});
