import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBroken } from "../../bench/support/checkout-load.mjs";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { seedStore, sizeOf } from "../../src/store/seed.ts";
import { createStore } from "../../src/store/store.ts";

describe("a seeded store", () => {
  let connection: StoreConnection;
  const size = { ...sizeOf(0.2), seed: 7, until: new Date("2026-05-31T12:00:00Z") };
  beforeAll(async () => {
    connection = await openStore({ folder: null });
    await migrateStore(connection);
    await createStore(connection).configure({ currency: "GBP" });
    await seedStore(connection, size);
  }, 120_000);
  afterAll(async () => await connection?.close());
  const value = async (sql: string): Promise<number> =>
    Number(Object.values((await connection.query(sql))[0] ?? {})[0]);

  it("has the customers, articles, orders and events asked for, and what follows from them", async () => {
    expect(await value("select count(*) from store.customers")).toBe(size.customers);
    expect(await value("select count(*) from store.articles")).toBe(size.articles);
    expect(await value("select count(*) from store.orders")).toBe(size.orders);
    const events = await value("select count(*) from store.events");
    expect(Math.abs(events - size.events)).toBeLessThan(size.events * 0.03);
    expect(await value("select count(*) from store.reviews")).toBeGreaterThan(50);
    expect(await value("select count(*) from store.returns")).toBeGreaterThan(20);
  });

  it("adds up: stock is its ledger, orders their lines, payments their orders", async () => {
    const broken = Object.entries(await findBroken(connection)).filter(([, found]) => found !== 0);
    expect(broken).toEqual([]);
    expect(
      await value(`select count(*) from store.orders where total_minor <> (
        select sum(amount_minor) from store.payments where payments.order_id = orders.order_id and kind = 'charge')`),
    ).toBe(0);
  });

  it("leaves its tables counted for the planner, which within one transaction takes them for empty otherwise", async () => {
    const counted = await connection.query(
      "select relname from pg_class where relname in ('orders', 'order_items', 'stock_movements', 'events') and reltuples > 0",
    );
    expect(counted.map((row) => row.relname).sort()).toEqual(["events", "order_items", "orders", "stock_movements"]);
  });

  it("is a shop: the funnel narrows, words fit stars, people come back", async () => {
    const funnel = await connection.query(
      "select event_type, count(distinct session_id)::int as sessions from store.events where event_type in ('view', 'click', 'cart_add', 'purchase') group by 1 order by 2 desc",
    );
    expect(funnel.map((row) => row.event_type)).toEqual(["view", "click", "cart_add", "purchase"]);
    expect(
      await value(
        "select count(*) from store.events where (event_type = 'click') <> (details ? 'place' and details ? 'source')",
      ),
    ).toBe(0);
    const stars = await connection.query(
      "select rating, avg(sentiment)::float8 as mean from store.reviews group by 1 order by 1",
    );
    const means = stars.map((row) => Number(row.mean));
    expect(means).toEqual([...means].sort((a, b) => a - b));
    expect(
      await value(
        "select count(*) from (select customer_id from store.orders group by 1 having count(*) > 1) as repeat",
      ),
    ).toBeGreaterThan(20);
  });

  it("is made once: a store with articles is not seeded over", async () => {
    await expect(seedStore(connection, size)).rejects.toThrow("has articles already");
  });
});

it("is made on a server however long a statement takes, while others still have their limit", async () => {
  const server = await startPostgres();
  const url = await server.createDatabase("store");
  const patient = await openStore({ url, folder: null });
  const hurried = await openStore({ url, folder: null, statementTimeoutMs: 150, poolSize: 1 });
  try {
    await migrateStore(patient);
    await expect(hurried.query("select pg_sleep(2)")).rejects.toThrow("statement timeout");
    const size = {
      customers: 500,
      articles: 100,
      orders: 2000,
      events: 25_000,
      seed: 7,
      until: new Date("2026-05-31T12:00:00Z"),
    };
    await seedStore(hurried, size);
    expect(await patient.query("select count(*)::int as order_count from store.orders")).toEqual([
      { order_count: 2000 },
    ]);
    await expect(hurried.query("select pg_sleep(2)")).rejects.toThrow("statement timeout");
  } finally {
    await hurried.close();
    await patient.close();
    await server.stop();
  }
});
