import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Engine } from "../src/warehouse/engine.ts";
import { migrations } from "../src/warehouse/migrations.ts";
import { prepareSchema, schemaVersion, writeState } from "../src/warehouse/schema.ts";
import { verify } from "../src/warehouse/verify.ts";
import { Workspace } from "../src/workspace.ts";
import { ensureBuilt } from "./support/built.ts";
import { writeFile } from "./support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  await ensureBuilt();
  shop = await openTestShop();
  await shop.load([writeFile(shop, "events.csv", "event_at,event_type,customer_id\n2025-01-01T10:00:00Z,view,1\n")]);
});
afterAll(async () => await shop.close());

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[2] !== "Z";
  } catch {
    return false;
  }
};

const engineOf = async (): Promise<number> => (await shop.workspace.engine?.address())?.pid ?? 0;

describe("the embedded engine", () => {
  it("fails a running query with engine_stopped when it is killed, and answers the next with all its data", async () => {
    const pid = await engineOf();
    const running = shop.workspace.warehouse.query(
      "select sleepEachRow(1) from numbers(60) settings max_block_size = 1",
    );
    const failure = expect(running).rejects.toMatchObject({ code: "engine_stopped" });
    await sleep(300);
    process.kill(pid, "SIGKILL");
    await failure;
    expect(await shop.sql("select toString(count()) as events from fct_events")).toEqual([{ events: "1" }]);
    expect(await engineOf()).not.toBe(pid);
  });

  it("refuses a second owner of its folder with workspace_busy", async () => {
    const { warehouse, run, backups } = shop.workspace.folders;
    const second = Engine.start({ dataFolder: warehouse, runFolder: `${run}-second`, backupsFolder: backups });
    await expect(second).rejects.toMatchObject({ code: "workspace_busy" });
  });

  it("ends with its parent, however that ends", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cartwright-parent-"));
    const script = `
      import { Engine } from ${JSON.stringify(fileURLToPath(new URL("../dist/warehouse/engine.js", import.meta.url)))};
      const at = (name) => ${JSON.stringify(folder)} + "/" + name;
      const engine = await Engine.start({ dataFolder: at("data"), runFolder: at("run"), backupsFolder: at("backups") });
      console.log((await engine.address()).pid);
      setInterval(() => {}, 1000);`;
    const parent: ChildProcess = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = await new Promise<number>((resolve) => parent.stdout?.once("data", (bytes) => resolve(Number(bytes))));
    expect(isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    for (let waited = 0; waited < 100 && isAlive(pid); waited += 1) await sleep(50);
    expect(isAlive(pid)).toBe(false);
    rmSync(folder, { recursive: true, force: true });
  });

  it("stops cleanly and starts again on the same data", async () => {
    const other = await openTestShop();
    const pid = (await other.workspace.engine?.address())?.pid ?? 0;
    await other.load([writeFile(other, "e.csv", "event_at,event_type\n2025-01-01T10:00:00Z,view\n")]);
    await other.workspace.close();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(other.workspace.folders.run, "owner.json"))).toBe(false);
    const again = await Workspace.open(other.folder, fixedClock(), "test");
    expect(await again.warehouse.query("select toString(count()) as events from fct_events")).toEqual([
      { events: "1" },
    ]);
    await again.close();
    rmSync(other.folder, { recursive: true, force: true });
  });
});

describe("the reader", () => {
  it.each([
    "select * from file('/etc/passwd', 'LineAsString')",
    "select * from url('http://127.0.0.1:1/x', 'LineAsString')",
    "insert into fct_events (event_id) values ('x')",
    "create table t (a Int8) engine = Memory",
    "drop table fct_events",
    "select * from system.users",
    "select * from system.processes",
    "alter table fct_events delete where 1",
    "select * from fct_events settings readonly = 0",
  ])("is refused: %s", async (sql) => {
    await expect(shop.workspace.warehouse.read(sql)).rejects.toMatchObject({ code: "query_refused" });
  });

  it.each(["system flush logs", "grant all on *.* to reader"])("has no way to say: %s", async (sql) => {
    await expect(shop.workspace.warehouse.read(sql)).rejects.toMatchObject({ code: "query_invalid" });
  });

  it("ends in the engine what nobody waits for any more", async () => {
    const { warehouse } = shop.workspace;
    const leaving = new AbortController();
    const asked = warehouse.read("select sum(number) from numbers(1000000000000)", { signal: leaving.signal });
    const running = async () =>
      (await warehouse.query("select query_id from system.processes where user = 'reader'")).length;
    await vi.waitFor(async () => expect(await running()).toBe(1), { timeout: 20_000, interval: 50 });
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ code: "cancelled" });
    await vi.waitFor(async () => expect(await running()).toBe(0), { timeout: 20_000, interval: 50 });
  });

  it("may read the warehouse", async () => {
    const { rows } = await shop.workspace.warehouse.read("select event_type from fct_events");
    expect(rows).toEqual([{ event_type: "view" }]);
  });
});

