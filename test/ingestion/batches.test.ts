import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { listBatches } from "../../src/ingestion/batches.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, tableRows, writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterEach(async () => await emptyWarehouse(shop.workspace.warehouse));
afterAll(async () => await shop.close());

const undo = async (key: number) => {
  const { warehouse, config } = shop.workspace;
  return await undoImport({ warehouse, config, clock: fixedClock() }, key);
};
const check = async () => (await verify(shop.workspace.warehouse, shop.workspace.config)).differences;
const header = "event_id,event_at,event_type,customer_id,product_id,price";
const events = (...ids: readonly string[]): string =>
  `${header}\n${ids.map((id, at) => `${id},2025-03-0${at + 1}T10:00:00Z,purchase,1,2,5`).join("\n")}\n`;
const loaded = async () =>
  (await shop.sql("select event_id, batch_key from fct_events order by event_id, batch_key")).map(
    (row) => `${row.event_id}@${row.batch_key}`,
  );
const built = [
  "fct_events",
  "fct_sessions",
  "fct_orders",
  "fct_order_lines",
  "dim_customer",
  "dim_product",
  "agg_daily",
  "agg_product_daily",
];

describe("a batch", () => {
  it("imported twice changes nothing", async () => {
    const path = writeFile(shop, "a.csv", events("a", "b"));
    await shop.load([path]);
    const before = await tableRows(shop.workspace.warehouse, built);
    const [again] = await shop.load([path]);
    expect(again).toMatchObject({ state: "duplicate", read_rows: 2, loaded_rows: 0, duplicate_rows: 2 });
    expect(await tableRows(shop.workspace.warehouse, built)).toEqual(before);
    expect(await check()).toEqual([]);
  });

  it("of which every row is refused touches no day", async () => {
    await shop.load([writeFile(shop, "a.csv", events("a"))]);
    const [refused] = await shop.load([writeFile(shop, "b.csv", events("b").replace("purchase", "nonsense"))]);
    expect(refused).toMatchObject({ read_rows: 1, loaded_rows: 0, rejected_rows: 1, is_built: true });
    expect(await check()).toEqual([]);
  });

  it("without ids keeps equal rows of one file", async () => {
    const row = "2025-03-01T10:00:00Z,view,1,2,5";
    const text = `event_at,event_type,customer_id,product_id,price\n${row}\n${row}\n${row}\n`;
    const [batch] = await shop.load([writeFile(shop, "equal.csv", text)]);
    expect(batch).toMatchObject({ read_rows: 3, loaded_rows: 3, duplicate_rows: 0 });
  });

  it("undone leaves nothing behind", async () => {
    const [one] = await shop.load([writeFile(shop, "a.csv", events("a"))]);
    const before = await tableRows(shop.workspace.warehouse, built);
    const [other] = await shop.load([writeFile(shop, "b.csv", events("x", "y", "z"))]);
    await undo(Number(other?.batch_key));
    expect(await tableRows(shop.workspace.warehouse, built)).toEqual(before);
    await undo(Number(one?.batch_key));
    for (const table of built) expect(await shop.sql(`select * from ${table}`), table).toEqual([]);
    expect(await check()).toEqual([]);
  });
});

