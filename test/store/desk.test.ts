import { afterEach, beforeEach, expect, it } from "vitest";
import { describeStores, ledgerDifferences } from "./shops.ts";
import { checkoutOf, openStoreApi, type StoreApi } from "./store-api.ts";

describeStores("the store's desk", (shop) => {
  let api: StoreApi;
  beforeEach(async () => {
    api = await openStoreApi(shop());
  });
  afterEach(async () => await api.close());
  const admin = (method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: unknown) =>
    api.as("admin", method, `/desk${path}`, body);

  it("sets stock of one, of many and from a CSV; a line that does not fit changes nothing and is named", async () => {
    const { hat, rows } = shop();
    expect((await admin("PUT", `/articles/${hat}/stock`, { stock: 4, note: "counted" })).body).toEqual({
      stock_quantity: 4,
    });
    const many = {
      stocks: [
        { sku: "hat", stock: 5 },
        { sku: "coat", stock: 2 },
      ],
    };
    expect((await admin("POST", "/stock", many)).body).toEqual({ changed_count: 1 });
    const csv = async (body: string) =>
      await api.server.inject({
        method: "POST",
        url: "/api/v1/store/desk/stock/csv",
        headers: { "content-type": "text/csv", authorization: await bearer() },
        payload: body,
      });
    expect((await csv("sku,stock\r\nhat,6\r\nscarf,7\r\n")).json()).toEqual({ changed_count: 2 });
    for (const [body, word] of [
      ["sku,stock\nhat,8\nscarf,-1\n", "line 3"],
      ["sku,stock\nhat,8\nglove,1\n", "glove"],
      ["name\nhat\n", "line 2"],
      ['sku,stock\n"hat,8\n', "cannot be read"],
    ] as const) {
      const refused = await csv(body);
      expect([400, 404]).toContain(refused.statusCode);
      expect(refused.json().detail).toContain(word);
    }
    expect(await rows("select sku, stock_quantity from store.articles order by sku")).toEqual([
      { sku: "coat", stock_quantity: 2 },
      { sku: "hat", stock_quantity: 6 },
      { sku: "scarf", stock_quantity: 7 },
    ]);
    expect(await rows(ledgerDifferences)).toEqual([]);
    expect((await admin("GET", `/articles/${hat}/movements`)).body.rows).toMatchObject([
      { quantity: 1, kind: "restock", note: "CSV" },
      { quantity: 1, kind: "restock" },
      { quantity: -6, kind: "correction", note: "counted" },
      { quantity: 10, kind: "restock" },
    ]);
  });

  async function bearer(): Promise<string> {
    await api.as("admin", "GET", "/desk/coupons");
    return `Bearer ${api.token("admin")}`;
  }

  it("changes prices at once, later, and by markdown with a preview that changes nothing", async () => {
    const { hat, scarf, value } = shop();
    const price = async (id: number) =>
      Number(await value("select price_minor from store.articles where article_id = $1", [id]));
    await admin("PUT", `/articles/${hat}/price`, { price_minor: 900, reason: "sale" });
    expect(await price(hat)).toBe(900);
    expect((await admin("GET", `/articles/${hat}/prices`)).body.rows).toMatchObject([
      { price_minor: 900, reason: "sale" },
      { price_minor: 1000 },
    ]);
    const later = { article_id: hat, price_minor: 500, starts_at: "2100-01-01T00:00:00Z" };
    const { schedule_id } = (await admin("POST", "/price-schedules", later)).body;
    expect((await admin("GET", "/price-schedules")).body.rows).toMatchObject([{ sku: "hat", price_minor: 500 }]);
    expect((await admin("DELETE", `/price-schedules/${schedule_id}`)).status).toBe(204);
    expect((await admin("DELETE", `/price-schedules/${schedule_id}`)).status).toBe(404);
    expect((await admin("POST", "/price-schedules", { ...later, starts_at: "2001-01-01T00:00:00Z" })).status).toBe(400);
    const category_id = Number(await value("select category_id from store.categories"));
    const markdown = { category_id, percentile: 1, markdown_percent: 20 };
    // Nothing sold: all are at the percentile. A fifth off 333 is 266.4, so 266.
    expect((await admin("POST", "/markdown", markdown)).body.rows).toMatchObject([
      { old_price_minor: 900, new_price_minor: 720 },
      { new_price_minor: 6399 },
      { new_price_minor: 266 },
    ]);
    expect(await price(scarf)).toBe(333);
    await admin("POST", "/markdown", { ...markdown, is_preview: false });
    expect(await price(scarf)).toBe(266);
  });

  it("saves categories and articles, and takes an article off sale", async () => {
    expect((await admin("PUT", "/categories/hats", { name: "Hats", parent: "clothes" })).status).toBe(200);
    expect((await admin("PUT", "/categories/clothes", { name: "Clothes", parent: "hats" })).body.code).toMatch(
      /^store_/,
    );
    const saved = await admin("PUT", "/articles", {
      sku: "beanie",
      name: "Beanie",
      category: "hats",
      price_minor: 700,
    });
    const path = `/articles/${saved.body.article_id}`;
    expect((await api.browser().call("GET", path)).body).toMatchObject({ category: "hats", available_quantity: 0 });
    await admin("PUT", "/articles", { sku: "beanie", is_active: false });
    expect((await api.browser().call("GET", path)).status).toBe(404);
    expect((await admin("GET", "/articles?q=bean")).body.rows).toMatchObject([{ sku: "beanie", is_active: false }]);
    expect((await admin("GET", "/articles?q=%25")).body.rows).toEqual([]);
  });

  it("ships, delivers, takes back and cancels orders, and moderates reviews", async () => {
    const { hat, scarf } = shop();
    const bea = await api.signedUp("bea@example.com");
    const order = async () => {
      await bea.call("POST", "/cart/items", { article_id: hat });
      await bea.call("POST", "/cart/items", { article_id: scarf });
      return (await bea.call("POST", "/checkout", checkoutOf())).body.order_id;
    };
    const first = await order();
    expect((await admin("POST", `/orders/${first}/deliver`)).status).toBe(409);
    expect((await admin("POST", `/orders/${first}/ship`, { tracking_code: "T1" })).status).toBe(204);
    expect((await admin("POST", `/orders/${first}/deliver`)).status).toBe(204);
    const { lines } = (await bea.call("GET", `/orders/${first}`)).body;
    const asked = { items: [{ order_item_id: lines[0].order_item_id, quantity: 1 }], reason: "too small" };
    const { return_id } = (await bea.call("POST", `/orders/${first}/returns`, asked)).body;
    expect((await admin("GET", "/returns")).body.rows).toMatchObject([{ return_id, refund_minor: 1000 }]);
    expect((await admin("POST", `/returns/${return_id}/decision`, { is_accepted: true })).status).toBe(204);
    const second = await order();
    expect((await admin("POST", `/orders/${second}/cancel`, { reason: "sold out" })).status).toBe(204);
    expect((await admin("GET", `/orders/${second}`)).body).toMatchObject({
      status: "cancelled",
      email: "bea@example.com",
      payments: [{ kind: "charge" }, { kind: "refund", status: "succeeded" }],
      log: [{ to_status: "created" }, { to_status: "paid" }, { to_status: "cancelled" }],
    });
    const listed = (await admin("GET", "/orders?limit=1")).body.rows;
    expect(listed).toMatchObject([{ order_id: second }]);
    expect((await admin("GET", `/orders?after_id=${second}`)).body.rows).toMatchObject([{ order_id: first }]);
    await bea.call("POST", `/articles/${hat}/reviews`, { body: "Too small, and it broke." });
    const [review] = (await admin("GET", "/reviews")).body.rows;
    expect((await admin("POST", `/reviews/${review.review_id}/decision`, { is_approved: false })).status).toBe(204);
    expect((await admin("GET", "/reviews")).body.rows).toEqual([]);
  });

  it("lists what to reorder, carts left behind and who is silent, and figures from the refreshed views", async () => {
    const { coat, store, connection } = shop();
    const bea = await api.signedUp("bea@example.com");
    await bea.call("POST", "/cart/items", { article_id: coat });
    await bea.call("POST", "/checkout", checkoutOf());
    await bea.call("POST", "/cart/items", { article_id: coat });
    expect((await admin("GET", "/low-stock")).body.rows).toMatchObject([{ sku: "coat", stock_quantity: 1 }]);
    await connection.query("update store.carts set last_active_at = now() - interval '2 days'");
    await store.detectAbandonedCarts(24);
    expect((await admin("GET", "/abandoned-carts")).body.rows).toMatchObject([
      { email: "bea@example.com", unit_count: 1, subtotal_minor: 7999 },
    ]);
    await connection.query("update store.customers set last_active_at = now() - interval '40 days'");
    expect((await admin("GET", "/inactive-customers?days=30")).body.rows).toHaveLength(2);
    expect((await admin("GET", "/daily-sales")).body.rows).toEqual([]);
    for (const view of ["mv_daily_sales", "mv_monthly_sales", "mv_product_demand", "mv_customer_clv", "mv_rfm"])
      expect((await admin("POST", `/views/${view}/refresh`)).body, view).toEqual({
        row_count: 1,
        seconds: expect.any(Number),
      });
    const day = {
      order_count: 1,
      customer_count: 1,
      unit_count: 1,
      gross_revenue_minor: 7999,
      net_revenue_minor: 7999,
    };
    expect((await admin("GET", "/daily-sales")).body.rows).toMatchObject([day]);
    expect((await admin("GET", "/monthly-sales")).body.rows).toMatchObject([day]);
    expect((await admin("GET", "/demand")).body.rows).toMatchObject([{ sku: "coat", recent_unit_count: 1 }]);
    expect((await admin("GET", "/rfm")).body.rows).toMatchObject([{ customer_count: 1, monetary_minor: 7999 }]);
    expect((await admin("GET", "/clv")).body.rows).toMatchObject([{ order_count: 1, net_revenue_minor: 7999 }]);
    expect((await admin("POST", "/views/pg_class/refresh")).status).toBe(400);
  });
});
