/** The store on both databases: every rule is tested on the embedded PGlite and on a PostgreSQL server. */
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { openStore, type StoreConnection, type StoreRow } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { type Address, createStore, type Store } from "../../src/store/store.ts";

export const address: Address = {
  recipient: "Ada Byron",
  street: "12 Mill Lane",
  city: "Leeds",
  postal_code: "LS1 1AA",
  country: "GB",
};

/** A store with one category, three articles (hat 1,000 with 10 in stock, coat 7,999 with 2, scarf 333 with 100), one customer. */
export interface Shop {
  readonly store: Store;
  readonly connection: StoreConnection;
  readonly hat: number;
  readonly coat: number;
  readonly scarf: number;
  readonly customer: number;
  readonly rows: (sql: string, values?: readonly unknown[]) => Promise<readonly StoreRow[]>;
  readonly value: (sql: string, values?: readonly unknown[]) => Promise<unknown>;
}

export async function emptyStore(connection: StoreConnection): Promise<void> {
  await connection.script(`
    truncate store.customers, store.categories, store.articles, store.carts, store.coupons, store.orders, store.events,
      store.outbox, store.deliveries, store.mails, store.settings, store.stock_movements, store.payments, store.returns, store.mailings
      restart identity cascade;`);
}

export async function openShop(connection: StoreConnection): Promise<Shop> {
  const store = createStore(connection);
  await store.configure({ currency: "GBP" });
  await store.saveCategory("clothes", "Clothes");
  const article = async (sku: string, price_minor: number, stock: number): Promise<number> => {
    const id = await store.saveArticle({ sku, name: `The ${sku}`, category: "clothes", price_minor });
    await store.updateStock(id, stock, "first delivery");
    return id;
  };
  const hat = await article("hat", 1000, 10);
  const coat = await article("coat", 7999, 2);
  const scarf = await article("scarf", 333, 100);
  const customer = await store.registerCustomer("Ada@Example.com", "Ada", "hash");
  const rows = connection.query;
  const value = async (sql: string, values: readonly unknown[] = []) =>
    Object.values((await rows(sql, values))[0] ?? {})[0];
  return { store, connection, hat, coat, scarf, customer, rows, value };
}

/** Runs the tests on both databases, each test on a store of its own content. */
export function describeStores(name: string, tests: (shop: () => Shop) => void): void {
  for (const kind of ["PGlite", "PostgreSQL"] as const) {
    describe(`${name}, on ${kind}`, () => {
      let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
      let connection: StoreConnection;
      let shop: Shop;
      beforeAll(async () => {
        server = kind === "PostgreSQL" ? await startPostgres() : null;
        connection = await openStore(
          server ? { url: await server.createDatabase("store"), folder: null } : { folder: null },
        );
        await migrateStore(connection);
      }, 240_000);
      beforeEach(async () => {
        await emptyStore(connection);
        shop = await openShop(connection);
      });
      afterAll(async () => {
        await connection?.close();
        await server?.stop();
      });
      tests(() => shop);
    });
  }
}

/** The ledger, summed, is the stock of every article. */
export const ledgerDifferences = `
  select articles.article_id from store.articles
  left join (select article_id, sum(quantity) as quantity from store.stock_movements group by article_id) as moved using (article_id)
  where articles.stock_quantity <> coalesce(moved.quantity, 0)`;
