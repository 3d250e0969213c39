/** Events in other currencies: a shop whose orders are its purchase events. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { undoImport } from "../../src/ingestion/import.ts";
import { build } from "../../src/warehouse/build.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, tableRows, writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "GBP", time_zone: "UTC" });
});
afterAll(async () => await shop.close());

const load = async (name: string, ...lines: readonly string[]) =>
  await shop.load([writeFile(shop, name, `${lines.join("\n")}\n`)]);
const context = () => ({ warehouse: shop.workspace.warehouse, config: shop.workspace.config, clock: fixedClock() });
const prices = async () =>
  Object.fromEntries(
    (await shop.sql("select event_id, price_minor from fct_events order by event_id")).map((row) => [
      row.event_id,
      Number(row.price_minor),
    ]),
  );
const orders = async () =>
  (
    await shop.sql(
      "select order_id, original_currency, toUInt32(gross_minor) as gross, toUInt32(refunded_minor) as refunded from fct_orders order by order_id",
    )
  ).map(({ order_id, original_currency, gross, refunded }) => [order_id, original_currency, gross, refunded]);
const differences = async () => (await verify(shop.workspace.warehouse, shop.workspace.config)).differences;

it("have their price by the rate of their day, and their orders by that of the order's", async () => {
  await load("rates.csv", "currency,date,rate", "USD,2024-01-05,0.785");
  await load(
    "events.csv",
    "event_id,event_at,event_type,customer_id,product_id,price,quantity,order_id,currency",
    "e1,2024-01-05T10:00:00Z,view,1,mug,10.00,,,usd",
    "e2,2024-01-05T10:01:00Z,purchase,1,mug,12.50,2,X,USD", // 981.25 each, 1962.50 together to the even 1962
    "e3,2024-02-01T10:00:00Z,refund,1,mug,12.50,1,X,USD", // its own day has no rate; it goes back at the order's
    "e4,2024-01-05T10:02:00Z,purchase,2,mug,1500,1,Y,JPY",
    "e5,2024-01-05T10:03:00Z,purchase,3,mug,5.00,1,Z,GBP",
    "e6,2024-01-05T10:03:00Z,view,3,mug,5.00,1,,ZZZ",
  );
  expect(await prices()).toEqual({ e1: 785, e2: 981, e3: 0, e4: 0, e5: 500 });
  expect(await orders()).toEqual([
    ["X", "USD", 1962, 981],
    ["Z", "", 500, 0],
  ]);
  expect(await differences()).toEqual([]);
  // What counts is written anew for none of it: prices were put in before the events counted.
  const rewritten =
    "select mutation_id from system.mutations where database = currentDatabase() and table = 'fct_events'";
  expect(await shop.sql(rewritten)).toEqual([]);

  const [more] = await load("more.csv", "currency,date,rate", "USD,2024-01-05,0.80", "JPY,2024-01-04,0.0055");
  expect(await prices()).toEqual({ e1: 800, e2: 1000, e3: 0, e4: 825, e5: 500 });
  expect(await orders()).toEqual([
    ["X", "USD", 2000, 1000],
    ["Y", "JPY", 825, 0],
    ["Z", "", 500, 0],
  ]);
  await undoImport(context(), more?.batch_key ?? 0);
  expect(await prices()).toEqual({ e1: 785, e2: 981, e3: 0, e4: 0, e5: 500 });
  expect(await orders()).toEqual([
    ["X", "USD", 1962, 981],
    ["Z", "", 500, 0],
  ]);
  expect(await differences()).toEqual([]);
});

it("and orders, payments and costs come to the same in whatever order their files and rates come and go", async () => {
  await emptyWarehouse(shop.workspace.warehouse);
  const files: Readonly<Record<string, readonly string[]>> = {
    "rates-1.csv": ["currency,date,rate", "USD,2024-01-05,0.785", "EUR,2024-01-05,0.86"],
    "rates-2.csv": ["currency,date,rate", "USD,2024-01-05,0.79", "USD,2024-01-09,0.8", "JPY,2024-01-01,0.0054"],
    "ecb.csv": ["Date,USD,JPY,GBP", "2024-01-08,1.0946,157.87,0.86050", "2024-01-05,1.0921,158.37,0.86105"],
    "events-1.csv": [
      "event_id,event_at,event_type,customer_id,product_id,price,quantity,order_id,currency",
      "a,2024-01-05T10:00:00Z,purchase,1,mug,10.01,3,X,USD",
      "b,2024-01-09T10:00:00Z,refund,1,mug,10.01,1,X,USD",
      "c,2024-01-06T10:00:00Z,purchase,2,mug,1999,1,Y,JPY",
    ],
    "events-2.csv": [
      "event_id,event_at,event_type,customer_id,product_id,price,quantity,order_id,currency",
      "a,2024-01-05T10:00:00Z,purchase,1,mug,10.01,3,X,USD",
      "d,2024-01-08T10:00:00Z,view,1,pen,3.33,,,EUR",
      "e,2024-01-08T10:00:00Z,purchase,4,pen,3.33,1,X,GBP",
    ],
    "costs.csv": ["product_id,cost,valid_from,currency", "mug,4.00,2024-01-05,USD"],
  };
  const names = Object.keys(files);
  let state = 7;
  const next = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const live = new Map<string, number>();
  for (let step = 0; step < 10; step += 1) {
    const name = names[next(names.length)] ?? "";
    const key = live.get(name);
    if (key === undefined) {
      const [batch] = await load(name, ...(files[name] ?? []));
      live.set(name, batch?.batch_key ?? 0);
    } else {
      await undoImport(context(), key);
      live.delete(name);
    }
    if (step % 5 === 4) expect(await differences(), `step ${step}`).toEqual([]);
  }
  const tables = ["fct_orders", "fct_order_lines", "fct_events", "agg_daily", "agg_product_daily", "day_rates"];
  const before = await tableRows(shop.workspace.warehouse, tables);
  await build(shop.workspace.warehouse, { ...context(), touched: null, reason: "full build" });
  expect(await tableRows(shop.workspace.warehouse, tables)).toEqual(before);
  expect(live.size).toBeGreaterThan(0);
});

it("and a price that its day's rate does not make is told by verify", async () => {
  await emptyWarehouse(shop.workspace.warehouse);
  await load("rates.csv", "currency,date,rate", "USD,2024-01-05,0.785");
  const [batch] = await load(
    "events.csv",
    "event_id,event_at,event_type,customer_id,product_id,price,currency",
    "e1,2024-01-05T10:00:00Z,view,1,mug,10.00,USD",
    "e2,2024-01-05T10:01:00Z,view,1,pen,20.00,USD",
  );
  expect(await differences()).toEqual([]);
  await shop.workspace.warehouse.command("alter table fct_events update price_minor = 1571 where event_id = 'e2'", {
    settings: { mutations_sync: "2" },
  });
  const key = `batch_key=${batch?.batch_key}, source_row=2`;
  expect(await differences()).toEqual([
    { table: "fct_events", key, column: "price_minor", stored: "1571", recomputed: "1570" },
  ]);
});
