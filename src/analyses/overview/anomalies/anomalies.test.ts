import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("anomalies", (query) => {
  it("does not judge days without enough days before them", async () => {
    expect(await query("anomalies", { period_end: "2025-02-01" })).toEqual([]);
  });
});

describe("anomalies of 20 weeks with two planted days", () => {
  const dayMs = 86_400_000;
  const start = Date.UTC(2025, 0, 6); // a Monday
  const dayOf = (index: number): string => new Date(start + index * dayMs).toISOString().slice(0, 10);
  let shop: TestShop;

  /** Two orders a day: web sells tea for 100 more on Sundays, app sells cake for 50; amounts swing by a pound or two. */
  beforeAll(async () => {
    shop = await openTestShop();
    const lines = ["order_id,customer_id,product_id,quantity,unit_price,channel,ordered_at"];
    for (let index = 0; index < 140; index += 1) {
      const swing = (index * 7) % 5;
      const tea = (index % 7 === 6 ? 200 : 100) + swing + (index === 130 ? 400 : 0);
      const cake = 50 - (index === 137 ? 50 : 0) + swing;
      lines.push(`T${index},c1,tea,1,${tea}.00,web,${dayOf(index)}T10:00:00Z`);
      if (cake > 0) lines.push(`C${index},c2,cake,1,${cake}.00,app,${dayOf(index)}T11:00:00Z`);
    }
    const orders = join(shop.folder, "orders.csv");
    writeFileSync(orders, `${lines.join("\n")}\n`);
    const products = join(shop.folder, "products.csv");
    writeFileSync(products, "product_id,name,category,brand\ntea,Tea,drinks.hot,Leaf\ncake,Cake,bakery.sweet,Crumb\n");
    await shop.load([products, orders]);
  });
  afterAll(async () => await shop.close());

  it("finds the planted days, and no Sunday, and says what moved", async () => {
    const rows = await shop.query("anomalies", { min_score: 8 });
    expect(rows).toMatchObject([
      {
        day_on: dayOf(137),
        direction: "below",
        main_category: "bakery",
        main_channel: "app",
        main_brand: "Crumb",
      },
      {
        day_on: dayOf(130),
        direction: "above",
        main_category: "drinks",
        main_channel: "web",
        main_brand: "Leaf",
      },
    ]);
    // Day 130 is a Friday, index 4: expected is the median of eight Fridays of 150 and two swings of 0 to 4.
    const fridays = Array.from({ length: 8 }, (_, week) => 150 + 2 * (((130 - 7 * (week + 1)) * 7) % 5));
    const sorted = fridays.toSorted((a, b) => a - b);
    const expected = 100 * (((sorted[3] ?? 0) + (sorted[4] ?? 0)) / 2);
    const actual = 100 * (550 + 2 * ((130 * 7) % 5));
    expect(rows[1]).toMatchObject({
      net_revenue_minor: actual,
      expected_revenue_minor: expected,
      deviation_minor: actual - expected,
      deviation_rate: expect.closeTo((actual - expected) / expected, 12),
    });
  });

  it("judges the first day of a period by the days before it", async () => {
    const rows = await shop.query("anomalies", { min_score: 8, period_start: dayOf(130), period_end: dayOf(131) });
    expect(rows.map((row) => row.day_on)).toEqual([dayOf(130)]);
    // The change of the day: tea 100 + 4 * 100 of swing over the mean; the shares of both categories add up to 1.
    expect(Number(rows[0]?.main_category_share_rate)).toBeGreaterThan(0.98);
  });
});
