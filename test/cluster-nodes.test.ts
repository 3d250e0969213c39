/** Nodes of a real cluster that go, come back, are replicas of each other, or are added. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResultRow } from "../src/analyses/run.ts";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { moveDivision } from "../src/cli/cluster-command.ts";
import { Collector, collectOnce } from "../src/collect/index.ts";
import { readLeavingOut } from "../src/warehouse/leave-out.ts";
import { alignTwins } from "../src/warehouse/replicated.ts";
import { verify } from "../src/warehouse/verify.ts";
import { Warehouse } from "../src/warehouse/warehouse.ts";
import { Workspace } from "../src/workspace.ts";
import { startCluster, type TestCluster } from "./support/cluster.ts";
import { later, roughly } from "./support/compared-rows.ts";
import { fixedClock, openShopIn, openTestShop, type TestShop } from "./support/shop.ts";

describe("a node that is down", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-cluster-down-"));
  let cluster: TestCluster;
  let shop: TestShop;
  beforeAll(async () => {
    cluster = await startCluster(2, 1);
    shop = await openTestShop({ warehouse: cluster.warehouse });
    writeFileSync(join(folder, "events.csv"), later);
    writeFileSync(join(folder, "more.csv"), later.replaceAll("late-", "more-"));
    await shop.load([join(folder, "events.csv")]);
  }, 120_000);
  afterAll(async () => {
    await shop?.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = async () => Number((await shop.query("kpi-summary", { period_start: "2025-01-01" }))[0]?.event_count);

  it("makes questions and imports fail by name, and what was collected and imported counts once when it is back", async () => {
    expect(await count()).toBe(4);
    const collector = new Collector(shop.workspace);
    await collectOnce(shop.workspace, collector);
    const second = cluster.nodes[1];
    await second?.kill();
    await expect(count()).rejects.toMatchObject({ code: "warehouse_unreachable" });
    await expect(shop.load([join(folder, "more.csv")])).rejects.toMatchObject({ code: "warehouse_unreachable" });
    const time = new Date(fixedClock().now()).toISOString();
    const message = { type: "track", messageId: "m1", userId: "ada", event: "Product Viewed", timestamp: time };
    expect(await collector.accept([message], time)).toMatchObject([{ verdict: "accepted" }]);
    await expect(collectOnce(shop.workspace, collector)).rejects.toMatchObject({ code: "warehouse_unreachable" });

    await second?.start();
    await collectOnce(shop.workspace, collector);
    await collectOnce(shop.workspace, collector);
    await shop.load([join(folder, "more.csv")]);
    await shop.load([join(folder, "more.csv")]);
    expect(await count()).toBe(9);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    await collector.close();
  }, 180_000);

  it("is told by its macro what its shard's first replica brings on, and called what the first node calls it", async () => {
    const nodes = cluster.nodes.map(({ url }) => url);
    const app = { user: "app", password: process.env.CARTWRIGHT_TEST_APP ?? "" };
    const connection = { url: nodes[0] ?? "", app, reader: app, patient: app };
    const replicas = new Warehouse(
      async () => connection,
      "cartwright",
      () => null,
      {
        nodes,
        leavesOut: false,
        isReplicated: true,
      },
    );
    const commentOf = async (table: string) =>
      (
        await replicas.readEveryNode(
          `select comment from system.columns where database = currentDatabase() and table = '${table}' and name = 'batch_key'`,
        )
      ).map((rows) => String(rows[0]?.comment).startsWith("told"));
    for (const table of ["next_fct_events", "held_order_lines"]) {
      const [before] = await replicas.query(
        `select comment from system.columns where database = 'cartwright_local' and table = '${table}' and name = 'batch_key'`,
      );
      await replicas.command(`alter table ${table} comment column batch_key 'told'`, { settings: { alter_sync: 1 } });
      expect(await commentOf(table)).toEqual(table === "next_fct_events" ? [true, false] : [true, true]);
      await replicas.onEveryNode(`alter table ${table} comment column batch_key '${before?.comment}'`);
    }
    await expect(openTestShop({ warehouse: { ...cluster.warehouse, replicated: true } })).rejects.toMatchObject({
      code: "invalid_usage",
      message: expect.stringMatching(/was made without replicas/),
    });

    // An exchange that ended on the first node only.
    const names = ["erased_fct_orders", "next_erased_fct_orders"];
    const numbers = async () =>
      await replicas.readEveryNode(
        `select name, toString(uuid) as number from system.tables where database = currentDatabase() and name in ('${names.join("', '")}') order by name`,
      );
    for (const [index, name] of names.entries())
      await replicas.onEveryNode(
        `create table ${name} uuid '00000000-0000-4000-8000-00000000000${index}' (a UInt8) engine = MergeTree order by a`,
      );
    await replicas.onNode(0, `exchange tables ${names.join(" and ")}`);
    const [first, second] = await numbers();
    expect(second).not.toEqual(first);
    await alignTwins(replicas, "erased_fct_orders");
    expect(await numbers()).toEqual([first, first]);
    for (const name of names) await replicas.onEveryNode(`drop table ${name} sync`);
    await replicas.close();
  }, 60_000);

  describe("that may be left out", () => {
    let leaving: TestShop;
    let whole: TestShop;
    let server: FastifyInstance;
    let authorization: string;
    const allTypes = "event-mix?period_start=2025-01-01&period_end=2025-12-31";

    beforeAll(async () => {
      leaving = await openTestShop({ warehouse: { ...cluster.warehouse, unreachable_nodes: "leave_out" } });
      whole = await openTestShop();
      for (const one of [whole, shop])
        for (const name of ["events", "more"]) await one.load([join(folder, `${name}.csv`)]);
      const credentials = new Credentials(folder, fixedClock());
      authorization = `Bearer ${credentials.createToken({ name: "owner", role: "admin" }).secret}`;
      server = await createServer({ workspace: leaving.workspace, credentials, logFile: null });
    }, 60_000);
    afterAll(async () => {
      await server?.close();
      await leaving?.close();
      await whole?.close();
    });

    const ask = async (path: string) => {
      const answer = await server.inject({ url: `/api/v1/${path}`, headers: { authorization } });
      const { rows, meta, ...rest } = answer.json();
      return { status: answer.statusCode, headers: answer.headers, rows, meta, rest };
    };
    const events = (rows: readonly ResultRow[]) => rows.reduce((sum, row) => sum + Number(row.event_count), 0);
    const lacking = [
      { kind: "unreachable", message: expect.stringMatching(/^1 of 2 nodes of the warehouse does not/) },
    ];
    /** Events of the two files that lie on the first node; all nodes have eight, and what was collected is of another year. */
    const onFirst = async (where = "event_on < '2026-01-01'") =>
      Number((await shop.sql(`select count() as n from cartwright_local.fct_events where ${where}`))[0]?.n);

    it("is told beside every number that lacks its rows, and such an answer is not kept", async () => {
      const kept = await ask(`analyses/${allTypes}`);
      expect(kept).toMatchObject({ status: 200, headers: { etag: expect.anything() } });
      expect(kept.meta.notices).toBeUndefined();
      expect(events(kept.rows)).toBe(8);

      await cluster.nodes[1]?.kill();
      const left = await onFirst();
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThan(8);
      for (let time = 0; time < 2; time += 1) {
        const lacks = await ask("analyses/event-mix?period_start=2025-01-02&period_end=2025-12-31");
        expect(lacks).toMatchObject({ status: 200, meta: { notices: lacking } });
        expect(lacks.headers["cache-status"]).not.toContain("hit");
        expect(lacks.headers.etag).toBeUndefined();
        expect(events(lacks.rows)).toBe(left);
      }
      // What was whole stays so, and what lies on every node lacks nothing.
      expect(await ask(`analyses/${allTypes}`)).toMatchObject({ status: 200, rows: kept.rows, meta: kept.meta });
      const runs = await ask("analyses/pipeline-runs");
      expect(runs.status).toBe(200);
      expect(runs.meta.notices).toBeUndefined();
      expect(await ask("shop")).toMatchObject({
        status: 200,
        rest: { row_counts: { events: await onFirst("true") }, notices: lacking },
      });
      // What cannot say so is refused.
      for (const path of ["analyses/event-mix?format=csv", "analyses/event-mix/explain?period_start=2025-01-02"])
        expect(await ask(path), path).toMatchObject({ status: 503, rest: { code: "warehouse_unreachable" } });
      const sql = { method: "POST", url: "/api/v1/sql", headers: { authorization } } as const;
      const console = await server.inject({ ...sql, payload: { sql: "select count() from fct_events" } });
      expect(console.json()).toMatchObject({ code: "warehouse_unreachable" });
      await expect(leaving.load([join(folder, "more.csv")])).rejects.toMatchObject({ code: "warehouse_unreachable" });
    }, 60_000);

    it("does not keep who asks from opening the workspace, and keeps who changes something", async () => {
      const second = await Workspace.open(leaving.folder, fixedClock(), "test");
      expect(await second.warehouse.query("select count() > 0 as has_batches from ops_batches")).toEqual([
        { has_batches: 1 },
      ]);
      await expect(second.exclusively(async () => "changed")).rejects.toMatchObject({ code: "warehouse_unreachable" });
      await second.close();
    }, 60_000);

    it("is missing from no number once it is back, nor where it came back while the question ran", async () => {
      const { warehouse } = leaving.workspace;
      const second = cluster.nodes[1];
      // The node answers before the question and after it, and not in between.
      await second?.start();
      const asked: number[] = [];
      const read: Warehouse["read"] = async (sql, options) => {
        if (asked.length === 0) await second?.kill();
        const answer = await warehouse.read(sql, options);
        if (asked.length === 0) await second?.start();
        asked.push(Number(answer.rows[0]?.n));
        return answer;
      };
      const flickering = Object.create(warehouse, {
        read: { value: read },
        queryOne: { value: warehouse.queryOne.bind(warehouse) },
      }) as Warehouse;
      const answer = await readLeavingOut(
        flickering,
        "select count() as n from fct_events where event_on < '2026-01-01'",
        {},
      );
      expect(answer).toMatchObject({ rows: [{ n: "8" }], lack: null });
      expect(asked).toEqual([await onFirst(), 8]);

      const again = await ask("analyses/event-mix?period_start=2025-01-02&period_end=2025-12-31");
      expect(again).toMatchObject({ status: 200, headers: { etag: expect.anything() } });
      expect(again.meta.notices).toBeUndefined();
      expect(events(again.rows)).toBe(8);
      const year = { period_start: "2025-01-01", period_end: "2025-12-31" };
      for (const name of ["event-mix", "kpi-summary", "session-trends"])
        expect(roughly(await leaving.query(name, year)), name).toEqual(roughly(await whole.query(name, year)));
    }, 60_000);
  });

  it("divides everything anew when a node is added, whenever the move ends within", async () => {
    await shop.load(["events", "more"].map((name) => join(folder, `${name}.csv`)));
    const names = ["event-mix", "kpi-summary", "session-trends", "pipeline-runs"];
    const answers = async () => await Promise.all(names.map(async (name) => roughly(await shop.query(name))));
    const before = await answers();
    const total = Number((await shop.sql("select count() as n from fct_events"))[0]?.n);
    await shop.workspace.close();
    const { nodes } = await cluster.grow();
    const path = join(shop.folder, "cartwright.json");
    const written = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...written, warehouse: { ...written.warehouse, nodes } }));
    // The new node has no row of what is whole elsewhere: nobody may ask or change anything before all is moved.
    const refusal = { code: "invalid_usage", message: expect.stringContaining("`cartwright cluster move`") };
    await expect(openShopIn(shop.folder)).rejects.toMatchObject(refusal);
    const workspace = await Workspace.open(shop.folder, fixedClock(), "test", { isMoving: true });
    const { warehouse } = workspace;
    const move = async (instead: Warehouse) => {
      const { config, clock } = workspace;
      const moved = { warehouse: instead, config, clock } as Workspace;
      await workspace.exclusively(() => moveDivision(moved), { isMoving: true });
    };

    // A move that ends between two nodes' exchanges, and one that ends in the build.
    const failingAt = (method: "onNode" | "command", isLast: (sql: string, calls: number) => boolean): Warehouse => {
      let calls = 0;
      return new Proxy(warehouse, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== "function") return value;
          if (name !== method) return value.bind(target);
          return async (...given: unknown[]) => {
            const sql = String(given.find((one) => typeof one === "string"));
            if (sql.includes("exchange")) calls += 1;
            if (isLast(sql, calls)) throw new Error("the process ends here");
            return await value.apply(target, given);
          };
        },
      });
    };
    await expect(move(failingAt("onNode", (sql, calls) => sql.includes("exchange") && calls === 2))).rejects.toThrow();
    await expect(move(failingAt("command", (sql, calls) => sql.includes("exchange") && calls === 3))).rejects.toThrow();
    await expect(openShopIn(shop.folder)).rejects.toMatchObject(refusal);
    await move(warehouse);

    shop = await openShopIn(shop.folder);
    expect(await answers()).toEqual(before);
    const onEach = async (table: string) =>
      (await warehouse.readEveryNode(`select count() as n from ${table}`)).map(([row]) => Number(row?.n));
    const counts = await onEach("fct_events");
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
    for (const table of ["dim_customer", "agg_daily", "ops_batches final", "ops_state final"])
      expect(new Set(await onEach(table)).size, table).toBe(1);
    // Each row lies where one that arrives now would lie.
    const misplaced = async (table: string, division: string) =>
      (await warehouse.readEveryNode(`select groupUniqArray(toUInt8(${division} % 3)) as places from ${table}`)).map(
        ([row], index) => ((row?.places ?? []) as readonly number[]).filter((place) => place !== index),
      );
    const ofEvents =
      "cityHash64(if(session_key != 0, session_key, if(customer_key != 0, customer_key, cityHash64(batch_key, source_row))))";
    expect(await misplaced("fct_events", ofEvents)).toEqual([[], [], []]);
    expect(await misplaced("fct_sessions", "cityHash64(source_key)")).toEqual([[], [], []]);
    expect((await verify(warehouse, workspace.config)).differences).toEqual([]);
    const addition = join(folder, "third.csv");
    writeFileSync(addition, later.replaceAll("late-", "third-"));
    await shop.load([addition]);
    const { rows } = await warehouse.read("select count() as n from fct_events");
    expect(Number(rows[0]?.n)).toBe(total + 4);
    await workspace.close();
    expect((await verify(warehouse, workspace.config)).differences).toEqual([]);
  }, 180_000);
});
