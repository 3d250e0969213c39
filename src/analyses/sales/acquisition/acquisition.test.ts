import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("acquisition", (query) => {
  it("credits every order once, whatever the model", async () => {
    for (const model of ["first", "last", "position"]) {
      const rows = await query("acquisition", { model });
      const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[name]), 0);
      expect(sum("order_count")).toBeCloseTo(21, 9);
      expect(sum("new_customer_count")).toBeCloseTo(10, 9); // C01 to C10
    }
  });

  it("credits the last visit before an order, and the order's own channel without one", async () => {
    // O01 after S1 and S2, O02 and O04 web, O05 during S5... O03 app. Net revenue of the orders: O04 60 after its return.
    expect(await query("acquisition", { period_end: "2025-02-01" })).toEqual([
      row("web", 3, 4, 3000 + 4000 + 6000 + 3000), // O01, O02, O04, O05; C01, C03, C04 are new
      row("app", 1, 1, 900), // O03
    ]);
  });

  function row(channel: string, fresh: number, orders: number, net: number): object {
    return {
      period_on: "2025-01-01",
      channel,
      new_customer_count: fresh,
      order_count: orders,
      net_revenue_minor: net,
      spend_minor: 0,
      cac_minor: null,
      roas_rate: null,
    };
  }
});

describe("acquisition with spend and links", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
    const write = (name: string, text: string): string => {
      const path = join(shop.folder, name);
      writeFileSync(path, text);
      return path;
    };
    await shop.load([
      write(
        "events.csv",
        `event_at,event_type,customer_id,session_id,product_id,utm_source,utm_medium,referrer
2025-01-01T10:00:00Z,view,ann,s1,cup,google,cpc,
2025-01-02T10:00:00Z,view,ann,s2,cup,,,https://www.bing.com/search
2025-01-03T10:00:00Z,view,ann,s3,cup,news,email,
2025-01-04T10:00:00Z,view,ann,s4,cup,,,https://m.facebook.com/
2025-01-01T10:00:00Z,view,bob,s5,cup,tiktok,paid_social,
2025-01-02T10:00:00Z,view,bob,s6,cup,,,https://blog.example.org/post
2025-01-02T11:00:00Z,view,eve,s7,cup,,,
`,
      ),
      write(
        "orders.csv",
        `order_id,customer_id,product_id,quantity,unit_price,channel,ordered_at
A,ann,cup,1,100.00,,2025-01-05T10:00:00Z
B,bob,cup,1,50.00,,2025-01-03T10:00:00Z
E,eve,cup,1,10.00,,2025-01-03T10:00:00Z
F,ann,cup,1,20.00,,2025-03-20T10:00:00Z
`,
      ),
      write(
        "spend.csv",
        "spent_on,channel,spend\n2025-01-01,email,8.00\n2025-01-31,email,2.00\n2025-02-10,email,5.00\n",
      ),
    ]);
  });
  afterAll(async () => await shop.close());

  const table = async (given: object): Promise<Record<string, unknown[]>> =>
    Object.fromEntries(
      (await shop.query("acquisition", { period_start: "2025-01-01", period_end: "2025-02-01", ...given })).map(
        (row) => [
          row.channel,
          [row.new_customer_count, row.net_revenue_minor, row.spend_minor, row.cac_minor, row.roas_rate],
        ],
      ),
    );

  it("reads channels from links and referring pages, and credits the last visit", async () => {
    expect(await table({})).toEqual({
      social: [1, 10000, 0, null, null],
      referral: [1, 5000, 0, null, null],
      "(unknown)": [1, 1000, 0, null, null],
      email: [0, 0, 1000, null, 0],
    });
  });

  it("credits the first visit, or shares by position", async () => {
    expect(await table({ model: "first" })).toMatchObject({
      paid_search: [1, 10000, 0, null, null],
      paid_social: [1, 5000, 0, null, null],
    });
    expect(await table({ model: "position" })).toEqual({
      paid_search: [0.4, 4000, 0, null, null],
      social: [0.4, 4000, 0, null, null],
      paid_social: [0.5, 2500, 0, null, null],
      referral: [0.5, 2500, 0, null, null],
      organic: [0.1, 1000, 0, null, null],
      email: [0.1, 1000, 1000, 10000, 1], // 10.00 for a tenth of a customer and 10.00 of revenue
      "(unknown)": [1, 1000, 0, null, null],
    });
  });

  it("forgets visits beyond the look-back, and counts later orders as not new", async () => {
    const rows = await shop.query("acquisition", { period_start: "2025-03-01", period_end: "2025-04-01" });
    expect(rows).toMatchObject([
      { channel: "(unknown)", new_customer_count: 0, order_count: 1, net_revenue_minor: 2000 },
    ]);
  });

  it("dates spend in its own month", async () => {
    const rows = await shop.query("acquisition", { period_start: "2025-02-01", period_end: "2025-03-01" });
    expect(rows).toMatchObject([{ period_on: "2025-02-01", channel: "email", spend_minor: 500, order_count: 0 }]);
  });
});
