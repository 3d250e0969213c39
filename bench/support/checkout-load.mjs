// Shoppers who check out at the same time on articles that are nearly gone; used by a test and by bench/checkouts.mjs.
import { randomBytes, randomUUID } from "node:crypto";

const address = { recipient: "Load", street: "1 Test Road", city: "Leeds", postal_code: "LS1", country: "GB" };

/**
 * A store with scarce articles: `few` units of each, and bundles of two of them.
 * @param {import("../../src/store/store.ts").Store} store
 * @param {{ articles: number, few: number }} size
 */
export async function stockScarce(store, { articles, few }) {
  await store.configure({ currency: "GBP", reservation_minutes: 1 });
  await store.saveCategory("scarce", "Scarce");
  /** @type {number[]} */
  const ids = [];
  for (let index = 0; index < articles; index += 1) {
    const id = await store.saveArticle({
      sku: `scarce-${index}`,
      name: `Scarce ${index}`,
      category: "scarce",
      price_minor: 1000 + index,
    });
    await store.updateStock(id, few);
    ids.push(id);
  }
  for (let index = 0; index + 1 < articles; index += 4) {
    const id = await store.saveArticle({
      sku: `set-${index}`,
      name: `Set ${index}`,
      category: "scarce",
      price_minor: 1500,
    });
    // The later article first: locks must not follow the order of lines.
    await store.saveBundle(id, [
      { sku: `scarce-${index + 1}`, quantity: 1 },
      { sku: `scarce-${index}`, quantity: 2 },
    ]);
    ids.push(id);
  }
  return ids;
}

/**
 * Runs `count` shoppers, `width` at a time. What the store refuses in its own words is an outcome; anything else is a fault.
 * @param {{ store: import("../../src/store/store.ts").Store, articles: readonly number[], count: number, width: number,
 *   random: () => number, expire?: (cartId: number) => Promise<unknown> }} load
 */
export async function runShoppers({ store, articles, count, width, random, expire }) {
  const outcomes = { ordered: 0, refused: 0, cancelled: 0, faults: /** @type {string[]} */ ([]) };
  const pick = () => /** @type {number} */ (articles[Math.floor(random() * articles.length)]);
  let started = 0;
  const shopper = async () => {
    while (started < count) {
      started += 1;
      try {
        const guest = await store.openGuest(`guest${started}@example.com`, "Guest");
        const cartId = await store.openCart(null, randomBytes(32));
        const lines = 1 + Math.floor(random() * 3);
        for (let line = 0; line < lines; line += 1) await store.addToCart(cartId, pick(), 1 + Math.floor(random() * 2));
        if (expire && random() < 0.1) await expire(cartId - Math.floor(random() * 5));
        const placed = await store.processCheckout({ cartId, customerId: guest, key: randomUUID(), address });
        outcomes.ordered += 1;
        const fate = random();
        if (fate < 0.2) {
          await store.cancelOrder(placed.orderId);
          outcomes.cancelled += 1;
        } else if (fate < 0.9) await store.settlePayment(placed.paymentId, fate < 0.8 ? "succeeded" : "failed");
      } catch (error) {
        const { code, message } = /** @type {{ code?: string, message: string }} */ (error);
        if (code === "store_refused" || code === "store_conflict") outcomes.refused += 1;
        else outcomes.faults.push(`${code ?? ""} ${message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: width }, shopper));
  return outcomes;
}

/**
 * Full carts of guests, ready to be checked out.
 * @param {{ store: import("../../src/store/store.ts").Store, articles: readonly number[], count: number, width: number, random: () => number }} load
 */
export async function fillCarts({ store, articles, count, width, random }) {
  /** @type {{ cartId: number, customerId: number }[]} */
  const carts = [];
  let started = 0;
  const shopper = async () => {
    while (started < count) {
      started += 1;
      const customerId = await store.openGuest(`ready${started}@example.com`, "Guest");
      const cartId = await store.openCart(null, randomBytes(32));
      const lines = 1 + Math.floor(random() * 3);
      for (let line = 0; line < lines; line += 1) {
        const article = /** @type {number} */ (articles[Math.floor(random() * articles.length)]);
        await store.addToCart(cartId, article, 1 + Math.floor(random() * 2));
      }
      carts.push({ cartId, customerId });
    }
  };
  await Promise.all(Array.from({ length: width }, shopper));
  return carts;
}

/**
 * Checks carts out, `width` at a time: how long each took in milliseconds, in order of size, and all together in seconds.
 * @param {{ store: import("../../src/store/store.ts").Store, carts: { cartId: number, customerId: number }[], width: number }} load
 */
export async function checkOutAll({ store, carts, width }) {
  /** @type {number[]} */
  const took = [];
  const waiting = [...carts];
  const from = performance.now();
  const clerk = async () => {
    for (let cart = waiting.pop(); cart; cart = waiting.pop()) {
      const begun = performance.now();
      await store.processCheckout({ ...cart, key: randomUUID(), address });
      took.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: width }, clerk));
  return { took: took.sort((a, b) => a - b), seconds: (performance.now() - from) / 1000 };
}

/**
 * What must hold afterwards; every count must be 0.
 * @param {import("../../src/store/connection.ts").Querying} connection
 */
export async function findBroken(connection) {
  /** @type {Record<string, string>} */
  const checks = {
    negative_stock: "select count(*) as found from store.articles where stock_quantity < 0",
    ledger_unlike_stock: `select count(*) as found from store.articles
      left join (select article_id, sum(quantity) as quantity from store.stock_movements group by article_id) as moved using (article_id)
      where stock_quantity <> coalesce(moved.quantity, 0)`,
    orders_without_lines:
      "select count(*) as found from store.orders where not exists (select from store.order_items where order_items.order_id = orders.order_id)",
    orders_without_charge:
      "select count(*) as found from store.orders where (select count(*) from store.payments where payments.order_id = orders.order_id and kind = 'charge' and status <> 'failed') > 1 or not exists (select from store.payments where payments.order_id = orders.order_id and kind = 'charge')",
    carts_ordered_twice:
      "select count(*) as found from (select cart_id from store.orders where cart_id is not null group by cart_id having count(*) > 1) as twice",
    lines_unlike_movements: `select count(*) as found from (
      select orders.order_id, parts.article_id, sum(parts.quantity) as sold
      from store.orders join store.order_items using (order_id)
      cross join lateral store.components_of(array[order_items.article_id], array[order_items.quantity - order_items.returned_quantity]) as parts
      where orders.status <> 'cancelled' group by 1, 2 having sum(parts.quantity) <> 0) as lines
      full join (select order_id, article_id, -sum(quantity) as sold from store.stock_movements where order_id is not null group by 1, 2 having sum(quantity) <> 0) as moved using (order_id, article_id)
      where lines.sold is distinct from moved.sold`,
    totals_unlike_lines: `select count(*) as found from store.orders
      where subtotal_minor <> (select sum(quantity * unit_price_minor) from store.order_items where order_items.order_id = orders.order_id)`,
    orders_not_on_their_way:
      "select count(*) as found from store.orders where not exists (select from store.outbox where topic = 'order' and subject_id = order_id::text)",
  };
  /** @type {Record<string, number>} */
  const broken = {};
  for (const [name, sql] of Object.entries(checks)) broken[name] = Number((await connection.query(sql))[0]?.found);
  return broken;
}
