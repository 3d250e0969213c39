import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { address, describeStores, ledgerDifferences, type Shop } from "./shops.ts";

const newKey = (): string => randomUUID();

async function order(shop: Shop, lines: readonly (readonly [number, number])[], coupon: string | null = null) {
  const cartId = await shop.store.openCart(shop.customer, null);
  for (const [article, quantity] of lines) await shop.store.addToCart(cartId, article, quantity);
  return await shop.store.processCheckout({ cartId, customerId: shop.customer, key: newKey(), address, coupon });
}

async function delivered(shop: Shop, lines: readonly (readonly [number, number])[], coupon: string | null = null) {
  const placed = await order(shop, lines, coupon);
  await shop.store.settlePayment(placed.paymentId, "succeeded", `ref-${placed.paymentId}`);
  await shop.store.shipOrder(placed.orderId, "TRACK1");
  await shop.store.deliverOrder(placed.orderId);
  return placed;
}

describeStores("orders", (shop) => {
  it("take stock once, at the price of the moment, and total goods, discount, shipping and tax", async () => {
    const { store, hat, scarf, rows, value } = shop();
    await store.configure({ tax_rate: 0.2, shipping_minor: 450, free_shipping_from_minor: 5000 });
    await store.saveCoupon({ code: "TEN", kind: "percent", value: 10 });
    // 2 x 1,000 + 3 x 333 = 2,999; 10 % is 299.9, so 300; shipping 450; tax 20 % of 2,699 + 450 = 629.8, so 630.
    const placed = await order(
      shop(),
      [
        [hat, 2],
        [scarf, 3],
      ],
      "ten",
    );
    expect(placed).toMatchObject({ totalMinor: 2699 + 450 + 630, status: "created", paymentStatus: "pending" });
    await store.updatePrice(hat, 5000);
    expect(
      await rows(
        "select article_id, quantity, unit_price_minor, discount_minor from store.order_items order by article_id",
      ),
    ).toEqual([
      // 300 x 2,000 / 2,999 = 200.07 and 300 x 999 / 2,999 = 99.93; rounded down, the larger line takes what is left.
      { article_id: hat, quantity: 2, unit_price_minor: 1000, discount_minor: 201 },
      { article_id: scarf, quantity: 3, unit_price_minor: 333, discount_minor: 99 },
    ]);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(8);
    expect(await rows(ledgerDifferences)).toEqual([]);
  });

  it("are placed once for a key, however often it is sent", async () => {
    const { store, hat, customer, value } = shop();
    const cartId = await store.openCart(customer, null);
    await store.addToCart(cartId, hat, 3);
    const checkout = { cartId, customerId: customer, key: "the-same-key", address };
    const placed = await store.processCheckout(checkout);
    expect(await store.processCheckout(checkout)).toEqual(placed);
    expect(await value("select count(*) from store.orders")).toBe(1);
    expect(await value("select count(*) from store.payments")).toBe(1);
    expect(await value("select count(*) from store.outbox where topic = 'order'")).toBe(1);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(7);
    const other = await store.registerCustomer("eve@example.com", "Eve", "hash");
    await expect(store.processCheckout({ ...checkout, customerId: other })).rejects.toThrow("another customer");
  });

  it("refuse what is not there: an empty cart, an ordered cart, a coupon that has ended, an article taken off", async () => {
    const { store, hat, customer, value } = shop();
    const cartId = await store.openCart(customer, null);
    const checkout = () => ({ cartId, customerId: customer, key: newKey(), address });
    await expect(store.processCheckout(checkout())).rejects.toThrow("is empty");
    await store.addToCart(cartId, hat, 1);
    await store.saveCoupon({ code: "GONE", kind: "amount", value: 100, mostUses: 1 });
    await store.saveCoupon({ code: "RICH", kind: "amount", value: 100, leastSubtotalMinor: 1001 });
    await expect(store.processCheckout({ ...checkout(), coupon: "NONE" })).rejects.toThrow("is not valid");
    await expect(store.processCheckout({ ...checkout(), coupon: "RICH" })).rejects.toThrow(
      "at least 1001, and there are 1000",
    );
    await store.saveArticle({ sku: "hat", is_active: false });
    await expect(store.processCheckout(checkout())).rejects.toThrow("not for sale any more");
    await store.saveArticle({ sku: "hat", is_active: true });
    await store.processCheckout({ ...checkout(), coupon: "GONE" });
    await expect(store.processCheckout(checkout())).rejects.toThrow("is not open");
    await expect(order(shop(), [[hat, 1]], "GONE")).rejects.toThrow("has been used up");
    expect(await value("select count(*) from store.orders")).toBe(1);
  });

  it("of bundles take the components, and of the same article on two lines take both", async () => {
    const { store, hat, scarf, value, rows } = shop();
    const set = await store.saveArticle({ sku: "set", name: "Winter set", category: "clothes", price_minor: 1200 });
    await store.saveBundle(set, [
      { sku: "hat", quantity: 1 },
      { sku: "scarf", quantity: 2 },
    ]);
    expect(await store.availableQuantity(set)).toBe(10);
    await order(shop(), [
      [set, 4],
      [hat, 5],
    ]);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(1);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [scarf])).toBe(92);
    await expect(order(shop(), [[set, 2]])).rejects.toThrow("1 available, and 2 are wanted");
    await expect(store.saveBundle(hat, [{ sku: "set", quantity: 1 }])).rejects.toThrow("cannot hold a bundle");
    expect(await rows(ledgerDifferences)).toEqual([]);
  });

  it("go through their states in order only, and each state is logged", async () => {
    const { store, hat, rows } = shop();
    const placed = await order(shop(), [[hat, 1]]);
    await expect(store.shipOrder(placed.orderId, "")).rejects.toThrow("is created, and cannot become shipped");
    expect(await store.settlePayment(placed.paymentId, "succeeded", "ref")).toBe("paid");
    expect(await store.settlePayment(placed.paymentId, "failed", "ref")).toBe("paid");
    await expect(store.deliverOrder(placed.orderId)).rejects.toThrow("cannot become delivered");
    await store.shipOrder(placed.orderId, "T1");
    await store.deliverOrder(placed.orderId);
    await expect(store.cancelOrder(placed.orderId)).rejects.toThrow("cannot become cancelled");
    const log = await rows("select from_status, to_status from store.order_status_log order by entry_id");
    expect(log.map((row) => row.to_status)).toEqual(["created", "paid", "shipped", "delivered"]);
    // The clock of the embedded database ticks in milliseconds: several steps may have one time, and keep their order.
    await rows("update store.order_status_log set changed_at = now()");
    const steps = await rows("select to_status from store.order_status_log order by changed_at, entry_id");
    expect(steps.map((row) => row.to_status)).toEqual(["created", "paid", "shipped", "delivered"]);
    const mails = await rows("select template from store.mails order by mail_id");
    expect(mails.map((row) => row.template)).toEqual(["order_confirmation", "order_shipped"]);
  });

  it("are logged as a purchase of their visit when they are paid, however late, and once", async () => {
    const { store, hat, scarf, customer, rows } = shop();
    const [counted, uncounted] = [await order(shop(), [[hat, 1]]), await order(shop(), [[scarf, 1]])];
    await store.noteOrderVisit(counted.orderId, "visitor-1", "visit-7");
    await store.noteOrderVisit(counted.orderId, "visitor-1", "visit-8");
    const purchases = async () =>
      await rows(
        "select event_type, visitor_id, session_id, customer_id::int, order_id::int, price_minor::int from store.events",
      );
    expect(await store.settlePayment(counted.paymentId, "failed")).toBe("created");
    expect(await purchases()).toEqual([]);
    const second = await store.retryPayment(counted.orderId);
    for (let told = 0; told < 2; told += 1) await store.settlePayment(second, "succeeded");
    await store.settlePayment(uncounted.paymentId, "succeeded");
    expect(await purchases()).toEqual([
      {
        event_type: "purchase",
        visitor_id: "visitor-1",
        session_id: "visit-7",
        customer_id: customer,
        order_id: counted.orderId,
        price_minor: 1000,
      },
    ]);
  });

  it("that are cancelled give back stock, coupon, points and money; once", async () => {
    const { store, hat, customer, value, rows } = shop();
    await store.saveCoupon({ code: "ONCE", kind: "amount", value: 100, mostUses: 1 });
    const placed = await order(shop(), [[hat, 4]], "ONCE");
    await store.settlePayment(placed.paymentId, "succeeded");
    expect(await value("select sum(points) from store.loyalty_entries where customer_id = $1", [customer])).toBe(39);
    await store.cancelOrder(placed.orderId, "changed my mind");
    await store.cancelOrder(placed.orderId);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(10);
    expect(await value("select use_count from store.coupons")).toBe(0);
    expect(await value("select sum(points) from store.loyalty_entries")).toBe(0);
    expect(await rows("select kind, status, amount_minor from store.payments order by payment_id")).toEqual([
      { kind: "charge", status: "succeeded", amount_minor: 3900 },
      { kind: "refund", status: "pending", amount_minor: 3900 },
    ]);
    expect(await rows(ledgerDifferences)).toEqual([]);
  });

  it("whose payment fails can be paid again; one not paid in time is cancelled, and a late payment refunded", async () => {
    const { store, hat, rows, value, connection } = shop();
    const placed = await order(shop(), [[hat, 1]]);
    expect(await store.settlePayment(placed.paymentId, "failed")).toBe("created");
    const second = await store.retryPayment(placed.orderId);
    expect(second).not.toBe(placed.paymentId);
    expect(await store.retryPayment(placed.orderId)).toBe(second);
    expect(await store.expireUnpaidOrders()).toBe(0);
    await connection.query("update store.orders set placed_at = now() - interval '31 minutes'");
    expect(await store.expireUnpaidOrders()).toBe(1);
    expect(await store.settlePayment(second, "succeeded")).toBe("cancelled");
    expect(await rows("select kind, status from store.payments order by payment_id")).toEqual([
      { kind: "charge", status: "failed" },
      { kind: "charge", status: "succeeded" },
      { kind: "refund", status: "pending" },
    ]);
    expect(await value("select stock_quantity from store.articles where article_id = $1", [hat])).toBe(10);
  });

  it("come back in part: units, stock and money, to the last cent of the line", async () => {
    const { store, scarf, hat, rows, value } = shop();
    await store.saveCoupon({ code: "CENT", kind: "amount", value: 100 });
    // 3 x 333 = 999 and 1 x 1,000; of 100 off, the scarves bear 49 and the hat 51: the scarves are worth 950.
    const placed = await delivered(
      shop(),
      [
        [scarf, 3],
        [hat, 1],
      ],
      "CENT",
    );
    const [line] = await rows("select order_item_id from store.order_items where article_id = $1", [scarf]);
    const item = Number(line?.order_item_id);
    const refunds: number[] = [];
    for (const quantity of [1, 2]) {
      const id = await store.requestReturn(placed.orderId, [{ order_item_id: item, quantity }], "too warm");
      await store.decideReturn(id, true);
      await store.decideReturn(id, true);
      refunds.push(Number(await value("select sum(refund_minor) from store.return_items where return_id = $1", [id])));
    }
    expect(refunds).toEqual([316, 634]);
    await expect(store.requestReturn(placed.orderId, [{ order_item_id: item, quantity: 1 }])).rejects.toThrow(
      "0 units left",
    );
    expect(await value("select stock_quantity from store.articles where article_id = $1", [scarf])).toBe(100);
    expect(await value("select status from store.orders")).toBe("delivered");
    const [rest] = await rows("select order_item_id from store.order_items where article_id = $1", [hat]);
    const last = await store.requestReturn(placed.orderId, [
      { order_item_id: Number(rest?.order_item_id), quantity: 1 },
    ]);
    await store.decideReturn(last, false);
    await expect(store.decideReturn(last, true)).rejects.toThrow("is refused already");
    const again = await store.requestReturn(placed.orderId, [
      { order_item_id: Number(rest?.order_item_id), quantity: 1 },
    ]);
    await store.decideReturn(again, true);
    expect(await value("select status from store.orders")).toBe("returned");
    expect(await value("select sum(amount_minor) from store.payments where kind = 'refund'")).toBe(1899);
    expect(await rows(ledgerDifferences)).toEqual([]);
  });

  it("of a guest become the customer's once the address is verified, and not before", async () => {
    const { store, hat, value } = shop();
    const guest = await store.openGuest("bea@example.com", "Bea");
    const cartId = await store.openCart(null, Buffer.alloc(32, 1));
    await store.addToCart(cartId, hat, 1);
    const placed = await store.processCheckout({ cartId, customerId: guest, key: newKey(), address });
    const customer = await store.registerCustomer("Bea@example.com", "Bea", "hash");
    expect(await value("select customer_id from store.orders where order_id = $1", [placed.orderId])).toBe(guest);
    expect(await store.verifyCustomer(customer)).toBe(1);
    expect(await value("select customer_id from store.orders where order_id = $1", [placed.orderId])).toBe(customer);
    await expect(store.verifyCustomer(guest)).rejects.toThrow("no registered customer");
  });
});
