import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBroken, runShoppers, stockScarce } from "../../bench/support/checkout-load.mjs";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { createStore } from "../../src/store/store.ts";
import { address } from "./shops.ts";

describe("many shoppers at once, on PostgreSQL", () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  let connection: StoreConnection;
  beforeAll(async () => {
    server = await startPostgres();
    connection = await openStore({ url: await server.createDatabase("store"), folder: null, poolSize: 32 });
    await migrateStore(connection);
  }, 60_000);
  afterAll(async () => {
    await connection?.close();
    await server?.stop();
  });

  it("never oversell scarce articles, bundles and last units, and never meet a deadlock", async () => {
    const store = createStore(connection);
    const articles = await stockScarce(store, { articles: 12, few: 20 });
    const expire = (cartId: number) =>
      connection.query("update store.reservations set expires_at = now() where cart_id = $1", [cartId]);
    const outcomes = await runShoppers({ store, articles, count: 600, width: 32, random: Math.random, expire });
    expect(outcomes.faults).toEqual([]);
    expect(outcomes.ordered).toBeGreaterThan(50);
    expect(outcomes.refused).toBeGreaterThan(50);
    expect(Object.entries(await findBroken(connection)).filter(([, found]) => found !== 0)).toEqual([]);
  }, 120_000);

  it("place one order for a hundred replays of one key", async () => {
    const store = createStore(connection);
    await store.saveCategory("plenty", "Plenty");
    const article = await store.saveArticle({ sku: "plenty", name: "Plenty", category: "plenty", price_minor: 500 });
    await store.updateStock(article, 1000);
    const cartId = await store.openCart(null, randomBytes(32));
    await store.addToCart(cartId, article, 3);
    const customerId = await store.openGuest("replay@example.com", "Replay");
    const before = await connection.query("select count(*)::int as count from store.orders");
    const replays = Array.from({ length: 100 }, () =>
      store.processCheckout({ cartId, customerId, key: "replayed-key", address }),
    );
    const placed = await Promise.all(replays);
    expect(new Set(placed.map((one) => `${one.orderId} ${one.paymentId} ${one.totalMinor}`)).size).toBe(1);
    const orderId = placed[0]?.orderId;
    const counts = await connection.query(
      `select
         (select count(*)::int from store.orders) - $2::int as orders,
         (select count(*)::int from store.payments where order_id = $1) as payments,
         (select count(*)::int from store.outbox where topic = 'order' and subject_id = $1::text) as outbox_rows,
         (select stock_quantity from store.articles where article_id = $3) as stock`,
      [orderId, before[0]?.count, article],
    );
    expect(counts).toEqual([{ orders: 1, payments: 1, outbox_rows: 1, stock: 997 }]);
  }, 60_000);
});
