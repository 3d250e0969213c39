/** Pulling from a PostgreSQL server and a SQLite file: nothing lost, nothing doubled, whatever step is the last. */
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "../../bench/support/postgres.mjs";
import { pullSource } from "../../src/pulls/index.ts";
import { type PullStep, pullSteps } from "../../src/pulls/pull.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const understood = { map: "lines.json" };
const mapping = {
  kind: "order_lines",
  columns: {
    order_id: "order_id",
    product_id: "sku",
    quantity: "units",
    unit_price: "price",
    line_at: "sold_at",
  },
};

let server: Awaited<ReturnType<typeof startPostgres>>;
let client: pg.Client;
let shop: TestShop;

beforeAll(async () => {
  server = await startPostgres();
  const address = await server.createDatabase("shop");
  process.env.TEST_PULL_URL = address;
  client = new pg.Client({ connectionString: address });
  await client.connect();
  shop = await openTestShop({
    currency: "EUR",
    pulls: {
      lines: {
        from: "postgresql",
        url_env: "TEST_PULL_URL",
        table: "sales.lines",
        watermark: "changed_at",
        overlap_seconds: 0,
        ...understood,
      },
      headers: {
        from: "postgresql",
        url_env: "TEST_PULL_URL",
        table: "orders",
        watermark: "changed_at",
        overlap_seconds: 60,
        preset: "olist",
      },
      absent: {
        from: "postgresql",
        url_env: "TEST_PULL_URL",
        table: "absent",
        watermark: "id",
        overlap_seconds: 0,
      },
      file: {
        from: "sqlite",
        path: "orders.sqlite",
        table: "lines",
        watermark: "changed",
        overlap_seconds: 0,
        ...understood,
      },
    },
  });
  writeFileSync(join(shop.folder, "lines.json"), JSON.stringify(mapping));
});
afterEach(async () => {
  await emptyWarehouse(shop.workspace.warehouse);
  rmSync(join(shop.folder, "pulls"), { recursive: true, force: true });
});
afterAll(async () => {
  delete process.env.TEST_PULL_URL;
  await shop?.close();
  await client?.end();
  await server?.stop();
});

/** Lines without ids of their own, so that only the pull itself tells one taken before from a new one. */
async function sell(rows: readonly (readonly [string, string, number, string, string])[]): Promise<void> {
  for (const [order, sku, units, price, changed] of rows)
    await client.query("insert into sales.lines values ($1, $2, $3, $4, '2025-03-30 21:30:00+00', $5)", [
      order,
      sku,
      units,
      price,
      changed,
    ]);
}

async function emptySales(): Promise<void> {
  await client.query(`drop schema if exists sales cascade; create schema sales;
    create table sales.lines (order_id text, sku text, units int, price numeric(10, 2), sold_at timestamptz, changed_at timestamptz)`);
}

const first = [
  ["A1", "tea", 2, "19.99", "2025-03-31 00:00:00.000001+00"],
  ["A1", "cup", 1, "5.00", "2025-03-31 00:00:00.000002+00"],
  ["A2", "cup", 1, "5.00", "2025-03-31 00:00:00.000002+00"],
] as const;
/** Two of the newest moment that came after the first run, one of them like a row taken then; and a later one. */
const second = [
  ["A2", "cup", 1, "5.00", "2025-03-31 00:00:00.000002+00"],
  ["A3", "tea", 1, "19.99", "2025-03-31 00:00:00.000002+00"],
  ["A4", "cup", 3, "5.00", "2025-03-31 00:00:00.000003+00"],
] as const;

const lines = async () =>
  await shop.sql(
    `select order_id, toString(product_key) as product, quantity, toString(unit_price_minor) as price, toString(count()) as line_count
     from stg_order_lines where batch_key in live_batches group by all order by all`,
  );

