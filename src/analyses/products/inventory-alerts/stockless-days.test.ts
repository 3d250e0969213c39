/** Demand of products that were out for a while: days without stock are not days without demand. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

// Each asks for 2 a day over the 28 days before 29 January. Steady has them. Starved runs out at the evening of the 7th and is filled up on the
// morning of the 22nd: the 8th to the 21st, 14 days, are days without stock, and it sells 2 x 14. Gappy is out on the 3rd to the 9th
// and sells on the 5th all the same (an order against the next delivery): six days.
const dayOf = (day: number): string => `2025-01-${String(day).padStart(2, "0")}`;
const isOut: Readonly<Record<string, (day: number) => boolean>> = {
  steady: () => false,
  starved: (day) => day >= 8 && day <= 21,
  gappy: (day) => day >= 3 && day <= 9,
};

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
  const orders = ["order_id,line_id,ordered_at,status,customer_id,product_id,quantity,unit_price"];
  const movements = ["movement_id,product_id,moved_at,quantity,movement_type"];
  const move = (product: string, at: string, quantity: number, type: string): void => {
    movements.push(`m${movements.length},${product},${at},${quantity},${type}`);
  };
  for (const [product, out] of Object.entries(isOut)) {
    const sellingDays = Array.from({ length: 28 }, (_, index) => index + 1).filter((day) => !out(day));
    const firstRun = sellingDays.findIndex((day, at) => (sellingDays[at + 1] ?? day + 1) !== day + 1);
    const runLength = firstRun < 0 ? 100 : firstRun + 1;
    move(product, `${dayOf(1)}T06:00:00Z`, 2 * runLength, "initial");
    for (const [at, day] of sellingDays.entries()) {
      if (at === runLength) move(product, `${dayOf(day)}T06:00:00Z`, 100, "restock");
      move(product, `${dayOf(day)}T12:00:00Z`, -2, "sale");
      orders.push(`${orders.length},1,${dayOf(day)}T12:00:00Z,completed,ada,${product},2,1.00`);
    }
  }
  orders.push(`${orders.length},1,${dayOf(5)}T12:00:00Z,completed,ada,gappy,2,1.00`);
  const products = [
    "product_id,name,category,brand,price,stock_quantity",
    "steady,Steady,,,1.00,20",
    "starved,Starved,,,1.00,20",
    "gappy,Gappy,,,1.00,20",
  ];
  for (const [name, rows] of Object.entries({ products, orders, movements })) {
    writeFileSync(join(shop.folder, `${name}.csv`), `${rows.join("\n")}\n`);
    await shop.load([join(shop.folder, `${name}.csv`)]);
  }
});
afterAll(async () => await shop.close());

const asOf = { as_of: "2025-01-29" };
const find = async (name: string, product: string, given: object) =>
  (await shop.query(name, { ...asOf, ...given })).find(({ product_id }) => product_id === product);

describe("demand censored by stock-outs", () => {
  it.each([
    ["steady", 0],
    ["starved", 14],
    ["gappy", 6],
  ])("is 2 a day for %s, whatever days it was out; a naive reading would say less", async (product, outDays) => {
    const alert = await find("inventory-alerts", product, { days: 28 });
    expect(alert).toMatchObject({
      alert: "reorder",
      mean_daily_unit_count: 2,
      days_of_cover: 10,
      out_of_stock_day_count: outDays,
    });
    const demand = await find("product-demand", product, { weeks: 4 });
    expect(demand).toMatchObject({ out_of_stock_day_count: outDays, mean_weekly_unit_count: 14 });
    const ahead = await find("availability-forecast", product, { days: 28, horizon_days: 14 });
    expect(ahead).toMatchObject({ expected_unit_count: 28, expected_out_on: "2025-02-08" });
  });

  it("leaves out weeks that passed wholly without stock, and compares days with stock in the trend", async () => {
    // Weeks from 1, 8, 15 and 22 January: starved is out for the second and the third.
    expect(await find("product-demand", "starved", { weeks: 4 })).toMatchObject({
      unit_count: 28,
      week_count: 2,
      selling_week_count: 2,
      mean_interval_weeks: 1,
      demand_pattern: "smooth",
      trend_rate: 0,
    });
  });

  it("sees only days within the window, and before the day judged", async () => {
    // The ten days before the 29th: starved is out on the 19th, 20th and 21st, and sells 2 on seven days.
    expect(await find("inventory-alerts", "starved", { days: 10 })).toMatchObject({
      unit_count: 14,
      out_of_stock_day_count: 3,
      mean_daily_unit_count: 2,
    });
    // On the 15th: out from the 8th to the 14th, of fourteen days.
    expect(await find("inventory-alerts", "starved", { days: 14, as_of: "2025-01-15" })).toMatchObject({
      out_of_stock_day_count: 7,
      mean_daily_unit_count: 2,
    });
    // No day of the window had stock: nothing tells, and nothing is claimed.
    expect(await find("product-demand", "starved", { weeks: 2, as_of: "2025-01-22" })).toBeUndefined();
  });
});
