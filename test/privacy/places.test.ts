/** No place of people is forgotten: what the schemas have is what the declarations say. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storePlaces, storeWithoutPeople } from "../../src/privacy/store-places.ts";
import { personColumn, warehousePlaces, warehouseTexts, withoutPeople } from "../../src/privacy/warehouse-places.ts";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

describe("tables of the warehouse", () => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop();
  }, 60_000);
  afterAll(async () => await shop?.close());

  const tables = async (): Promise<string[]> =>
    (
      await shop.sql("select name from system.tables where database = currentDatabase() and engine not like '%View'")
    ).map((row) => String(row.name));

  it("are each declared, as a place of people or with the reason why not", async () => {
    const declared = new Set(
      [warehousePlaces, warehouseTexts, withoutPeople].flatMap((declaration) => Object.keys(declaration)),
    );
    const isDeclared = (name: string): boolean =>
      declared.has(name) || (name.startsWith("next_") && name.slice(5) in withoutPeople);
    const there = await tables();
    expect(there.filter((name) => !isDeclared(name))).toEqual([]);
    expect([...declared].filter((name) => !there.includes(name))).toEqual([]);
  });

  it("have no column that may say who a person is beside those declared", async () => {
    const columns = await shop.sql(
      "select table, name from system.columns where database = currentDatabase() and table in (select name from system.tables where database = currentDatabase() and engine not like '%View') order by table, position",
    );
    const undeclared = columns.filter(({ table, name }) => {
      const [inTable, column] = [String(table), String(name)];
      if (!personColumn.test(column) || inTable.replace(/^next_/, "") in withoutPeople) return false;
      const place = warehousePlaces[inTable];
      const declared = place ? [...place.keys, ...(place.names ?? [])] : (warehouseTexts[inTable] ?? []);
      return !declared.includes(column);
    });
    expect(undeclared).toEqual([]);
  });

  it("change every declared column of rows that stay", () => {
    for (const [table, { becomes, keys, names = [], set = {} }] of Object.entries(warehousePlaces)) {
      if (becomes !== "kept") continue;
      expect([table, Object.keys(set)]).toEqual([table, expect.arrayContaining([...keys, ...names])]);
    }
  });

  it("that hold nobody are not those with a customer's key", async () => {
    const rows = await shop.sql(
      "select distinct table from system.columns where database = currentDatabase() and name in ('customer_key', 'customer_id', 'email')",
    );
    // Both pass rows on and keep none.
    const passing = ["in_events", "in_order_lines"];
    expect(
      rows.map(({ table }) => String(table)).filter((table) => table in withoutPeople && !passing.includes(table)),
    ).toEqual([]);
  });
});

describe("tables of the store", () => {
  let store: StoreConnection;
  beforeAll(async () => {
    store = await openStore({ folder: null });
    await migrateStore(store);
  }, 60_000);
  afterAll(async () => await store?.close());

  it("are each declared, as a place of people or with the reason why not", async () => {
    const rows = await store.query(
      "select relname from pg_class where relnamespace = 'store'::regnamespace and relkind in ('r', 'p') and not relispartition order by relname",
    );
    expect([...Object.keys(storePlaces), ...Object.keys(storeWithoutPeople)].sort()).toEqual(
      rows.map(({ relname }) => String(relname)).sort(),
    );
  });

  it("have a customer, an address or a visitor only where that is declared", async () => {
    const rows = await store.query(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'store' and table_name in (select relname::text from pg_class where relkind in ('r', 'p') and not relispartition)`,
    );
    const undeclared = rows.filter(
      ({ table_name, column_name }) =>
        personColumn.test(String(column_name)) && String(table_name) in storeWithoutPeople,
    );
    // A description of an article, a review's text and the like are declared; these are about the shop's own things.
    expect(undeclared).toEqual([]);
  });
});
