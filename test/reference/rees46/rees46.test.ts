import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithData, sharedData } from "../../support/shared-data.ts";
import { openTestShop, type TestShop } from "../../support/shop.ts";

const file = "rees46_multi_category/events_2019-10-01_first_hours.csv.gz";

describeWithData(file, "REES46 sample of 2019-10-01 (counts computed from the file by an independent script)", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ currency: "USD" });
    await shop.load([sharedData(file)]);
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
});
