import { expect, it } from "vitest";
import { address, describeStores, ledgerDifferences } from "./shops.ts";

describeStores("shopping", (shop) => {
  it("keeps what a cart holds from others until the reservation ends", async () => {
    const { store, coat, connection } = shop();
    const mine = await store.openCart(null, Buffer.alloc(32, 1));
    const theirs = await store.openCart(null, Buffer.alloc(32, 2));
    expect(await store.addToCart(mine, coat, 2)).toBe(2);
    expect(await store.availableQuantity(coat, mine)).toBe(2);
    await expect(store.addToCart(theirs, coat, 1)).rejects.toThrow("0 available, and 1 are wanted");
    await connection.query("update store.reservations set expires_at = now() - interval '1 second'");
    expect(await store.addToCart(theirs, coat, 1)).toBe(1);
    expect(await store.removeFromCart(theirs, coat)).toBe(0);
    expect(await store.availableQuantity(coat)).toBe(2);
  });

  it("merges the cart of a guest who signs in, the larger quantity counting", async () => {
    const { store, hat, scarf, customer, rows } = shop();
    const token = Buffer.alloc(32, 7);
    const guest = await store.openCart(null, token);
    expect(await store.openCart(null, token)).toBe(guest);
    await store.addToCart(guest, hat, 3);
    await store.addToCart(guest, scarf, 1);
    const own = await store.openCart(customer, null);
    await store.addToCart(own, hat, 1);
    expect(await store.openCart(customer, token)).toBe(own);
    expect(await rows("select article_id, quantity from store.cart_items order by article_id")).toEqual([
      { article_id: hat, quantity: 3 },
      { article_id: scarf, quantity: 1 },
    ]);
  });

  it("keeps a wishlist, moves from it to the cart, and writes of lower prices and new stock", async () => {
    const { store, hat, coat, customer, rows } = shop();
    expect(await store.addToWishlist(customer, coat)).toBe(true);
    expect(await store.addToWishlist(customer, coat)).toBe(false);
    await store.updatePrice(coat, 6000, "sale");
    await store.updatePrice(coat, 7000);
    await store.updateStock(coat, 0);
    await store.updateStock(coat, 3);
    expect((await rows("select template from store.mails order by mail_id")).map((row) => row.template)).toEqual([
      "wishlist_added",
      "price_drop",
      "back_in_stock",
    ]);
    const cart = await store.moveWishlistToCart(customer, coat);
    expect(await rows("select cart_id, article_id, quantity from store.cart_items")).toEqual([
      { cart_id: cart, article_id: coat, quantity: 1 },
    ]);
    await expect(store.moveWishlistToCart(customer, hat)).rejects.toThrow("is not on the wishlist");
    expect(
      await rows("select price_minor, reason from store.price_history where article_id = $1 order by valid_from", [
        coat,
      ]),
    ).toEqual([
      { price_minor: 7999, reason: "" },
      { price_minor: 6000, reason: "sale" },
      { price_minor: 7000, reason: "" },
    ]);
  });

  it("finds carts left alone for a day, once, and writes to nobody by itself", async () => {
    const { store, hat, customer, connection, value } = shop();
    const known = await store.openCart(customer, null);
    const unknown = await store.openCart(null, Buffer.alloc(32, 3));
    await store.openCart(null, Buffer.alloc(32, 4));
    for (const cart of [known, unknown]) await store.addToCart(cart, hat, 1);
    expect(await store.detectAbandonedCarts(24)).toBe(0);
    await connection.query("update store.carts set last_active_at = now() - interval '25 hours'");
    expect(await store.detectAbandonedCarts(24)).toBe(2);
    expect(await store.detectAbandonedCarts(24)).toBe(0);
    expect(await value("select count(*) from store.mails where template = 'abandoned_cart'")).toBe(0);
    await store.addToCart(known, hat, 1);
    expect(await value("select count(*) from store.carts where abandoned_at is not null")).toBe(1);
  });

  it("refuses categories below themselves, negative stock, unknown SKUs; all of a bulk change or nothing", async () => {
    const { store, hat, value, rows } = shop();
    await store.saveCategory("knit", "Knitwear", "clothes");
    await store.saveCategory("hats", "Hats", "knit");
    await expect(store.saveCategory("clothes", "Clothes", "hats")).rejects.toThrow("one of its own descendants");
    await expect(store.updateStock(hat, -1)).rejects.toThrow("0 or more, got -1");
    await expect(
      store.bulkUpdateStock([
        { sku: "hat", stock: 50 },
        { sku: "nothing", stock: 1 },
      ]),
    ).rejects.toThrow("SKU nothing");
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(10);
    expect(
      await store.bulkUpdateStock(
        [
          { sku: "hat", stock: 50 },
          { sku: "coat", stock: 2 },
        ],
        "count",
      ),
    ).toBe(1);
    expect(
      await rows("select quantity, kind, note from store.stock_movements where article_id = $1 order by movement_id", [
        hat,
      ]),
    ).toEqual([
      { quantity: 10, kind: "restock", note: "first delivery" },
      { quantity: 40, kind: "restock", note: "count" },
    ]);
    expect(await rows(ledgerDifferences)).toEqual([]);
  });

  it("marks down what sells least, after showing what it would do, and never below cost unless told to", async () => {
    const { store, hat, coat, scarf, customer, rows, value } = shop();
    await store.saveArticle({ sku: "coat", cost_minor: 7000 });
    const cart = await store.openCart(customer, null);
    await store.addToCart(cart, hat, 5);
    const placed = await store.processCheckout({ cartId: cart, customerId: customer, key: "markdown-1", address });
    await store.settlePayment(placed.paymentId, "succeeded");
    const category = Number(await value("select category_id from store.categories"));
    const markdown = { categoryId: category, percentile: 0.5, markdownPercent: 20 };
    const preview = await store.adjustPrices(markdown);
    expect(preview.map((row) => [row.article_id, Number(row.old_price_minor), Number(row.new_price_minor)])).toEqual([
      [coat, 7999, 7000],
      [scarf, 333, 266],
    ]);
    expect(await value("select price_minor from store.articles where article_id = $1", [coat])).toBe(7999);
    await store.adjustPrices({ ...markdown, isPreview: false });
    expect(
      (await rows("select price_minor from store.articles order by article_id")).map((row) => row.price_minor),
    ).toEqual([1000, 7000, 266]);
  });

  it("hears praise and complaint, negation and emphasis, and suggests stars", async () => {
    const { store } = shop();
    const heard = await Promise.all(
      [
        "I love it, great quality and very soft",
        "not good, it broke",
        "a blue coat",
        "Terrible. I hate it",
        "good",
        "very good",
      ].map((text) => store.analyzeSentiment(text)),
    );
    const [praise, turned, nothing, complaint, good, veryGood] = heard as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    expect(praise).toBeGreaterThan(0.6);
    expect(turned).toBeLessThan(-0.2);
    expect(nothing).toBe(0);
    expect(complaint).toBeLessThan(-0.6);
    expect(veryGood).toBeGreaterThan(good);
    // One word of weight 2: 2 / sqrt(4 + 15).
    expect(good).toBeCloseTo(2 / Math.sqrt(19), 3);
  });

  it("takes reviews, verified for buyers only, moderated before they are shown", async () => {
    const { store, hat, customer, rows, value } = shop();
    await expect(store.insertReview(customer, hat, 6, "", "x")).rejects.toThrow("1 to 5 stars, got 6");
    const first = await store.insertReview(customer, hat, null, "Love it", "Great hat, so soft and warm");
    expect(await rows("select rating, suggested_rating, is_verified, status from store.reviews")).toEqual([
      { rating: 5, suggested_rating: 5, is_verified: false, status: "pending" },
    ]);
    const cart = await store.openCart(customer, null);
    await store.addToCart(cart, hat, 1);
    const placed = await store.processCheckout({ cartId: cart, customerId: customer, key: "review-order", address });
    await store.settlePayment(placed.paymentId, "succeeded");
    expect(await store.insertReview(customer, hat, 2, "Hm", "It is okay")).toBe(first);
    expect(await value("select is_verified from store.reviews")).toBe(true);
    await store.moderateReview(first, true);
    expect(await value("select review_count from store.v_review_sentiment")).toBe(1);
  });

  it("writes events into their month, once for an id, and keeps who acts active", async () => {
    const { store, hat, customer, connection, rows, value } = shop();
    await store.ensureEventPartition("2026-03-15");
    await store.ensureEventPartition("2026-03-31");
    await connection.query("update store.customers set is_active = false, last_active_at = now() - interval '2 years'");
    const event = {
      event_id: "6f1c2c0e-0000-4000-8000-000000000001",
      happened_at: "2026-03-31T23:59:59Z",
      event_type: "view",
      visitor_id: "v1",
      session_id: "s1",
      customer_id: customer,
      article_id: hat,
    };
    await store.logEvent(event);
    await store.logEvent(event);
    expect(await rows("select tableoid::regclass::text as place, price_minor from store.events")).toEqual([
      { place: "store.events_2026_03", price_minor: 1000 },
    ]);
    expect(await value("select is_active from store.customers where customer_id = $1", [customer])).toBe(true);
    await expect(store.logEvent({ ...event, event_type: "shout" })).rejects.toThrow("check constraint");
    expect(await store.markInactiveCustomers(365)).toBe(0);
  });

  it("sends each changed thing once in a delivery, the same delivery until it is confirmed", async () => {
    const { store, hat, rows, value } = shop();
    await store.updatePrice(hat, 1100);
    await store.updatePrice(hat, 1200);
    expect(
      await value("select count(*) from store.outbox where topic = 'article' and subject_id = $1", [String(hat)]),
    ).toBe(1);
    const delivery = await store.claimDelivery();
    await store.updatePrice(hat, 1300);
    expect(await store.claimDelivery()).toBe(delivery);
    await store.confirmDelivery(Number(delivery));
    await store.confirmDelivery(Number(delivery));
    const next = await store.claimDelivery();
    expect(next).not.toBe(delivery);
    expect(await rows("select topic, subject_id from store.outbox")).toEqual([
      { topic: "article", subject_id: String(hat) },
    ]);
    await store.confirmDelivery(Number(next));
    expect(await store.claimDelivery()).toBe(null);
  });
});
