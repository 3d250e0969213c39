import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

// Judged on 11 January over 10 days (1 to 10 January), lead time 4 days, cover 5 days.
// Even: 2 on each of ten days: mean 2, variance 0, taken as 2 (Poisson). Safety: 1.6449 x sqrt(8) = 4.65, so 5; point 8 + 5 = 13.
//   Stock 13 is at the point: reorder 13 + 10 - 13 = 10. Earns 2 x 3.00 a day.
// Gone: first sold on 7 January: 4 days, 1 5 1 1: mean 2, variance (28 - 16) / 3 = 4. Safety 1.6449 x 4 = 6.58, so 7; point 8 + 7 = 15.
//   Stock 0: reorder 15 + 10 = 25. Earns 2 x 1.00 a day.
// Heap: 1 unit in ten days: mean 0.1, 400 in stock are 4,000 days.
// Dust: last sold long before: nothing in the window. Fine: mean 2 as Even with 14 in stock, above its point.
// Unknown: sells, but its stock is not known. Never: no sale, no stock: nobody need care.
const products = `product_id,name,category,brand,price,stock_quantity
even,Even,a.b,X,3.00,13
gone,Gone,a.c,X,1.00,0
heap,Heap,,Y,1.00,400
dust,Dust,,Y,1.00,7
fine,Fine,a.b,X,3.00,14
unknown,Unknown,,X,1.00,
never,Never,,X,1.00,0
`;

function orders(): string {
  const lines = ["order_id,line_id,ordered_at,status,customer_id,product_id,quantity,unit_price"];
  const sell = (product: string, day: string, quantity: number, price: string, status = "completed"): void => {
    lines.push(`${lines.length},1,2025-${day}T12:00:00Z,${status},ada,${product},${quantity},${price}`);
  };
  for (let day = 1; day <= 10; day += 1) {
    const date = `01-${String(day).padStart(2, "0")}`;
    sell("even", date, 2, "3.00");
    sell("fine", date, 2, "3.00");
    sell("unknown", date, 1, "1.00");
  }
  for (const [day, quantity] of [
    ["07", 1],
    ["08", 5],
    ["09", 1],
    ["10", 1],
  ] as const)
    sell("gone", `01-${day}`, quantity, "1.00");
  sell("heap", "01-01", 1, "1.00");
  sell("dust", "01-01", 1, "1.00", "cancelled");
  lines.push("900,1,2024-06-01T12:00:00Z,completed,ada,dust,3,1.00");
  lines.push("901,1,2025-01-11T12:00:00Z,completed,ada,even,50,3.00");
  return `${lines.join("\n")}\n`;
}

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  const paths = [join(shop.folder, "products.csv"), join(shop.folder, "orders.csv")] as const;
  writeFileSync(paths[0], products);
  writeFileSync(paths[1], orders());
  await shop.load(paths);
});
afterAll(async () => await shop.close());

const given = { as_of: "2025-01-11", days: 10, lead_time_days: 4, cover_days: 5 };

describe("inventory-alerts", () => {
  it("says what to reorder and what lies about, worked out by hand", async () => {
    const rows = await shop.query("inventory-alerts", given);
    expect(rows).toEqual([
      row("gone", "a.c", "out_of_stock", 0, 8, 2, 0, [7, 15, 25], 200),
      row("even", "a.b", "reorder", 13, 20, 2, 6.5, [5, 13, 10], 600),
      row("heap", null, "overstock", 400, 1, 0.1, 4000, [expect.any(Number), expect.any(Number), 0], 10),
      row("dust", null, "not_selling", 7, 0, 0, null, [0, 0, 0], 0),
    ]);
    // Heap: variance of nine 0 and one 1 is 0.1, its mean: 1.6449 x sqrt(0.4) = 1.04, so 2; point 1 + 2.
    expect(rows[2]).toMatchObject({ safety_stock_quantity: 2, reorder_point_quantity: 3 });
  });

  it("keeps more against chance at a higher service level", async () => {
    // 2.3263 x sqrt(8) = 6.58, so 7: Fine, with 14, is below 8 + 7.
    const rows = await shop.query("inventory-alerts", { ...given, service_level: "0.99" });
    expect(rows.find(({ product_id }) => product_id === "fine")).toMatchObject({
      alert: "reorder",
      safety_stock_quantity: 7,
      reorder_quantity: 11,
    });
  });

  it("narrows to a brand and a category", async () => {
    expect((await shop.query("inventory-alerts", { ...given, category: "a.b" })).map((one) => one.product_id)).toEqual([
      "even",
    ]);
    expect((await shop.query("inventory-alerts", { ...given, brand: "Y" })).map((one) => one.product_id)).toEqual([
      "heap",
      "dust",
    ]);
  });
});

function row(
  id: string,
  category: string | null,
  alert: string,
  stock: number,
  units: number,
  mean: number,
  cover: number | null,
  [safety, point, order]: readonly [unknown, unknown, number],
  revenue: number,
): object {
  return {
    product_id: id,
    product_name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
    category,
    alert,
    stock_quantity: stock,
    unit_count: units,
    out_of_stock_day_count: 0,
    mean_daily_unit_count: mean,
    days_of_cover: cover,
    safety_stock_quantity: safety,
    reorder_point_quantity: point,
    reorder_quantity: order,
    mean_daily_revenue_minor: revenue,
  };
}