describe("events with ids count once", () => {
  it("in one file and over files; those set aside return when the first is undone", async () => {
    const [first] = await shop.load([writeFile(shop, "a.csv", events("a", "b", "a"))]);
    expect(first).toMatchObject({ read_rows: 3, loaded_rows: 2, duplicate_rows: 1 });
    const [second] = await shop.load([writeFile(shop, "b.csv", events("b", "c", "a"))]);
    expect(second).toMatchObject({ read_rows: 3, loaded_rows: 1, duplicate_rows: 2 });
    expect(await loaded()).toEqual(["a@1", "b@1", "c@2"]);
    await undo(Number(first?.batch_key));
    expect(await loaded()).toEqual(["a@2", "b@2", "c@2"]);
    const [, after] = await listBatches(shop.workspace.warehouse);
    expect(after).toMatchObject({ read_rows: 3, loaded_rows: 3, duplicate_rows: 0 });
    expect(await check()).toEqual([]);
  });

  it("when a corrected file still holds an id that a third batch holds too", async () => {
    const path = writeFile(shop, "a.csv", events("a", "b"));
    await shop.load([path]);
    await shop.load([writeFile(shop, "b.csv", events("b", "c"))]);
    writeFile(shop, "a.csv", events("b", "d"));
    const [corrected] = await shop.load([path]);
    expect(corrected).toMatchObject({ state: "loaded", loaded_rows: 2, duplicate_rows: 0 });
    expect(await loaded()).toEqual(["b@3", "c@2", "d@3"]);
    expect(await check()).toEqual([]);
  });

  it("when a corrected file drops the id: the third batch's row counts from then on, on its own day", async () => {
    const path = writeFile(shop, "a.csv", events("a"));
    await shop.load([path]);
    await shop.load([writeFile(shop, "b.csv", events("x", "y", "z", "a"))]);
    writeFile(shop, "a.csv", events("q"));
    await shop.load([path]);
    expect(await loaded()).toEqual(["a@2", "q@3", "x@2", "y@2", "z@2"]);
    expect(await check()).toEqual([]);
  });
});

describe("a corrected file", () => {
  it("takes the place of its older self, also when its new content is known from elsewhere", async () => {
    const path = writeFile(shop, "a.csv", events("a"));
    await shop.load([path]);
    await shop.load([writeFile(shop, "b.csv", events("b", "c"))]);
    writeFile(shop, "a.csv", events("b", "c"));
    const [twin] = await shop.load([path]);
    expect(twin).toMatchObject({ state: "duplicate", duplicate_rows: 2 });
    expect(await loaded()).toEqual(["b@2", "c@2"]);
    expect((await listBatches(shop.workspace.warehouse)).map((one) => one.state)).toEqual([
      "replaced",
      "loaded",
      "duplicate",
    ]);
    expect(await check()).toEqual([]);
  });

  it("may come under another name when it is said which it replaces", async () => {
    const [old] = await shop.load([writeFile(shop, "a.csv", events("a"))]);
    const [next] = await shop.load([writeFile(shop, "a-fixed.csv", events("z"))], { replace: String(old?.batch_key) });
    expect(await loaded()).toEqual(["z@2"]);
    expect(next?.source).toBe(old?.source);
  });
});

describe("a journal of many batches, as collecting fills it", () => {
  it("takes the next import, knows a twin and a corrected file, and undoes", async () => {
    const path = writeFile(shop, "a.csv", events("a"));
    await shop.load([path]);
    await shop.workspace.warehouse.command(`
      insert into ops_batches
      select batches.* replace (
        toUInt32(number + 10) as batch_key, toString(number) as source, toString(number) as digest,
        number as file_bytes, 0 as read_rows, 0 as loaded_rows)
      from (select * from ops_batches final) as batches cross join numbers(200000) as numbers`);
    expect(await shop.load([path])).toMatchObject([{ state: "duplicate", batch_key: 200_010 }]);
    writeFile(shop, "a.csv", events("b"));
    expect(await shop.load([path])).toMatchObject([{ state: "loaded", batch_key: 200_011 }]);
    expect(await loaded()).toEqual(["b@200011"]);
    await undo(200_011);
    expect(await loaded()).toEqual([]);
  });
});

describe("late and out-of-order rows", () => {
  it("land in their own days", async () => {
    const rows = (days: readonly string[]) =>
      `event_at,event_type,customer_id\n${days.map((day) => `${day}T12:00:00Z,view,1`).join("\n")}\n`;
    await shop.load([writeFile(shop, "new.csv", rows(["2025-05-02", "2025-04-30", "2025-05-01"]))]);
    await shop.load([writeFile(shop, "late.csv", rows(["2025-01-31", "2025-05-01"]))]);
    expect(
      await shop.sql("select toString(day_on) as day, toString(event_count) as events from agg_daily order by day_on"),
    ).toEqual([
      { day: "2025-01-31", events: "1" },
      { day: "2025-04-30", events: "1" },
      { day: "2025-05-01", events: "2" },
      { day: "2025-05-02", events: "1" },
    ]);
    expect(await check()).toEqual([]);
  });

  it("an order header before and after all lines counts on its own day", async () => {
    const text =
      "order_id,customer_id,order_status,order_purchase_timestamp\n1,9,delivered,2025-01-01 10:00:00\n2,9,delivered,2025-03-01 10:00:00\n";
    const lines = "order_id,ordered_at,unit_price,product_id\n1,2025-02-01T10:00:00Z,5,1\n2,2025-02-02T10:00:00Z,7,1\n";
    await shop.load([writeFile(shop, "lines.csv", lines), writeFile(shop, "heads.csv", text)]);
    expect(
      await shop.sql("select toString(day_on) as day from agg_daily where order_count > 0 order by day_on"),
    ).toEqual([{ day: "2025-01-01" }, { day: "2025-03-01" }]);
    expect(await check()).toEqual([]);
  });
});

