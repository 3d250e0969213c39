/** Files of shop systems in the form they are published in; every total is added up by hand from the fixture. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "EUR", time_zone: "Europe/Berlin" });
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/presets/${name}`, import.meta.url));

/** What counts: orders with a positive line that are not cancelled, as minor units. */
const totals = async () =>
  await shop.sql(
    `select toString(countIf(has_positive_line)) as orders, toString(sum(gross_minor)) as gross,
       toString(sum(refunded_minor)) as refunds, toString(sum(discount_minor)) as discounts,
       toString(sum(tax_minor)) as tax, toString(sum(shipping_minor)) as shipping
     from fct_orders where not is_cancelled`,
  );

/** Visitors and sessions of the events that a source reported, and the share of sessions that bought. */
const visits = async () =>
  await shop.sql(
    `select toString(uniqExact(customer_key)) as visitors, toString(uniqExact(session_key)) as sessions,
       toString(uniqExactIf(session_key, event_type = 'purchase')) as buying
     from fct_events where not is_derived`,
  );

const rejects = async () =>
  await shop.sql(
    "select toUInt32(line) as line, column_name, value, reason from ops_rejects order by batch_key, source_row",
  );

/** The same file again, and its rows in a file of another name and digest: neither changes what counts. */
async function loadAgain(name: string, count: () => Promise<unknown>): Promise<void> {
  const before = await count();
  const again = await shop.load([fixture(name)]);
  expect(again.map(({ state }) => state)).toEqual(again.map(() => "duplicate"));
  expect(await count()).toEqual(before);
  const text = readFileSync(fixture(name), "utf8");
  const copies = await shop.load([writeFile(shop, `again-${name}`, `${text}\n`)]);
  for (const { kind, loaded_rows } of copies)
    if (kind === "events" || kind === "order_lines") expect(loaded_rows).toBe(0);
  expect(await count()).toEqual(before);
  expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
}

