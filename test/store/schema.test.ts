/** What the documents say of the schema is what the database has, and its indexes serve the queries they are made for. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { prepareQuery } from "../../src/store/query.ts";
import { describeStores } from "./shops.ts";

const page = readFileSync(new URL("../../docs/reference/store.md", import.meta.url), "utf8");

/** An index, and a statement that it serves: a file of queries/, or the words of a procedure. */
const served: Readonly<Record<string, string>> = {
  articles_search: "select article_id from store.articles where search_text @@ websearch_to_tsquery('english', 'hat')",
  search_words_trigrams: "select lexeme from store.search_words where word % 'hoddie'",
  search_words_lexeme: "select word from store.search_words where lexeme = 'beani'",
  search_word_forms_word: "select form from store.search_word_forms where word = 'beanie'",
  articles_newest: "catalogue-newest",
  articles_price: "catalogue-price-up",
  articles_category: "select article_id from store.articles where is_active and category_id = 1 order by article_id",
  articles_low_stock: "select article_id from store.articles where is_active and stock_quantity <= reorder_point",
  orders_customer: "select order_id from store.orders where customer_id = 1 order by placed_at desc",
  orders_placed: "select order_id from store.orders order by placed_at desc, order_id desc limit 50",
  orders_unpaid: "select order_id from store.orders where status = 'created' and placed_at < now()",
  carts_idle: "select cart_id from store.carts where status = 'open' and last_active_at < now()",
  reviews_to_moderate: "reviews-to-moderate",
  returns_open: "open-returns",
  payments_pending: "pending-refunds",
  customers_last_active: "select customer_id from store.customers where last_active_at < now() - interval '365 days'",
  mails_unsent: "unsent-mails",
  mails_recipient: "select mail_id from store.mails where recipient = 'ada@example.com' order by mail_id desc",
  price_schedules_due: "select schedule_id from store.price_schedules where applied_at is null and starts_at <= now()",
  reservations_article: "select sum(quantity) from store.reservations where article_id = 1 and expires_at > now()",
  wishlist_items_article: "select customer_id from store.wishlist_items where article_id = 1",
  stock_movements_article: "stock-movements",
  loyalty_entries_customer: "loyalty-entries",
  order_items_article: "select sum(quantity) from store.order_items where article_id = 1",
};

describeStores("the schema", (shop) => {
  it("is in the reference: each table, view, procedure and foreign key, and no other", async () => {
    const names = async (sql: string) => (await shop().rows(sql)).map((row) => String(row.name)).sort();
    const headings = [...page.matchAll(/^### (\w+)$/gm)].map((match) => match[1]);
    const tables = await names(
      `select relname as name from pg_class where relnamespace = 'store'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition and relname <> 'migrations'`,
    );
    const functions = await names(
      "select distinct proname as name from pg_proc where pronamespace = 'store'::regnamespace",
    );
    expect([...headings].sort()).toEqual([...tables, ...functions].sort());
    const keys = await names(
      `select confrelid::regclass::text || ' ' || conrelid::regclass::text as name from pg_constraint
       where contype = 'f' and connamespace = 'store'::regnamespace`,
    );
    const drawn = [...page.matchAll(/^ {4}(\w+) \|\|--o\{ (\w+) :/gm)].map(
      (match) => `store.${match[1]} store.${match[2]}`,
    );
    expect(drawn.sort()).toEqual(keys);
  });

  it("has a reason for every index, and each that serves a query is used for it", async () => {
    const { rows, connection } = shop();
    const silent = await rows(
      `select indexrelid::regclass::text as name from pg_index join pg_class on pg_class.oid = indexrelid
       where relnamespace = 'store'::regnamespace and obj_description(indexrelid) is null and not relispartition
         and not exists (select from pg_constraint where conindid = indexrelid) and relname not like 'mv\\_%'`,
    );
    expect(silent).toEqual([]);
    for (const [index, query] of Object.entries(served)) {
      const { sql, names } = query.includes(" ") ? { sql: query, names: [] } : prepareQuery(query);
      const values = names.map(
        (name) => ({ most: 24, email: "ada@example.com", article_id: 1, customer_id: 1 })[name] ?? null,
      );
      const plan = await connection.transaction(async (inside) => {
        // The tables here are small enough to be read whole; what is asked is whether the index can serve.
        for (const way of ["seqscan", "sort"]) await inside.query(`set local enable_${way} = off`);
        return await inside.query(`explain ${sql}`, values);
      });
      expect(JSON.stringify(plan), `${index}: ${JSON.stringify(plan, null, 1)}`).toMatch(new RegExp(`\\b${index}\\b`));
    }
  });

  it("is the one of schema.sql, on whichever database", async () => {
    const outcome = readFileSync(new URL("../../src/store/schema.sql", import.meta.url), "utf8");
    const query = readFileSync(new URL("../../src/reference/store-schema.sql", import.meta.url), "utf8");
    const missing = (await shop().rows(query)).filter(({ definition }) => !outcome.includes(`${definition}\n`));
    expect(missing).toEqual([]);
  });

  it("is queried by files that all run", async () => {
    const files = readdirSync(new URL("../../src/store/queries/", import.meta.url)).map((file) =>
      file.replace(/\.sql$/, ""),
    );
    for (const file of files) {
      const { sql, names } = prepareQuery(file);
      await shop().rows(
        sql,
        names.map((name) => ({ most: 1, days: 1 })[name] ?? null),
      );
      expect(sql.startsWith("-- "), file).toBe(true);
    }
  });
});
