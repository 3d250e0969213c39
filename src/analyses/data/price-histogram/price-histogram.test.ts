import { expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";

describeCornerShop("price-histogram", (query) => {
  it("puts events into bins of equal width", async () => {
    // Pen 1, lamp 10, vase 15, toaster 20; kettle 30, rug 50. The search has no price.
    expect(await query("price-histogram", { bins: 2 })).toEqual([
      { lower_minor: 100, upper_minor: 2550, product_count: 4, event_count: 14 }, // 1 + 3 + 2 + 8
      { lower_minor: 2550, upper_minor: 5000, product_count: 2, event_count: 18 }, // 9 + 9
    ]);
  });

  it("includes empty bins; the last holds the highest price", async () => {
    const rows = await query("price-histogram", { bins: 7 });
    expect(rows.map((row) => row.event_count)).toEqual([1, 3, 10, 0, 9, 0, 9]); // 7 wide: from 1, 8, 15, 22, 29, 36, 43
  });

  it("has one bin when all prices are equal, and none without events", async () => {
    const day = { period_start: "2025-01-05", period_end: "2025-01-06" };
    expect(await query("price-histogram", day)).toEqual([
      { lower_minor: 3000, upper_minor: 3000, product_count: 1, event_count: 3 },
    ]);
    expect(await query("price-histogram", { period_start: "2024-01-01", period_end: "2024-01-02" })).toEqual([]);
  });
});
