/** One customer from every side, as the desk sees them; expected values are computed by hand. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeStores } from "./shops.ts";
import { checkoutOf, openStoreApi, type StoreApi } from "./store-api.ts";

describeStores("the desk's customers", (shop) => {
  let api: StoreApi;
  let asked: string[];
  const scores = { propensity_rate: 0.25, churn_rate: null, clv_minor: 12_345 };
  beforeEach(async () => {
    asked = [];
    api = await openStoreApi(shop(), {
      scores: async (customerId) => {
        asked.push(customerId);
        return scores;
      },
    });
  });
  afterEach(async () => await api.close());
  const desk = async (path: string) => await api.as("analyst", "GET", `/desk${path}`);

  it("are found by letters of address or name, and shown with all that is theirs and nothing that is another's", async () => {
    const { store, hat, scarf } = shop();
    const bea = await api.signedUp("bea@example.com");
    await bea.call("PATCH", "/profile", { name: "Bea Under_score" });
    await bea.call("POST", "/cart/items", { article_id: hat, quantity: 2 });
    const { order_id } = (await bea.call("POST", "/checkout", checkoutOf())).body;
    await store.shipOrder(order_id, "T1");
    const [line] = (await bea.call("GET", `/orders/${order_id}`)).body.lines;
    await bea.call("POST", `/orders/${order_id}/returns`, {
      items: [{ order_item_id: line.order_item_id, quantity: 1 }],
    });
    await bea.call("POST", `/articles/${hat}/reviews`, { rating: 4, body: "Warm" });
    await bea.call("POST", "/cart/items", { article_id: scarf, quantity: 3 });
    const other = await api.signedUp("other@example.com");
    await other.call("POST", "/cart/items", { article_id: scarf });

    const found = (await desk("/customers?q=BEA@")).body.rows;
    expect(found).toMatchObject([
      { email: "bea@example.com", is_registered: true, order_count: 1, revenue_minor: 2000 },
    ]);
    // A letter that SQL takes for any other is only itself.
    expect((await desk("/customers?q=under_score")).body.rows).toHaveLength(1);
    expect((await desk("/customers?q=under-score")).body.rows).toHaveLength(0);
    expect((await desk("/customers")).body.rows.length).toBeGreaterThanOrEqual(3);

    const { body } = await desk(`/customers/${found[0].customer_id}`);
    expect(asked).toEqual([`S-${found[0].customer_id}`]);
    expect(body).toMatchObject({ email: "bea@example.com", accepts_mail: false, is_verified: false, scores });
    expect(body.orders).toMatchObject([{ order_id, status: "shipped" }]);
    expect(
      body.carts.map((cart: { status: string; subtotal_minor: number }) => [cart.status, cart.subtotal_minor]),
    ).toEqual([
      ["open", 999],
      ["ordered", 2000],
    ]);
    expect(body.returns).toMatchObject([{ order_id, status: "requested", unit_count: 1, refund_minor: 1000 }]);
    expect(body.reviews).toMatchObject([{ article_name: "The hat", rating: 4, status: "pending" }]);
    const sum = body.points.reduce((total: number, entry: { points: number }) => total + entry.points, 0);
    expect(body.point_count).toBe(sum);
    expect(body.mails.map((mail: { template: string }) => mail.template)).toEqual([
      "order_shipped",
      "order_confirmation",
    ]);
    expect((await desk("/customers/999999")).status).toBe(404);
    expect((await api.as("viewer", "GET", "/desk/customers")).status).toBe(403);
  });
});
