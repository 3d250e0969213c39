import { afterEach, beforeEach, expect, it } from "vitest";
import { describeStores, ledgerDifferences } from "./shops.ts";
import { checkoutOf, openStoreApi, password, type StoreApi, secretIn } from "./store-api.ts";

describeStores("the store's API", (shop) => {
  let api: StoreApi;
  beforeEach(async () => {
    api = await openStoreApi(shop(), { callbackSecret: "a key" });
  });
  afterEach(async () => await api.close());

  it("signs up, out and in by cookie, keeps secrets as hashes only, and refuses a wrong password", async () => {
    const bea = await api.signedUp("Bea@Example.com");
    expect((await bea.call("GET", "/session")).body.shopper).toMatchObject({
      email: "bea@example.com",
      is_verified: false,
    });
    expect((await bea.call("GET", "/profile")).body).toMatchObject({ point_count: 0, email: "bea@example.com" });
    const [row] = await shop().rows("select password_hash from store.customers where email = 'bea@example.com'");
    expect(String(row?.password_hash)).toMatch(/^\$argon2id\$/);
    const secret = bea.cookies.get("cartwright_shopper") ?? "";
    expect(secret).toHaveLength(43);
    const kept = await shop().rows("select encode(token_hash, 'escape') as kept from store.sign_ins");
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect((await bea.call("POST", "/sign-out")).status).toBe(204);
    expect((await bea.call("GET", "/profile")).status).toBe(401);
    const wrong = await bea.call("POST", "/sign-in", { email: "bea@example.com", password: "wrong password" });
    expect(wrong).toMatchObject({ status: 401, body: { code: "sign_in_refused" } });
    expect((await bea.call("POST", "/sign-in", { email: "BEA@example.com", password })).status).toBe(200);
    const again = await api.browser().call("POST", "/sign-up", { email: "bea@example.com", password });
    expect(again).toMatchObject({ status: 409, body: { code: "store_conflict" } });
    const weak = await api.browser().call("POST", "/sign-up", { email: "cas@example.com", password: "short" });
    expect(weak.status).toBe(400);
    expect(JSON.stringify(weak.body)).not.toContain("short");
  });

  it("refuses a browser's change without its CSRF token, and the token of another", async () => {
    const bea = await api.signedUp("bea@example.com");
    const eve = await api.signedUp("eve@example.com");
    const token = (await eve.call("GET", "/session")).body.csrf_token;
    for (const given of ["", token]) {
      const answer = await bea.call("POST", "/cart/items", { article_id: shop().hat }, { "x-csrf-token": given });
      expect(answer).toMatchObject({ status: 403, body: { code: "request_refused" } });
    }
    const foreign = await bea.call(
      "POST",
      "/cart/items",
      { article_id: shop().hat },
      { origin: "https://evil.example" },
    );
    expect(foreign.status).toBe(403);
  });

  it("verifies an address by a mailed link, once, and the guest's orders join the account", async () => {
    const guest = api.browser();
    await guest.call("POST", "/cart/items", { article_id: shop().hat });
    const placed = await guest.call("POST", "/checkout", checkoutOf({ email: "Bea@example.com" }));
    expect(placed).toMatchObject({ status: 200, body: { status: "paid", total_minor: 1000 } });
    const bea = await api.signedUp("bea@example.com");
    expect((await bea.call("GET", "/orders")).body.rows).toEqual([]);
    const secret = secretIn(api.mails);
    expect((await bea.call("POST", "/verify", { token: secret })).body).toEqual({
      email: "bea@example.com",
      claimed_order_count: 1,
    });
    expect((await bea.call("POST", "/verify", { token: secret })).status).toBe(422);
    expect((await bea.call("GET", "/orders")).body.rows).toMatchObject([{ order_id: placed.body.order_id }]);
  });

  it("resets a password by a mailed link, signs every browser out, and tells no one who is registered", async () => {
    const bea = await api.signedUp("bea@example.com");
    const [known, unknown] = [api.browser(), api.browser()];
    const one = await known.call("POST", "/reset", { email: "bea@example.com" });
    const mailCount = api.mails.length;
    expect(await unknown.call("POST", "/reset", { email: "nobody@example.com" })).toEqual(one);
    expect(api.mails).toHaveLength(mailCount);
    const change = { token: secretIn(api.mails), password: "another long password" };
    expect((await known.call("POST", "/reset/confirm", change)).status).toBe(204);
    expect((await known.call("POST", "/reset/confirm", change)).status).toBe(422);
    expect((await bea.call("GET", "/profile")).status).toBe(401);
    expect((await known.call("POST", "/sign-in", { email: "bea@example.com", password })).status).toBe(401);
    const { email } = { email: "bea@example.com" };
    expect((await known.call("POST", "/sign-in", { email, password: change.password })).status).toBe(200);
  });

  it("keeps a guest's cart by cookie and joins it to the customer's at sign-in, the larger quantity counting", async () => {
    const { hat, scarf } = shop();
    const bea = await api.signedUp("bea@example.com");
    await bea.call("POST", "/cart/items", { article_id: hat, quantity: 1 });
    await bea.call("POST", "/sign-out");
    await bea.call("POST", "/cart/items", { article_id: hat, quantity: 3 });
    const guest = await bea.call("POST", "/cart/items", { article_id: scarf, quantity: 2 });
    expect(guest.body).toMatchObject({ unit_count: 5, subtotal_minor: 3 * 1000 + 2 * 333 });
    await bea.call("POST", "/sign-in", { email: "bea@example.com", password });
    expect((await bea.call("GET", "/cart")).body).toMatchObject({ unit_count: 5, subtotal_minor: 3666 });
    expect((await bea.call("PUT", `/cart/items/${hat}`, { quantity: 1 })).body.unit_count).toBe(3);
    expect((await bea.call("DELETE", `/cart/items/${scarf}`)).body.unit_count).toBe(1);
    expect((await bea.call("PUT", `/cart/items/${hat}`, { quantity: 11 })).body.code).toBe("store_refused");
  });

  it("orders once for a key, for a guest too, whose order is shown by its token only", async () => {
    const guest = api.browser();
    await guest.call("POST", "/cart/items", { article_id: shop().hat, quantity: 2 });
    const cookies = new Map(guest.cookies);
    const checkout = checkoutOf({ email: "guest@example.com" });
    const placed = await guest.call("POST", "/checkout", checkout);
    // The answer was lost: the browser still has the old cookie and sends the same again.
    guest.cookies.clear();
    for (const [name, value] of cookies) guest.cookies.set(name, value);
    await guest.call("GET", "/session");
    const again = await guest.call("POST", "/checkout", checkout);
    expect(again.body.order_id).toBe(placed.body.order_id);
    expect(await shop().value("select count(*) from store.orders")).toBe(1);
    expect(await shop().value("select count(*) from store.payments")).toBe(1);
    const path = `/orders/${placed.body.order_id}`;
    const shown = await guest.call("GET", path, undefined, { "x-order-token": placed.body.order_token });
    expect(shown.body).toMatchObject({ status: "paid", lines: [{ quantity: 2 }], payments: [{ status: "succeeded" }] });
    for (const token of ["", "x", placed.body.order_token.slice(1)])
      expect((await guest.call("GET", path, undefined, { "x-order-token": token })).status).toBe(404);
    await guest.call("POST", "/cart/items", { article_id: shop().hat });
    expect((await guest.call("GET", "/cart")).body.unit_count).toBe(1);
  });

  it("leaves an order unpaid when the provider fails, is silent or late, and takes its word by a signed callback", async () => {
    const bea = await api.signedUp("bea@example.com");
    const order = async (method: string) => {
      await bea.call("POST", "/cart/items", { article_id: shop().hat });
      return (await bea.call("POST", "/checkout", checkoutOf({ method }))).body;
    };
    const failed = await order("test-fails");
    expect(failed).toMatchObject({ status: "created", payments: [{ status: "failed" }] });
    const paid = await bea.call("POST", `/orders/${failed.order_id}/pay`, { method: "card" });
    expect(paid.body).toMatchObject({ status: "paid", payments: [{ status: "failed" }, { status: "succeeded" }] });
    const silent = await order("test-times-out");
    expect(silent).toMatchObject({ status: "created", payments: [{ status: "pending" }] });
    const payment = silent.payments[0].payment_id;
    const { createHmac } = await import("node:crypto");
    const callback = { status: "succeeded", reference: "late-1" };
    const signature = createHmac("sha256", "a key").update(`${payment}.succeeded.late-1`).digest("hex");
    const path = `/payments/${payment}/callback`;
    const provider = api.browser();
    expect((await provider.call("POST", path, callback)).status).toBe(403);
    expect((await provider.call("POST", path, callback, { "x-signature": signature.replace(/./, "z") })).status).toBe(
      403,
    );
    expect((await provider.call("POST", path, callback, { "x-signature": signature })).status).toBe(204);
    expect((await provider.call("POST", path, callback, { "x-signature": signature })).status).toBe(204);
    expect((await bea.call("GET", `/orders/${silent.order_id}`)).body.status).toBe("paid");
    const cancelled = await bea.call("POST", `/orders/${silent.order_id}/cancel`, { reason: "changed my mind" });
    expect(cancelled.body).toMatchObject({ status: "cancelled" });
    expect(await shop().rows(ledgerDifferences)).toEqual([]);
  });

  it("searches names by words and with a typing error, filters, counts facets and pages without loss or repetition", async () => {
    const { store } = shop();
    await store.saveCategory("jackets", "Jackets", "clothes");
    for (let number = 0; number < 25; number += 1) {
      await store.saveArticle({
        sku: `jacket-${number}`,
        name: `Denim jacket ${number}`,
        category: "jackets",
        price_minor: 4000 + (number % 3),
        brand: number % 2 === 0 ? "North" : "South",
      });
    }
    const guest = api.browser();
    const get = async (path: string) => (await guest.call("GET", path)).body;
    expect((await get("/catalogue?q=denim%20jackets&limit=100")).rows).toHaveLength(25);
    expect((await get("/catalogue?q=denmi%20jaket&limit=100")).rows).toHaveLength(25);
    expect((await get("/catalogue?q=zzzzqqq")).rows).toEqual([]);
    expect((await get("/catalogue?category=clothes&limit=100")).rows).toHaveLength(28);
    expect((await get("/catalogue?q=jacket&brand=North&most_price_minor=4000&limit=100")).rows).toHaveLength(5);
    const facets = await get("/catalogue/facets?q=jacket");
    expect(facets).toMatchObject({ article_count: 25, least_price_minor: 4000, greatest_price_minor: 4002 });
    expect(facets.rows.filter((row: { facet: string }) => row.facet === "brand")).toEqual([
      { facet: "brand", value: "North", label: "North", article_count: 13 },
      { facet: "brand", value: "South", label: "South", article_count: 12 },
    ]);
    for (const sort of ["relevance&q=jacket", "newest", "price_up", "price_down"]) {
      const seen: { article_id: number; price_minor: number }[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page = await get(`/catalogue?sort=${sort}&category=jackets&limit=4${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.rows);
        cursor = page.next_cursor;
      }
      expect(new Set(seen.map((row) => row.article_id)).size, sort).toBe(25);
      expect(seen, sort).toHaveLength(25);
      const prices = seen.map((row) => row.price_minor);
      if (sort === "price_up") expect(prices).toEqual([...prices].sort((a, b) => a - b));
      if (sort === "price_down") expect(prices).toEqual([...prices].sort((a, b) => b - a));
    }
    expect((await get("/catalogue?cursor=abc")).code).toBe("invalid_parameter");
  });

  it("logs the funnel by itself, and takes no forged purchase from a page", async () => {
    const bea = await api.signedUp("bea@example.com");
    expect((await bea.call("PUT", "/consent", { is_given: true })).body.has_consent).toBe(true);
    await bea.call("POST", "/events", { event_type: "view", article_id: shop().hat, details: { place: "home" } });
    await bea.call("PUT", `/wishlist/${shop().hat}`);
    await bea.call("POST", `/wishlist/${shop().hat}/move`);
    await bea.call("POST", "/checkout", checkoutOf());
    const rows = await shop().rows("select event_type from store.events order by happened_at");
    expect(rows.map((row) => row.event_type)).toEqual(["view", "wishlist_add", "cart_add", "purchase"]);
    expect((await bea.call("POST", "/events", { event_type: "purchase" })).status).toBe(400);
  });

  it("shows a review once approved, verified for a buyer, and points for it", async () => {
    const { hat, store } = shop();
    const bea = await api.signedUp("bea@example.com");
    await bea.call("POST", "/cart/items", { article_id: hat });
    await bea.call("POST", "/checkout", checkoutOf());
    const made = await bea.call("POST", `/articles/${hat}/reviews`, { title: "Lovely", body: "Warm and comfortable" });
    expect(made.status).toBe(201);
    expect((await bea.call("GET", `/articles/${hat}/reviews`)).body.rows).toEqual([]);
    await store.moderateReview(made.body.review_id, true);
    expect((await bea.call("GET", `/articles/${hat}/reviews`)).body.rows).toMatchObject([
      { title: "Lovely", is_verified: true, writer: "Test" },
    ]);
    // 10.00 spent earns 10 points, the review 20.
    expect((await bea.call("GET", "/profile")).body.point_count).toBe(30);
  });
});