describe("verify", () => {
  it.each([
    {
      corrupt: "alter table fct_sessions update event_count = event_count + 1 where source_key = 1",
      found: { table: "fct_sessions", column: "event_count", stored: "2", recomputed: "1" },
    },
    {
      corrupt: "alter table agg_daily update purchase_event_count = 7 where day_on = '2025-03-01'",
      found: {
        table: "agg_daily",
        key: "day_on=2025-03-01",
        column: "purchase_event_count",
        stored: "7",
        recomputed: "1",
      },
    },
    { corrupt: "delete from fct_orders where 1", found: { table: "fct_orders", stored: null, recomputed: "a row" } },
    {
      corrupt: "insert into dim_product (product_key, product_id) values (77, 'ghost')",
      found: { table: "dim_product", key: "product_key=77", stored: "a row", recomputed: null },
    },
    {
      corrupt: "delete from fct_events where event_id = 'a'",
      found: { table: "ops_batches", key: "batch_key=1", column: "loaded_rows", stored: "2", recomputed: "1" },
    },
    {
      corrupt:
        "insert into ops_batches select * replace(read_rows + 1 as read_rows, version + 1 as version) from ops_batches final",
      found: { table: "ops_batches", column: "read_rows", stored: "3", recomputed: "2" },
    },
  ])("names what is wrong after: $corrupt", async ({ corrupt, found }) => {
    await shop.load([writeFile(shop, "a.csv", events("a", "b"))]);
    expect(await check()).toEqual([]);
    await shop.workspace.warehouse.command(corrupt, {
      settings: { mutations_sync: "2", lightweight_deletes_sync: "2" },
    });
    expect(await check()).toEqual(expect.arrayContaining([expect.objectContaining(found)]));
  });
});

describe("the history of a product", () => {
  const products = (name: string, rows: readonly string[]): string =>
    writeFile(shop, name, `product_id,name,price,cost,category\n${rows.join("\n")}\n`);
  const spans = async () =>
    (
      await shop.sql(`
        select product_id, toString(price_minor) as price, toString(cost_minor) as cost, category, is_current,
          toBool(valid_to_at is not distinct from leadInFrame(toNullable(valid_from_at)) over (partition by product_id order by valid_from_at rows between unbounded preceding and unbounded following)) as is_gapless
        from dim_product_history order by product_id, valid_from_at`)
    ).map((row) => [row.product_id, row.price, row.cost, row.category, row.is_current, row.is_gapless]);

  it("has a span for each change of price, cost or category, and follows what is undone", async () => {
    await shop.load([products("first.csv", ["A,Cap,10.00,4.00,hats", "B,Sock,3.00,1.00,legs"])]);
    await shop.load([products("named-anew.csv", ["A,Fine cap,10.00,,hats"])]);
    const [dearer] = await shop.load([products("dearer.csv", ["A,Fine cap,12.00,4.00,hats"])]);
    await shop.load([products("moved.csv", ["A,Fine cap,12.00,5.00,heads"])]);
    expect(await spans()).toEqual([
      ["A", "1000", "400", "hats", false, true],
      ["A", "1200", "400", "hats", false, true],
      ["A", "1200", "500", "heads", true, true],
      ["B", "300", "100", "legs", true, true],
    ]);
    await undo(Number(dearer?.batch_key));
    expect(await spans()).toEqual([
      ["A", "1000", "400", "hats", false, true],
      ["A", "1200", "500", "heads", true, true],
      ["B", "300", "100", "legs", true, true],
    ]);
  });
});
