import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

// Units of the eight weeks before 26 February 2025, the oldest first.
const weeks: Readonly<Record<string, readonly number[]>> = {
  smooth: [4, 4, 4, 4, 6, 6, 6, 6], // mean 5, variance 1: 0.04; later 24 / earlier 16 - 1 = 0.5
  erratic: [1, 1, 1, 13, 1, 1, 1, 1], // mean 2.5, variance 15.75: 2.52; 4 / 16 - 1
  intermittent: [2, 0, 2, 0, 2, 0, 0, 2], // gap 8 / 4; no variation; 4 / 4 - 1
  lumpy: [0, 0, 1, 0, 9, 0, 0, 0], // first sale six weeks ago; gap 6 / 2, mean 5, variance 16: 0.64; later 0 / earlier 10 - 1
};

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  const lines = ["order_id,line_id,ordered_at,status,customer_id,product_id,quantity,unit_price"];
  const end = Date.UTC(2025, 1, 26);
  for (const [product, units] of Object.entries(weeks)) {
    units.forEach((quantity, index) => {
      if (quantity === 0) return;
      // The last day of one week, the first of the next: both belong to their own.
      const day = index % 2 === 0 ? 1 : 7;
      const at = new Date(end - ((8 - index) * 7 - (7 - day)) * 86_400_000).toISOString().slice(0, 10);
      lines.push(`${lines.length},1,${at}T12:00:00Z,completed,ada,${product},${quantity},1.00`);
    });
  }
  lines.push("900,1,2025-02-26T00:00:00Z,completed,ada,smooth,99,1.00");
  lines.push("901,1,2024-12-31T23:59:59Z,completed,ada,smooth,99,1.00");
  lines.push("902,1,2025-02-20T12:00:00Z,completed,ada,smooth,-2,1.00");
  writeFileSync(join(shop.folder, "orders.csv"), `${lines.join("\n")}\n`);
  await shop.load([join(shop.folder, "orders.csv")]);
});
afterAll(async () => await shop.close());

describe("product-demand", () => {
  it("tells four patterns apart, worked out by hand", async () => {
    const rows = await shop.query("product-demand", { as_of: "2025-02-26", weeks: 8 });
    expect(rows).toEqual([
      row("smooth", 40, 8, 8, 8, 0.04, 0.5),
      row("erratic", 20, 8, 8, 8, 2.52, -0.75),
      row("lumpy", 10, 2, 6, 2, 0.64, -1),
      row("intermittent", 8, 4, 8, 4, 0, 0),
    ]);
  });
});

function row(
  product_id: string,
  units: number,
  orders: number,
  weekCount: number,
  selling: number,
  variation: number,
  trend: number,
): object {
  return {
    product_id,
    product_name: null,
    category: null,
    unit_count: units,
    order_count: orders,
    week_count: weekCount,
    selling_week_count: selling,
    out_of_stock_day_count: 0,
    mean_weekly_unit_count: units / weekCount,
    mean_interval_weeks: weekCount / selling,
    squared_variation: expect.closeTo(variation, 12),
    demand_pattern: product_id,
    trend_rate: expect.closeTo(trend, 12),
  };
}
