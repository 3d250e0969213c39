import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeImport } from "../../src/ingestion/describe-import.ts";
import { rejectsCsv } from "../../src/ingestion/rejects-csv.ts";
import { exportTable } from "../../src/warehouse/export-table.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop({ time_zone: "Europe/London" });
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

const orders = [
  "order_id;ordered_at;customer_id;product_id;quantity;unit_price;gift",
  "1;31.12.2024 10:00;anna;P1;2;3,50;yes",
  '2;32.12.2024 10:00;anna;P1;1;3,50;"a;\nb"',
  "3;01.01.2025 10:00;5;P2;-1;nine;no",
  "4;01.01.2025;5;P2;1;9,00;",
].join("\n");

describe("a dry run", () => {
  it("tells how a file is understood and what it would refuse, and loads nothing", async () => {
    const path = writeFile(shop, "orders.csv", `${orders}\n`);
    const [found] = await describeImport([path], {});
    expect(found).toMatchObject({
      format: "delimited",
      preset: "orders-csv",
      kind: "order_lines",
      unmapped: ["gift"],
      unmapped_kept_in: null,
      style: { delimiter: ";", decimal: ",", dateOrder: "dmy", encoding: "utf-8" },
      read_rows: 4,
      loadable_rows: 2,
      rejected_rows: 2,
      first_rejects: [
        { source_row: 2, line: 3, column_name: "ordered_at", value: "32.12.2024 10:00" },
        { source_row: 3, line: 5, column_name: "unit_price", reason: "is not a number" },
      ],
    });
    expect(found?.mapping).toContainEqual({ field: "line_at", column: "ordered_at" });
    expect(await shop.sql("select * from ops_batches")).toEqual([]);
    const [batch] = await shop.load([path]);
    expect(batch).toMatchObject({ read_rows: 4, loaded_rows: 2, rejected_rows: 2 });
  });
});

describe("the refused rows of a batch", () => {
  it("come as a file that loads once they are corrected", async () => {
    const [batch] = await shop.load([writeFile(shop, "orders.csv", `${orders}\n`)]);
    const text = await rejectsCsv(shop.workspace.warehouse, Number(batch?.batch_key));
    const lines = orders.split("\n");
    expect(text).toBe(`${[lines[0], `${lines[2]}\n${lines[3]}`, lines[4]].join("\n")}\n`);
    const fixed = text.replace("32.12", "31.12").replace("nine", "9,00");
    const [replayed] = await shop.load([writeFile(shop, "fixed.csv", fixed)]);
    expect(replayed).toMatchObject({ read_rows: 2, loaded_rows: 2, rejected_rows: 0 });
  });
});

describe("exports", () => {
  const events = [
    "event_id,event_at,event_type,customer_id,product_id,session_id,price,quantity,category,brand,properties",
    "a,2025-01-31T23:59:59.123Z,view,1,10,7,1.50,1,shoes.boots,acme,",
    'b,2025-02-01T00:00:00.000Z,purchase,anna,P-1,,0.05,2,,acme,"{""x"":""1, 2""}"',
    "c,2025-03-30T01:30:00.000Z,search,,,,,1,,,",
  ].join("\n");
  const facts =
    "select toString(event_at) as at, event_type, customer_key, product_key, session_key, price_minor, quantity, event_id, properties from fct_events order by event_at";
  const products = "select product_id, category, brand from dim_product order by product_id";

  it.each(["csv", "ndjson", "parquet"] as const)("of events by month as %s come back as they were", async (format) => {
    await shop.load([writeFile(shop, "events.csv", `${events}\n`)]);
    const before = [await shop.sql(facts), await shop.sql(products)];
    const out = join(shop.folder, `out-${format}`);
    const paths = await exportTable(shop.workspace.warehouse, { table: "events", format, partitionBy: "month", out });
    expect(paths).toEqual(
      ["2025-01", "2025-02", "2025-03"].map((month) => join(out, `month=${month}`, `events.${format}`)),
    );
    await emptyWarehouse(shop.workspace.warehouse);
    const batches = await shop.load([out]);
    expect(batches.map((batch) => batch.rejected_rows)).toEqual([0, 0, 0]);
    expect([await shop.sql(facts), await shop.sql(products)]).toEqual(before);
  });

  it("of order lines come back as they were", async () => {
    const lines =
      "select order_id, toString(line_at) as at, customer_key, product_key, quantity, unit_price_minor, discount_minor from stg_order_lines order by order_id";
    const text =
      "order_id,line_id,ordered_at,customer_id,product_id,quantity,unit_price,discount\n1,a,2025-01-01T10:00:00Z,x,10,2,3.99,0.50\n2,b,2025-02-01T10:00:00Z,,10,-1,3.99,\n";
    await shop.load([writeFile(shop, "orders.csv", text)]);
    const before = await shop.sql(lines);
    const out = join(shop.folder, "out-orders");
    await exportTable(shop.workspace.warehouse, { table: "order_lines", format: "csv", partitionBy: "none", out });
    await emptyWarehouse(shop.workspace.warehouse);
    await shop.load([out]);
    expect(await shop.sql(lines)).toEqual(before);
  });
});