describe("the schema", () => {
  const next = [
    ...migrations,
    { summary: "a further column", statements: ["alter table ops_state add column note String comment 'Note'"] },
  ];

  it("is migrated forward once, keeping its data", async () => {
    const { warehouse } = shop.workspace;
    await prepareSchema(warehouse, next);
    await prepareSchema(warehouse, next);
    const [row] = await shop.sql("select value, note from ops_state final where name = 'schema_version'");
    expect(row).toEqual({ value: String(next.length + 1), note: "" });
    expect(await shop.sql("select toString(count()) as events from fct_events")).toEqual([{ events: "1" }]);
  });

  it("of the first version learns clicks, and keeps the events it has", async () => {
    const older = await openTestShop();
    try {
      await older.load([writeFile(older, "old.csv", "event_at,event_type,customer_id\n2025-01-01T10:00:00Z,view,1\n")]);
      const firstKinds =
        "Enum8('view' = 1, 'search' = 2, 'cart_add' = 3, 'cart_remove' = 4, 'wishlist_add' = 5, 'wishlist_remove' = 6, 'checkout_start' = 7, 'purchase' = 8, 'refund' = 9, 'review' = 10)";
      const { warehouse } = older.workspace;
      for (const table of ["fct_events", "next_fct_events", "load_events", "held_events"])
        await warehouse.command(`alter table ${table} modify column event_type ${firstKinds}`);
      for (const table of ["fct_sessions", "next_fct_sessions"])
        await warehouse.command(`alter table ${table} modify column event_types Array(${firstKinds})`);
      await writeState(warehouse, "schema_version", "1");
      await prepareSchema(warehouse);
      await older.load([
        writeFile(older, "new.csv", "event_at,event_type,customer_id\n2025-01-01T10:01:00Z,click,1\n"),
      ]);
      expect(await older.sql("select toString(event_types) as kinds from fct_sessions")).toEqual([
        { kinds: "['view','click']" },
      ]);
    } finally {
      await older.close();
    }
  });

  it("of before other currencies keeps its orders, and takes amounts in dollars", async () => {
    const older = await openTestShop();
    try {
      const { warehouse, config } = older.workspace;
      const lines = "order_id,ordered_at,line_id,quantity,unit_price";
      await older.load([writeFile(older, "old.csv", `${lines}\nA,2025-01-01,1,1,3.00\n`)]);
      const added: Readonly<Record<string, readonly string[]>> = {
        stg_order_lines: ["currency"],
        held_order_lines: ["currency"],
        stg_orders: ["currency"],
        stg_payments: ["currency"],
        stg_spend: ["currency"],
        fct_orders: ["original_currency", "original_gross_minor", "original_refunded_minor"],
        next_fct_orders: ["original_currency", "original_gross_minor", "original_refunded_minor"],
        fct_order_lines: ["original_currency", "original_revenue_minor"],
        next_fct_order_lines: ["original_currency", "original_revenue_minor"],
      };
      for (const view of ["stg_order_lines_view", "event_amounts_view"]) await warehouse.command(`drop table ${view}`);
      for (const [table, columns] of Object.entries(added))
        for (const column of columns) await warehouse.command(`alter table ${table} drop column ${column}`);
      for (const table of [
        "day_rates",
        "next_day_rates",
        "stg_exchange_rates",
        "stg_product_costs",
        "stg_event_amounts",
      ])
        await warehouse.command(`drop table ${table}`);
      const before = migrations.findIndex(({ summary }) => summary.startsWith("amounts may be in other currencies"));
      await writeState(warehouse, "schema_version", String(before + 1));
      await prepareSchema(warehouse);
      expect((await verify(warehouse, config)).differences).toEqual([]);
      await older.load([writeFile(older, "rates.csv", "currency,date,rate\nUSD,2025-01-01,0.8\n")]);
      await older.load([writeFile(older, "new.csv", `${lines},currency\nB,2025-01-01,1,1,10.00,USD\n`)]);
      expect(
        await older.sql("select order_id, toString(gross_minor) as gross from fct_orders order by order_id"),
      ).toEqual([
        { order_id: "A", gross: "300" },
        { order_id: "B", gross: "800" },
      ]);
      expect((await verify(warehouse, config)).differences).toEqual([]);
    } finally {
      await older.close();
    }
  });

  it("of a newer version is refused with workspace_newer", async () => {
    const { warehouse } = shop.workspace;
    await writeState(warehouse, "schema_version", String(schemaVersion + 5));
    await expect(prepareSchema(warehouse)).rejects.toMatchObject({ code: "workspace_newer" });
    await writeState(warehouse, "schema_version", String(schemaVersion));
  });
});