describe("shopify-orders", () => {
  it("spreads discounts over the lines, returns what was refunded of goods, and leaves cancelled orders out", async () => {
    const batches = await shop.load([fixture("shopify-orders.csv")]);
    expect(
      batches.map(({ preset, kind, loaded_rows, rejected_rows }) => [preset, kind, loaded_rows, rejected_rows]),
    ).toEqual([
      ["shopify-orders", "order_lines", 6, 1],
      ["shopify-orders", "orders", 5, 0],
      ["shopify-orders", "customers", 5, 0],
    ]);
    // 45.00 + 29.97 + 10.00; of the 7.00 given back 29.97 / 35.00 were goods: 5.994.
    const counted = { orders: "3", gross: "8497", refunds: "599", discounts: "500", tax: "1680", shipping: "490" };
    expect(await totals()).toEqual([counted]);
    expect(
      await shop.sql(
        `select line_id, quantity, toString(revenue_minor) as revenue, toString(line_on) as day from fct_order_lines
         where order_key = natural_key('#1001') order by line_id`,
      ),
    ).toEqual([
      { line_id: "1", quantity: 2, revenue: "3600", day: "2025-03-30" },
      { line_id: "2", quantity: 1, revenue: "900", day: "2025-03-30" },
    ]);
    expect(
      await shop.sql("select name, city, postal_code, country from dim_customer where customer_id = 'ana@example.com'"),
    ).toEqual([{ name: "Ana Ito", city: "Berlin", postal_code: "10***", country: "DE" }]);
    expect(await rejects()).toEqual([
      { line: 7, column_name: "Lineitem price", value: "ten", reason: "is not a number" },
    ]);
    await loadAgain("shopify-orders.csv", totals);
    const later = readFileSync(fixture("shopify-orders.csv"), "utf8").replace(/^(#1004,[^,]*,)paid/m, "$1voided");
    await shop.load([writeFile(shop, "later.csv", later)]);
    expect(await totals()).toMatchObject([{ orders: "2", gross: "7497" }]);
    const { warehouse, config, clock } = shop.workspace;
    await undoImport({ warehouse, config, clock }, batches[0]?.batch_key ?? 0);
    expect(await shop.sql("select toString(count()) as customers from stg_customers where batch_key = 3")).toEqual([
      { customers: "0" },
    ]);
  });

  it("says what the columns are when they are of another language or one is missing", async () => {
    const text = readFileSync(fixture("shopify-orders.csv"), "utf8");
    const translated = writeFile(shop, "orders_de.csv", text.replace("Lineitem price", "Artikelpreis"));
    await expect(shop.load([translated])).rejects.toThrow(
      /no preset fits; its columns are Name, Email, .*Artikelpreis/,
    );
    await expect(shop.load([translated], { preset: "shopify-orders" })).rejects.toThrow(
      /the preset shopify-orders does not fit/,
    );
  });
});

describe("woocommerce-orders", () => {
  it("reads lines before and after discounts, refunds on the day the order changed, and leaves unpaid orders out", async () => {
    const batches = await shop.load([fixture("woocommerce-orders.jsonl")]);
    expect(batches.map(({ kind, loaded_rows, rejected_rows }) => [kind, loaded_rows, rejected_rows])).toEqual([
      ["order_lines", 5, 1],
      ["orders", 4, 0],
      ["customers", 4, 0],
    ]);
    // 9.50 + 15.00 + 15.00; all of the 15.00 of goods in the second order came back.
    const counted = { orders: "2", gross: "3950", refunds: "1500", discounts: "50", tax: "890", shipping: "500" };
    expect(await totals()).toEqual([counted]);
    expect(
      await shop.sql(
        `select toString(ordered_on) as ordered, toString(line_on) as day, quantity from fct_order_lines
         where order_key = natural_key('724') order by quantity`,
      ),
    ).toEqual([
      { ordered: "2025-03-31", day: "2025-04-02", quantity: -1 },
      { ordered: "2025-03-31", day: "2025-03-31", quantity: 1 },
    ]);
    expect(await shop.sql("select toString(ordered_on) as day from fct_orders where order_id = '723'")).toEqual([
      { day: "2025-03-31" },
    ]);
    expect(await shop.sql("select customer_id, name from dim_customer order by customer_id")).toEqual([
      { customer_id: "7", name: "Eve Blanc" },
      { customer_id: "finn@example.com", name: "Finn Moss" },
    ]);
    expect(await rejects()).toEqual([
      { line: 4, column_name: "line_items.price", value: "fifteen", reason: "is not a number" },
    ]);
    await loadAgain("woocommerce-orders.jsonl", totals);
  });
});

describe("ga4", () => {
  it("makes a row of each item, an order of each transaction, and a session of each visitor's number", async () => {
    const [batch] = await shop.load([fixture("ga4.jsonl")]);
    expect(batch).toMatchObject({ preset: "ga4", kind: "events", read_rows: 9, loaded_rows: 8, rejected_rows: 1 });
    // 2 x 19.99 + 5.00, of which the cup came back the next day.
    expect(await totals()).toMatchObject([{ orders: "1", gross: "4498", refunds: "500" }]);
    expect(await visits()).toEqual([{ visitors: "3", sessions: "4", buying: "1" }]);
    expect(
      await shop.sql(
        `select toString(event_at) as at, toString(event_on) as day, channel,
           JSONExtractString(properties, 'url') as url
         from fct_events where event_type = 'page' and customer_key != natural_key('u9')`,
      ),
    ).toEqual([{ at: "2025-03-30 21:30:00.123", day: "2025-03-30", channel: "email", url: "https://shop.example/p" }]);
    expect(await rejects()).toEqual([
      {
        line: 8,
        column_name: "event_timestamp",
        value: "yesterday",
        reason: "is not a time in microseconds since 1970",
      },
    ]);
    await loadAgain("ga4.jsonl", async () => [await totals(), await visits()]);
  });
});

describe("segment", () => {
  it("understands archived messages as collected ones", async () => {
    const batches = await shop.load([fixture("segment.jsonl")]);
    expect(
      batches.map(({ preset, kind, loaded_rows, rejected_rows }) => [preset, kind, loaded_rows, rejected_rows]),
    ).toEqual([
      ["segment", "events", 7, 1],
      ["segment", "customers", 2, 0],
    ]);
    expect(await totals()).toMatchObject([{ orders: "1", gross: "4498", refunds: "500" }]);
    expect(await visits()).toEqual([{ visitors: "2", sessions: "3", buying: "1" }]);
    expect(
      await shop.sql("select email, attributes['plan'] as plan from dim_customer where customer_id = 'u1'"),
    ).toEqual([{ email: "g***@example.com", plan: "gold" }]);
    expect(await rejects()).toEqual([
      { line: 9, column_name: "timestamp", value: "next week", reason: "is not a time" },
    ]);
    await loadAgain("segment.jsonl", async () => [await totals(), await visits()]);
  });
});

describe("retailrocket", () => {
  it("reads events by the millisecond, categories of items, and the tree as paths", async () => {
    const names = ["retailrocket-events.csv", "retailrocket-item_properties.csv", "retailrocket-category_tree.csv"];
    const batches = await shop.load(names.map(fixture));
    expect(
      batches.map(({ preset, kind, loaded_rows, rejected_rows }) => [preset, kind, loaded_rows, rejected_rows]),
    ).toEqual([
      ["retailrocket", "events", 5, 1],
      ["retailrocket", "products", 2, 0],
      ["retailrocket", "categories", 3, 2],
    ]);
    // The files name no prices: the transaction is an order of two lines without revenue.
    expect(
      await shop.sql("select order_id, toString(line_count) as lines, toString(gross_minor) as gross from fct_orders"),
    ).toEqual([{ order_id: "4000", lines: "2", gross: "0" }]);
    expect(await visits()).toMatchObject([{ visitors: "2" }]);
    expect(
      await shop.sql(
        "select toString(sum(purchase_count > 0)) as buying, toString(count()) as sessions from fct_sessions",
      ),
    ).toEqual([{ buying: "1", sessions: "2" }]);
    expect(await shop.sql("select toString(min(event_at)) as first from fct_events")).toEqual([
      { first: "2015-06-02 05:02:12.117" },
    ]);
    expect(await shop.sql("select product_id, category from dim_product order by product_id")).toEqual([
      { product_id: "248676", category: "213.1016" },
      { product_id: "355908", category: "213.1016.1338" },
    ]);
    expect(await rejects()).toEqual([
      { line: 7, column_name: "event", value: "looked", reason: "is none of view, addtocart, transaction" },
      { line: 5, column_name: "parentid", value: "10", reason: "leads back to 9" },
      { line: 6, column_name: "parentid", value: "9", reason: "leads back to 10" },
    ]);
    const before = await visits();
    const again = await shop.load(names.map(fixture));
    expect(again.map(({ state }) => state)).toEqual(["duplicate", "duplicate", "duplicate"]);
    expect(await visits()).toEqual(before);

    // Without a row to refuse, the engine itself reads the times.
    const times = "select toString(event_at) as at from fct_events order by at";
    const readHere = await shop.sql(times);
    await emptyWarehouse(shop.workspace.warehouse);
    const text = readFileSync(fixture("retailrocket-events.csv"), "utf8").replace(/^.*looked.*\n/m, "");
    await shop.load([writeFile(shop, "clean/events.csv", text)]);
    expect(await shop.sql(times)).toEqual(readHere);
  });
});
