import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../support/shop.ts";

const file = fileURLToPath(new URL("./events_2019-10-01_first_hours.csv.gz", import.meta.url));

describe("REES46 sample of 2019-10-01 (counts computed from the file by an independent script)", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ currency: "USD" });
    await shop.load([file]);
  });
  afterAll(async () => await shop.close());

  it("has 17,434 events: 17,055 views, 165 cart additions, 214 purchases", async () => {
    const rows = await shop.sql(
      "select event_type, count() as event_count from fct_events group by event_type order by event_type",
    );
    expect(rows).toEqual([
      { event_type: "view", event_count: "17055" },
      { event_type: "cart_add", event_count: "165" },
      { event_type: "purchase", event_count: "214" },
    ]);
  });

  it("has 4,504 visitors, 5,066 sessions, 200 orders and revenue of 59,442.63", async () => {
    const [row] = await shop.query("kpi-summary");
    expect(row).toMatchObject({
      event_count: 17434,
      visitor_count: 4504,
      session_count: 5066,
      order_count: 200,
      customer_count: 193,
      net_revenue_minor: 5944263,
    });
  });

  it("has 211 order lines and 6,493 products", async () => {
    const [row] = await shop.sql(
      "select (select count() from fct_order_lines) as lines, (select count() from dim_product) as products",
    );
    expect(row).toEqual({ lines: "211", products: "6493" });
  });

  it("has 118 sessions with a cart addition, 200 with a purchase, 65 with view, cart and purchase", async () => {
    const [row] = await shop.sql(`
      select countIf(view_count > 0) as viewing, countIf(cart_count > 0) as adding, countIf(purchase_count > 0) as buying,
        countIf(view_count > 0 and cart_count > 0 and purchase_count > 0) as doing_all, max(event_count) as longest
      from fct_sessions`);
    expect(row).toEqual({ viewing: "5066", adding: "118", buying: "200", doing_all: "65", longest: 51 });
  });

  it.each([
    { order: "any", counts: [5066, 118, 200] },
    { order: "all", counts: [5066, 118, 65] },
    { order: "ordered", counts: [5066, 118, 65] },
  ])("has a funnel of sessions of $counts with order $order", async ({ order, counts }) => {
    const rows = await shop.query("funnel", { order });
    expect(rows.map((row) => row.entity_count)).toEqual(counts);
  });

  it("has 111 customers who add to the cart and 193 who buy", async () => {
    const rows = await shop.query("funnel", { basis: "customers", order: "any" });
    expect(rows.map((row) => row.entity_count)).toEqual([4504, 111, 193]);
  });

  it("has sessions of 3.441 events in the mean, 2 in the median and 51 at most", async () => {
    const columns = await shop.query("data-quality", { table: "fct_sessions" });
    const events = columns.find((column) => column.column_name === "event_count");
    expect(events).toMatchObject({ median: 2, maximum: 51, mean: expect.closeTo(3.441, 3) });
  });

  it("has sessions of buyers and others that add up", async () => {
    const rows = await shop.query("session-comparison");
    expect(rows.map((row) => [row.segment, row.session_count])).toEqual([
      ["purchaser", 200],
      ["non_purchaser", 4866],
    ]);
  });

  it("has products whose views, cart additions and purchases add up to the events", async () => {
    const rows = await shop.query("product-conversion", { min_views: 0, limit: 10_000 });
    const total = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
    expect([rows.length, total("view_count"), total("cart_count"), total("purchase_count")]).toEqual([
      6493, 17055, 165, 214,
    ]);
  });
});
