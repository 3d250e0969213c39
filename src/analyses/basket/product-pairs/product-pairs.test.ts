import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("product-pairs", (query) => {
  it("counts orders with both, each pair once", async () => {
    // O04 alone holds two products with a price; the toaster of O15 lies beside a free sample.
    expect(await query("product-pairs", { min_count: 1 })).toEqual([
      {
        product_a_id: "P3",
        product_a_name: "Lamp",
        product_b_id: "P4",
        product_b_name: "Rug",
        pair_count: 1,
        support_rate: 1 / 21,
      },
    ]);
  });

  it("leaves out rare pairs", async () => {
    expect(await query("product-pairs")).toEqual([]);
    expect(await query("product-pairs", { min_count: 1, period_start: "2025-02-01" })).toEqual([]);
  });
});
