/** Files of product costs, and the margins that follow from them; every figure by hand. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ currency: "GBP", time_zone: "UTC" });
});
afterAll(async () => await shop.close());

const load = async (name: string, ...lines: readonly string[]) =>
  await shop.load([writeFile(shop, name, `${lines.join("\n")}\n`)]);
const costs = async () =>
  (
    await shop.sql(
      "select order_id, unit_cost_minor from (select l.*, o.order_id from fct_order_lines l join fct_orders o using order_key) order by order_id, line_on",
    )
  ).map(({ order_id, unit_cost_minor }) => [order_id, unit_cost_minor === null ? null : Number(unit_cost_minor)]);

it("give each line the cost of its order's day, its own first, and none where there is none", async () => {
  await load(
    "orders.csv",
    "order_id,ordered_at,line_id,product_id,quantity,unit_price,unit_cost,category",
    "A,2023-12-10,1,mug,1,10.00,,table",
    "B,2024-01-10,1,mug,2,10.00,,table",
    "B,2024-03-01,2,mug,-1,10.00,,table", // sold at a cost of 4, comes back at it
    "C,2024-02-10,1,mug,1,10.00,,table",
    "D,2024-01-10,1,pen,1,3.00,,desk",
    "E,2024-01-10,1,lamp,1,20.00,1.00,desk",
    "F,2024-01-10,1,cup,1,8.00,,table",
  );
  await load("rates.csv", "currency,date,rate", "USD,2024-01-05,0.785");
  const [batch] = await load(
    "costs.csv",
    "product_id,cost,valid_from,currency",
    "mug,4.00,2024-01-01,",
    "mug,5.00,2024-02-01,GBP",
    "pen,2.00,2024-01-05,USD", // 1.57
    "lamp,9.00,2024-01-01,",
    "cup,1.00,2024-01-01,JPY", // without a rate it is unknown
    "cup,-1.00,2024-01-01,",
    "cup,cheap,2024-01-01,",
    "cup,1.00,someday,",
    "cup,1.00,2024-01-01,ZZZ",
  );
  expect([batch?.preset, batch?.kind, batch?.loaded_rows, batch?.rejected_rows]).toEqual([
    "orders-csv",
    "product_costs",
    5,
    4,
  ]);
  expect(await shop.sql("select value, reason from ops_rejects order by source_row")).toEqual([
    { value: "-1.00", reason: "must be from 0 to 90,000,000,000" },
    { value: "cheap", reason: "is not a number" },
    { value: "someday", reason: "is not a date" },
    { value: "ZZZ", reason: "is no code of a currency in ISO 4217, such as EUR" },
  ]);
  expect(await costs()).toEqual([
    ["A", null],
    ["B", 400],
    ["B", 400],
    ["C", 500],
    ["D", 157],
    ["E", 100],
    ["F", null],
  ]);
  const january = await shop.query("category-margin-monthly", { period_start: "2024-01-01", period_end: "2024-02-01" });
  // Desk: 3 and 20 at 1.57 and 1. Table: two mugs, 20 at 8; of the cup's 8 the cost is unknown: 20 of 28.
  expect(january).toMatchObject([
    { category: "desk", net_revenue_minor: 2300, cost_minor: 257, margin_minor: 2043, costed_revenue_rate: 1 },
    { category: "table", net_revenue_minor: 2800, cost_minor: 800, margin_minor: 1200, costed_revenue_minor: 2000 },
  ]);
  expect(january[1]?.costed_revenue_rate).toBeCloseTo(20 / 28, 12);
  const [march] = await shop.query("category-margin-monthly", { period_start: "2024-03-01", period_end: "2024-03-02" });
  expect(march).toMatchObject({ net_revenue_minor: -1000, cost_minor: -400, margin_minor: -600 });
  expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);

  const context = { warehouse: shop.workspace.warehouse, config: shop.workspace.config, clock: fixedClock() };
  await undoImport(context, batch?.batch_key ?? 0);
  expect((await costs()).map(([, cost]) => cost)).toEqual([null, null, null, null, null, 100, null]);
});