/** Runs until it is done; the first time it ends before `step`. */
async function pullEndingBefore(name: string, step: PullStep | null): Promise<void> {
  const end = new Error("the process ended");
  const ended = await pullSource(shop.workspace, name, {
    onStep: (one) => {
      if (one === step) throw end;
    },
  }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(ended).toBe(step === null ? null : end);
  if (step !== null) await pullSource(shop.workspace, name);
}

describe("a table of PostgreSQL", () => {
  it("gives what is new since the last run, rows of an equal watermark too, and each row once", async () => {
    await emptySales();
    await sell(first);
    expect(await pullSource(shop.workspace, "lines")).toMatchObject({
      taken_rows: 3,
      repeated_rows: 0,
      loaded_rows: 3,
      refused_rows: 0,
      watermark_before: null,
      watermark_after: "2025-03-31 00:00:00.000002+00",
    });
    expect(await pullSource(shop.workspace, "lines")).toMatchObject({
      taken_rows: 0,
      repeated_rows: 2,
      batch_keys: [],
    });
    await sell(second);
    expect(await pullSource(shop.workspace, "lines")).toMatchObject({
      taken_rows: 3,
      repeated_rows: 2,
      watermark_after: "2025-03-31 00:00:00.000003+00",
    });
    await sell([["A5", "cup", 1, "5.00", "2025-04-01 00:00:00+00"]]);
    await client.query("update sales.lines set units = null, price = null where order_id = 'A5'");
    const refused = await pullSource(shop.workspace, "lines");
    expect(refused).toMatchObject({ taken_rows: 1, loaded_rows: 0, refused_rows: 1 });
    expect(await shop.sql("select column_name, reason from ops_rejects")).toEqual([
      { column_name: "price", reason: "is empty" },
    ]);
    // 2 x 19.99 + 5.00; 5.00 twice; 19.99; 3 x 5.00
    expect(await shop.sql("select order_id, toString(net_minor) as net from fct_orders order by order_id")).toEqual([
      { order_id: "A1", net: "4498" },
      { order_id: "A2", net: "1000" },
      { order_id: "A3", net: "1999" },
      { order_id: "A4", net: "1500" },
    ]);
    expect(await shop.sql("select distinct source from ops_batches where kind != '' order by source")).toEqual([
      { source: "pull lines 1" },
      { source: "pull lines 2" },
      { source: "pull lines 3" },
    ]);
  });

  it("ended between any two steps of both runs, ends as a run without interruption does", async () => {
    const outcome = async (step: PullStep | null) => {
      await emptyWarehouse(shop.workspace.warehouse);
      rmSync(join(shop.folder, "pulls"), { recursive: true, force: true });
      await emptySales();
      await sell(first);
      await pullEndingBefore("lines", step);
      await sell(second);
      await pullEndingBefore("lines", step);
      return await lines();
    };
    const whole = await outcome(null);
    expect(whole.map(({ order_id, line_count }) => [order_id, line_count])).toEqual([
      ["A1", "1"],
      ["A1", "1"],
      ["A2", "2"],
      ["A3", "1"],
      ["A4", "1"],
    ]);
    // Before the first step and after the last there is nothing half done.
    for (const step of pullSteps.slice(1, -1)) expect([step, await outcome(step)]).toEqual([step, whole]);
  }, 300_000);

  it("takes a changed row again, and one that became visible late within the overlap", async () => {
    await client.query(`drop table if exists orders; create table orders (order_id text, customer_id text, order_status text,
      order_purchase_timestamp timestamptz, changed_at timestamptz);
      insert into orders values ('B1', 'ana', 'created', '2025-03-31 10:00:00+02', '2025-03-31 08:10:00+00'),
        ('B2', 'ben', 'created', '2025-03-31 10:01:00+02', '2025-03-31 08:11:00+00')`);
    expect(await pullSource(shop.workspace, "headers")).toMatchObject({ taken_rows: 2, loaded_rows: 2 });
    await client.query(`update orders set order_status = 'cancelled', changed_at = '2025-03-31 08:12:00+00' where order_id = 'B1';
      insert into orders values ('B3', 'cara', 'created', '2025-03-31 10:00:30+02', '2025-03-31 08:10:30+00')`);
    expect(await pullSource(shop.workspace, "headers")).toMatchObject({ taken_rows: 2, repeated_rows: 1 });
    expect(
      await shop.sql("select order_id, status, toString(placed_at) as at from fct_orders order by order_id"),
    ).toEqual([
      { order_id: "B1", status: "cancelled", at: "2025-03-31 08:00:00.000" },
      { order_id: "B2", status: "created", at: "2025-03-31 08:01:00.000" },
      { order_id: "B3", status: "created", at: "2025-03-31 08:00:30.000" },
    ]);
  });

  it("says what is wrong, and goes on from where it was once that is mended", async () => {
    await client.query("drop table if exists absent");
    await expect(pullSource(shop.workspace, "absent")).rejects.toThrow(
      /table absent: relation "absent" does not exist/,
    );
    await expect(pullSource(shop.workspace, "other")).rejects.toMatchObject({ code: "pull_unknown" });
    await client.query("create table absent (id int, what text); insert into absent values (1, 'x')");
    await expect(pullSource(shop.workspace, "absent")).rejects.toMatchObject({ code: "format_unknown" });
  });
});

describe("a table of SQLite", () => {
  it("is read with its write-ahead log, also rows of an equal watermark", async () => {
    const path = join(shop.folder, "orders.sqlite");
    copyFileSync(fileURLToPath(new URL("../fixtures/orders.sqlite", import.meta.url)), path);
    const { warehouse } = shop.workspace;
    expect(await pullSource(shop.workspace, "file")).toMatchObject({ taken_rows: 2, watermark_after: "100" });
    await warehouse.command(
      `insert into function sqlite({path:String}, 'lines')
       select 3, 'A2', 'cup', 1, '5.00', '2025-03-30 21:31:00', 100 union all
       select 4, 'A2', 'tea', 1, '19.99', '2025-03-30 21:31:00', 1000`,
      { bindings: { path } },
    );
    expect(await pullSource(shop.workspace, "file")).toMatchObject({
      taken_rows: 2,
      repeated_rows: 2,
      watermark_before: "100",
      watermark_after: "1000",
    });
    expect(await shop.sql("select order_id, toString(net_minor) as net from fct_orders order by order_id")).toEqual([
      { order_id: "A1", net: "4498" },
      { order_id: "A2", net: "2499" },
    ]);
  });
});
