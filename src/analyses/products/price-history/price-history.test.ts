import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("price-history", (query) => {
  it("has no changes where prices stand still, and the first price of a product asked for", async () => {
    expect(await query("price-history")).toEqual([]);
    expect(await query("price-history", { product_id: "P1" })).toEqual([
      {
        product_id: "P1",
        product_name: "Kettle",
        valid_from_on: "2025-01-02",
        valid_to_on: null,
        price_minor: 3000,
        previous_price_minor: null,
        change_rate: null,
      },
    ]);
  });
});

describe("price history of a product that changed twice", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const file = join(shop.folder, "events.csv");
    const prices = [
      ["2025-01-01", 10],
      ["2025-01-02", 10],
      ["2025-01-05", 8], // once at 8, once at 10: a tie goes to the higher, so no change yet
      ["2025-01-05", 10],
      ["2025-01-07", 8],
      ["2025-01-07", 8],
      ["2025-01-07", 10],
      ["2025-01-09", 12],
    ];
    const rows = prices.map(([day, price], index) => `${day}T1${index}:00:00Z,view,ann,s${index},cup,${price}.00`);
    writeFileSync(file, `event_at,event_type,customer_id,session_id,product_id,price\n${rows.join("\n")}\n`);
    await shop.load([file]);
  });
  afterAll(async () => await shop.close());

  it("dates each price from the first day it was the usual one", async () => {
    const rows = await shop.query("price-history", { product_id: "cup" });
    expect(rows.map((row) => [row.valid_from_on, row.valid_to_on, row.price_minor, row.previous_price_minor])).toEqual([
      ["2025-01-09", null, 1200, 800],
      ["2025-01-07", "2025-01-09", 800, 1000],
      ["2025-01-01", "2025-01-07", 1000, null],
    ]);
    expect(rows.map((row) => row.change_rate)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(-0.2, 12), null]);
    expect(await shop.query("price-history")).toHaveLength(2);
  });
});
