/** What the storefront's pages ask for beyond cart and checkout. Expected values are computed by hand. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeStores } from "./shops.ts";
import { checkoutOf, openStoreApi, type StoreApi } from "./store-api.ts";

describeStores("the storefront's questions", (shop) => {
  let api: StoreApi;
  let skus: readonly string[] | null;
  let asked: { history: readonly string[]; bought: readonly string[] }[];
  beforeEach(async () => {
    skus = null;
    asked = [];
    const recommend = async (history: readonly string[], bought: ReadonlySet<string>) => {
      asked.push({ history, bought: [...bought] });
      return skus;
    };
    api = await openStoreApi(shop(), { recommend });
  });
  afterEach(async () => await api.close());
  const names = (answer: { body: { rows: { sku: string }[] } }) => answer.body.rows.map((row) => row.sku);

  it("quote the cart as the order will come to, coupon, shipping and tax, and count no use of the coupon", async () => {
    const { store, hat } = shop();
    await store.configure({ shipping_minor: 495, tax_rate: 0.2 });
    await store.saveCoupon({ code: "TENTH", kind: "percent", value: 10, mostUses: 1 });
    const guest = api.browser();
    await guest.call("POST", "/cart/items", { article_id: hat, quantity: 3 });
    // 3,000 less 300, shipping 495, tax a fifth of 3,195.
    const sums = { subtotal_minor: 3000, discount_minor: 300, shipping_minor: 495, tax_minor: 639, total_minor: 3834 };
    expect((await guest.call("GET", "/cart/quote?coupon=tenth")).body).toEqual(sums);
    expect((await guest.call("GET", "/cart/quote?coupon=tenth")).status).toBe(200);
    expect((await guest.call("GET", "/cart/quote?coupon=none")).status).toBe(422);
    const placed = await guest.call("POST", "/checkout", checkoutOf({ email: "g@example.com", coupon: "TENTH" }));
    expect(placed.body.total_minor).toBe(3834);
    expect((await guest.call("GET", "/cart/quote")).body).toMatchObject({ subtotal_minor: 0, total_minor: 0 });
    await guest.call("POST", "/cart/items", { article_id: hat });
    expect((await guest.call("GET", "/cart/quote?coupon=TENTH")).body.detail).toMatch(/used up/);
  });

  it("give a guest whose answer was lost the same order again", async () => {
    const guest = api.browser();
    await guest.call("POST", "/cart/items", { article_id: shop().hat });
    const order = checkoutOf({ email: "g@example.com" });
    const first = await guest.call("POST", "/checkout", order);
    const again = await guest.call("POST", "/checkout", order);
    expect(again.body).toMatchObject({ order_id: first.body.order_id, status: "paid" });
    await guest.call("POST", "/cart/items", { article_id: shop().hat });
    const next = await guest.call("POST", "/checkout", checkoutOf({ email: "g@example.com" }));
    expect(next.body.order_id).not.toBe(first.body.order_id);
    // The token of one order opens no other.
    const headers = { "x-order-token": first.body.order_token };
    expect((await guest.call("GET", `/orders/${first.body.order_id}`, undefined, headers)).status).toBe(200);
    expect((await guest.call("GET", `/orders/${next.body.order_id}`, undefined, headers)).status).toBe(404);
  });

  it("say how many of a line this cart may have when others have taken the rest", async () => {
    const [one, other] = [api.browser(), api.browser()];
    await one.call("POST", "/cart/items", { article_id: shop().coat, quantity: 2 });
    expect((await one.call("GET", "/cart")).body.rows).toMatchObject([{ available_quantity: 2, is_available: true }]);
    expect((await other.call("POST", "/cart/items", { article_id: shop().coat })).status).toBe(422);
    await shop().rows("update store.reservations set expires_at = now() - interval '1 second'");
    await other.call("POST", "/cart/items", { article_id: shop().coat });
    expect((await one.call("GET", "/cart")).body.rows).toMatchObject([
      { available_quantity: 1, is_available: false, quantity: 2, kept_until: null },
    ]);
  });

  it("offer the model's articles when it answers, without what is sold out, and the store's own when it does not", async () => {
    const { store, hat, coat, connection } = shop();
    for (const sku of ["cap", "bonnet", "beret", "helmet"]) {
      const id = await store.saveArticle({
        sku,
        name: sku,
        category: "clothes",
        price_minor: 1200,
        product_type: "Hat",
      });
      await store.updateStock(id, sku === "helmet" ? 0 : 5);
    }
    await store.saveArticle({ sku: "hat", product_type: "Hat" });
    const guest = api.browser();
    const offers = async (query: string) => (await guest.call("GET", `/offers?${query}`)).body;
    expect((await offers("place=home")).source).toBe("popular");
    const similar = await offers(`place=product&article_id=${hat}`);
    expect(similar.source).toBe("similar");
    expect(similar.rows.map((row: { sku: string }) => row.sku)).toEqual(["cap", "bonnet", "beret", "scarf", "coat"]);
    expect((await guest.call("GET", "/offers?place=product")).status).toBe(400);

    skus = ["helmet", "coat", "unknown", "beret", "scarf", "hat"];
    const home = await offers("place=home&limit=4");
    expect(home.source).toBe("model");
    expect(home.rows.map((row: { sku: string }) => row.sku)).toEqual(["coat", "beret", "scarf", "hat"]);
    await guest.call("POST", "/cart/items", { article_id: coat });
    const cart = await offers("place=cart&limit=3");
    expect(cart).toMatchObject({ source: "model", rows: [{ sku: "beret" }, { sku: "scarf" }, { sku: "hat" }] });
    expect(asked.at(-1)).toEqual({ history: ["coat"], bought: [] });
    await guest.call("POST", "/cart/items", { article_id: hat });
    await offers("place=cart");
    expect(asked.at(-1)?.history, "the whole cart").toEqual(["coat", "hat"]);
    await connection.query("select store.refresh_view('mv_product_demand')");
    expect(names(await guest.call("GET", "/trending?limit=3"))).toHaveLength(3);
  });

  it("ask the model with what a shopper who agreed has touched and bought, the newest last", async () => {
    const { store, hat, coat, rows } = shop();
    const scarf = Number((await rows("select article_id from store.articles where sku = 'scarf'"))[0]?.article_id);
    const shopper = api.browser();
    const home = async () => {
      await shopper.call("GET", "/offers?place=home");
      return asked.at(-1);
    };
    const view = async (article_id: number) =>
      await shopper.call("POST", "/events", { event_type: "view", article_id }, { "x-visit-id": "visit-1" });
    await view(hat);
    expect(await home(), "nobody is asked for who has not agreed").toEqual({ history: [], bought: [] });
    await shopper.call("PUT", "/consent", { is_given: true });
    for (const article of [coat, hat, coat]) await view(article);
    expect(await home()).toEqual({ history: ["hat", "coat"], bought: [] });

    const account = { email: "eve@example.com", name: "Eve", password: "correct horse battery" };
    expect((await shopper.call("POST", "/sign-up", account)).status).toBe(201);
    expect((await home())?.history, "whoever signs in begins as a new visitor").toEqual([]);
    await view(hat);
    await store.updateStock(scarf, 5);
    await shopper.call("POST", "/cart/items", { article_id: scarf });
    await shopper.call("POST", "/checkout", checkoutOf({ email: "eve@example.com" }));
    const had = await home();
    expect(had).toEqual({ history: ["hat", "scarf"], bought: ["scarf"] });
  });

  it("log nothing before a shopper agrees or after they take it back, and keep a visit together", async () => {
    const { hat, rows } = shop();
    const guest = api.browser();
    const visit = { "x-visit-id": "visit-1" };
    const view = { event_type: "view", article_id: hat };
    expect((await guest.call("GET", "/session")).body.has_consent).toBe(null);
    expect((await guest.call("POST", "/events", view, visit)).body).toEqual({ event_id: null });
    await guest.call("POST", "/cart/items", { article_id: hat }, visit);
    expect(await rows("select event_id from store.events")).toEqual([]);
    await guest.call("PUT", "/consent", { is_given: true });
    await guest.call("POST", "/events", view, visit);
    await guest.call("POST", "/cart/items", { article_id: hat }, visit);
    const logged = await rows("select event_type, session_id, visitor_id from store.events order by happened_at");
    expect(logged).toMatchObject([
      { event_type: "view", session_id: "visit-1" },
      { event_type: "cart_add", session_id: "visit-1", visitor_id: logged[0]?.visitor_id },
    ]);
    await guest.call("PUT", "/consent", { is_given: false });
    await guest.call("POST", "/events", view, visit);
    expect(await rows("select event_id from store.events")).toHaveLength(2);
  });

  it("sum up a shopper's orders after returns, and their reviews with what became of them", async () => {
    const { store, hat, scarf } = shop();
    await store.saveArticle({ sku: "scarf", product_type: "Scarf" });
    const bea = await api.signedUp("bea@example.com");
    expect((await bea.call("GET", "/statistics")).body).toMatchObject({
      order_count: 0,
      spent_minor: 0,
      average_order_minor: null,
    });
    await bea.call("POST", "/cart/items", { article_id: hat, quantity: 2 });
    await bea.call("POST", "/cart/items", { article_id: scarf, quantity: 3 });
    const { order_id } = (await bea.call("POST", "/checkout", checkoutOf())).body;
    await store.shipOrder(order_id, "T1");
    const [line] = (await bea.call("GET", `/orders/${order_id}`)).body.lines;
    await bea.call("POST", `/orders/${order_id}/returns`, {
      items: [{ order_item_id: line.order_item_id, quantity: 1 }],
    });
    expect((await bea.call("GET", `/orders/${order_id}`)).body.lines[0]).toMatchObject({
      requested_quantity: 1,
      returned_quantity: 0,
    });
    const [asked_back] = await shop().rows("select return_id from store.returns");
    await store.decideReturn(Number(asked_back?.return_id), true);
    // 2,000 + 999 less the 1,000 that came back.
    expect((await bea.call("GET", "/statistics")).body).toMatchObject({
      order_count: 1,
      unit_count: 4,
      spent_minor: 1999,
      average_order_minor: 1999,
      favourite_type: "Scarf",
    });
    expect((await bea.call("GET", "/orders")).body.rows[0].articles).toMatchObject([
      { name: "The hat" },
      { name: "The scarf" },
    ]);
    const suggestion = await bea.call("POST", "/reviews/suggestion", { body: "Terrible. It broke, a waste." });
    expect(suggestion.body.suggested_rating).toBeLessThan(3);
    const made = await bea.call("POST", `/articles/${hat}/reviews`, { rating: 4, body: "Lovely and warm" });
    expect((await bea.call("GET", "/reviews")).body.rows).toMatchObject([{ status: "pending", rating: 4 }]);
    const summary = async () => (await bea.call("GET", `/articles/${hat}/reviews/summary`)).body;
    expect(await summary()).toMatchObject({ review_count: 0, mean_rating: null });
    await store.moderateReview(made.body.review_id, true);
    expect(await summary()).toMatchObject({
      review_count: 1,
      mean_rating: 4,
      four_star_count: 1,
      verified_count: 1,
      positive_count: 1,
    });
  });

  it("tell what the shop is", async () => {
    await shop().store.configure({ free_shipping_from_minor: 5000 });
    expect((await api.browser().call("GET", "/shop")).body).toMatchObject({
      currency: "GBP",
      currency_decimals: 2,
      article_count: 3,
      free_shipping_from_minor: 5000,
      payment_methods: [{ method: "card" }, { method: "test-fails" }, { method: "test-late" }],
    });
  });
});
