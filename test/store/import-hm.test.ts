/** H&M's files, of which none may be shipped: rows made by hand in the published form, and what follows from them by hand. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBroken } from "../../bench/support/checkout-load.mjs";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { importHm, type RefusedRow } from "../../src/store/import-hm.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { createStore } from "../../src/store/store.ts";

const articles = `article_id,product_code,prod_name,product_type_no,product_type_name,product_group_name,graphical_appearance_name,colour_group_name,index_group_name,section_name,detail_desc
0108775015,0108775,Strap top,253,Vest top,Garment Upper body,Solid,Black,Ladieswear,Womens Everyday Basics,"Jersey top, narrow straps."
0201219001,0201219,Denim jacket,262,Jacket,Garment Upper body,Denim,Blue,Menswear,Men Denim,
0300024001,0300024,Beanie,70,Hat/beanie,Accessories,Melange,Grey,Divided,Divided Accessories,Rib knit.
0400000001,0400000,Never sold,70,Hat/beanie,Accessories,Solid,Red,Divided,Divided Accessories,
0108775015,0108775,Again,253,Vest top,Garment Upper body,Solid,Black,Ladieswear,Womens Everyday Basics,
0500000001,0500000,Tights,304,Underwear Tights,Socks & Tights,Solid,Black,Ladieswear,Womens Nightwear,
`;
const customers = `customer_id,FN,Active,club_member_status,fashion_news_frequency,age,postal_code
00a1,,,ACTIVE,NONE,49.0,52043e
00b2,1.0,1.0,ACTIVE,Regularly,,64f17e
00c3,,,,,old,64f17e
00d4,,,ACTIVE,NONE,30.0,aa
`;
// 0.0508305 x 590 = 29.99, 0.0254068 x 590 = 14.99, 0.0677797 x 590 = 39.99
const transactions = `t_dat,customer_id,article_id,price,sales_channel_id
2020-03-28,00a1,0108775015,0.050830508474576264,2
2020-03-28,00a1,0108775015,0.02540677966101695,2
2020-03-28,00a1,0300024001,0.02540677966101695,2
2020-03-28,00a1,0201219001,0.06777966101694916,1
2020-03-29,00b2,0108775015,0.02540677966101695,2
2020-03-29,00b2,0500000001,0.0152542,2
2020-03-30,00b2,0999999999,0.0152542,2
2020-02-30,00b2,0108775015,0.0152542,2
2020-03-30,00b2,0108775015,cheap,2
2020-03-30,00b2,0108775015,0.0152542,3
`;

const folder = mkdtempSync(join(tmpdir(), "cartwright-hm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, content: string): string => {
  writeFileSync(join(folder, name), name.endsWith(".gz") ? gzipSync(content) : content);
  return join(folder, name);
};
// Transactions first: the order in which files are given does not matter.
const paths = [
  file("transactions_train.csv.gz", transactions),
  file("articles.csv", articles),
  file("customers.csv", customers),
];

describe.each(["PGlite", "PostgreSQL"])("H&M's files as a store, on %s", (kind) => {
  let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
  let store: StoreConnection;
  const refused: RefusedRow[] = [];
  let counts: Awaited<ReturnType<typeof importHm>>;
  const options = {
    keep: ["Garment Upper body", "hat/beanie"],
    priceScale: 590,
    decimals: 2,
    timeZone: "Europe/Stockholm",
    onRefused: (row: RefusedRow) => refused.push(row),
  };

  beforeAll(async () => {
    if (kind === "PostgreSQL") server = await startPostgres();
    store = await openStore(server ? { url: await server.createDatabase("hm"), folder: null } : { folder: null });
    await migrateStore(store);
    await createStore(store).configure({ currency: "SEK" });
    counts = await importHm(store, paths, options);
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  it("counts every row: loaded, passed over, or refused with its line, column and value", () => {
    expect(counts.map(({ path: _, ...count }) => count)).toEqual([
      { kind: "articles", read_rows: 6, loaded_rows: 4, filtered_rows: 1, rejected_rows: 1 },
      { kind: "customers", read_rows: 4, loaded_rows: 3, filtered_rows: 0, rejected_rows: 1 },
      { kind: "transactions", read_rows: 10, loaded_rows: 5, filtered_rows: 1, rejected_rows: 4 },
    ]);
    expect(refused.map(({ line, column, value }) => [line, column, value])).toEqual([
      [6, "article_id", "0108775015"],
      [4, "age", "old"],
      [8, "article_id", "0999999999"],
      [9, "t_dat", "2020-02-30"],
      [10, "price", "cheap"],
      [11, "sales_channel_id", "3"],
    ]);
  });

  it("makes an order of what a customer bought on a day through a channel, to the öre, at noon of the shop", async () => {
    const orders = await store.query(`
      select idempotency_key, channel, subtotal_minor::int, discount_minor::int, total_minor::int, store.utc_text(placed_at) as at
      from store.orders order by idempotency_key`);
    // Stockholm is one hour ahead until 29 March 2020, 02:00, two hours from then on.
    expect(orders.map((row) => Object.values(row))).toEqual([
      ["hm-2020-03-28-00a1-online", "online", 7497, 1500, 5997, "2020-03-28T11:00:00.000Z"],
      ["hm-2020-03-28-00a1-store", "store", 3999, 0, 3999, "2020-03-28T11:00:00.000Z"],
      ["hm-2020-03-29-00b2-online", "online", 1499, 0, 1499, "2020-03-29T10:00:00.000Z"],
    ]);
    const lines = await store.query(`
      select sku, quantity, unit_price_minor::int, order_items.discount_minor::int from store.order_items
      join store.articles using (article_id) join store.orders using (order_id)
      where idempotency_key = 'hm-2020-03-28-00a1-online' order by sku`);
    expect(lines.map((row) => Object.values(row))).toEqual([
      ["0108775015", 2, 2999, 1500],
      ["0300024001", 1, 1499, 0],
    ]);
  });

  it("has the catalogue at its last prices, buyers with a year of birth, and stock that its ledger explains", async () => {
    const shelf = await store.query(`
      select sku, articles.name, categories.slug, parents.slug as parent, price_minor::int, is_active, stock_quantity
      from store.articles join store.categories using (category_id) left join store.categories as parents on parents.category_id = categories.parent_id
      order by sku`);
    expect(shelf.map((row) => Object.values(row))).toEqual([
      ["0108775015", "Strap top", "ladieswear-garment-upper-body", "ladieswear", 1499, true, 20],
      ["0201219001", "Denim jacket", "menswear-garment-upper-body", "menswear", 3999, true, 20],
      ["0300024001", "Beanie", "divided-accessories", "divided", 1499, true, 20],
      ["0400000001", "Never sold", "divided-accessories", "divided", 0, false, 0],
    ]);
    const people = await store.query("select email, born_on::text as born_on from store.customers order by email");
    expect(people).toEqual([
      { email: "00a1@hm.invalid", born_on: "1971-01-01" },
      { email: "00b2@hm.invalid", born_on: null },
    ]);
    expect(Object.entries(await findBroken(store)).filter(([, found]) => found !== 0)).toEqual([]);
    const [found] = await store.query("select count(*)::int as found from store.search_articles('denmi jaket')");
    expect(found).toEqual({ found: 1 });
  });

  it("refuses a store that has articles, and a file that is none of the three", async () => {
    await expect(importHm(store, paths, options)).rejects.toMatchObject({ code: "store_conflict" });
    const other = await openStore({ folder: null });
    await migrateStore(other);
    await expect(importHm(other, [file("other.csv", "a,b\n1,2\n")], options)).rejects.toMatchObject({
      code: "file_unreadable",
      message: expect.stringContaining("other.csv is none of H&M's files"),
    });
    await expect(importHm(other, paths.slice(0, 1), options)).rejects.toMatchObject({ code: "file_missing" });
    await other.close();
  });
});
