import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("frequently-bought-together", (query) => {
  it("shares the orders of a product among its companions", async () => {
    // Rugs: O04, O16, O22; O04 holds a lamp too, as do five of 21 orders.
    expect(await query("frequently-bought-together", { product_id: "P4", min_count: 1 })).toEqual([
      {
        rank: 1,
        product_id: "P3",
        product_name: "Lamp",
        confidence_rate: 1 / 3,
        lift: expect.closeTo(7 / 5, 12),
        pair_count: 1,
        base_product_id: "P4",
      },
    ]);
  });

  it("takes the product in most orders when none is named", async () => {
    expect(await query("frequently-bought-together", { min_count: 1 })).toEqual([]); // kettles are bought alone
    // O03 lamp, O04 lamp and rug, O02 toaster
    const days = { period_start: "2025-01-06", period_end: "2025-01-21" };
    const rows = await query("frequently-bought-together", { min_count: 1, ...days });
    expect(rows).toMatchObject([{ base_product_id: "P3", product_id: "P4", confidence_rate: 1 / 2, lift: 3 / 2 }]);
  });

  it("has no companions for a product nobody bought, or that there is not", async () => {
    for (const product_id of ["P7", "none"]) {
      expect(await query("frequently-bought-together", { product_id, min_count: 1 })).toEqual([]);
    }
  });
});
