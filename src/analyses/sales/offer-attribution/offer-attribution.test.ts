import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeCornerShop } from "../../../../test/support/corner-shop.ts";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

describeCornerShop("offer-attribution", (query) => {
  it("has nothing to say where no offer was clicked", async () => {
    expect(await query("offer-attribution")).toEqual([]);
  });
});

describe("offers of a small shop", () => {
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
        `event_at,event_type,customer_id,session_id,product_id,place,source
2025-01-10T10:00:00Z,click,ann,s1,cup,home,popular
2025-01-12T10:00:00Z,click,ann,s2,cup,product,model
2025-01-12T10:05:00Z,click,ann,s2,cup,search,search
2025-01-12T10:06:00Z,click,ann,s2,cup,,
2025-01-12T10:07:00Z,click,ann,s2,rug,cart,model
2025-01-12T10:08:00Z,view,ann,s2,lamp,home,popular
2025-01-12T13:00:00Z,click,ann,s2,lamp,home,popular
2025-01-13T12:00:00Z,click,ben,s3,cup,home,popular
2025-01-13T12:00:01Z,click,cay,s4,cup,home,popular
2025-01-14T12:00:00Z,click,,s5,cup,product,model
`,
      ),
      write(
        "orders.csv",
        `order_id,line_id,customer_id,product_id,quantity,unit_price,discount,status,ordered_at
A,1,ann,cup,2,10.00,1.00,paid,2025-01-12T12:00:00Z
A,2,ann,lamp,1,30.00,,paid,2025-01-12T12:00:00Z
A,3,ann,cup,-1,10.00,0.50,paid,2025-02-02T09:00:00Z
B,1,ben,cup,1,10.00,,paid,2025-01-20T12:00:00Z
C,1,cay,cup,1,10.00,,paid,2025-01-20T12:00:00Z
D,1,,cup,1,10.00,,paid,2025-01-15T12:00:00Z
E,1,cay,cup,5,10.00,,cancelled,2025-01-14T12:00:00Z
`,
      ),
    ]);
  });
  afterAll(async () => await shop.close());

  const january = { period_start: "2025-01-01", period_end: "2025-02-01" };
  const february = { period_start: "2025-02-01", period_end: "2025-03-01" };
  const table = async (given: Record<string, unknown>): Promise<Record<string, unknown[]>> =>
    Object.fromEntries(
      (await shop.query("offer-attribution", given)).map((row) => [
        `${row.place} ${row.source}`,
        [row.click_count, row.clicking_customer_count, row.order_count, row.unit_count, row.net_revenue_minor],
      ]),
    );

  it("credits the last click on the same product within the days before, and nothing else", async () => {
    expect(await table(january)).toEqual({
      // Ann's two cups, 20.00 less 1.00; the click of nobody known is a click, but of no shopper.
      "product model": [2, 1, 1, 2, 1900],
      // Cay's cup a second less than seven days after her click. Ann's click on the lamp came after the order, Ben's a second too early.
      "home popular": [4, 3, 1, 1, 1000],
      "cart model": [1, 1, 0, 0, 0],
      // Ann's lamp, Ben's cup, the order of nobody known.
      "(no offer) (no offer)": [0, 0, 3, 3, 5000],
    });
    expect(await table({ ...january, lookback_days: 8 })).toMatchObject({ "home popular": [4, 3, 2, 2, 2000] });
  });

  it("says shares of all revenue and revenue a click", async () => {
    expect(await shop.query("offer-attribution", january)).toMatchObject([
      { place: "product", revenue_share_rate: 19 / 79, revenue_per_click_minor: 950 },
      { place: "home", revenue_share_rate: 10 / 79, revenue_per_click_minor: 250 },
      { place: "cart", revenue_share_rate: 0, revenue_per_click_minor: 0 },
      { place: "(no offer)", revenue_share_rate: 50 / 79, revenue_per_click_minor: null },
    ]);
  });

  it("takes a return from the offer that was credited with the sale, however long ago it was clicked", async () => {
    // Half of the discounted price of two: 10.00 less 0.50.
    expect(await table(february)).toEqual({ "product model": [0, 0, 0, 0, -950] });
  });

  it("adds up to the net revenue of the period, narrowed or not", async () => {
    for (const given of [january, february, {}, { brand: ["none"] }]) {
      const offers = await shop.query("offer-attribution", { ...given, lookback_days: 30 });
      const channels = await shop.query("revenue-by-channel", given);
      const sum = (rows: typeof offers) => rows.reduce((total, row) => total + Number(row.net_revenue_minor), 0);
      expect(sum(offers)).toBe(sum(channels));
    }
  });
});
