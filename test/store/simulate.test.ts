/** Made-up shoppers on a real server, by the command as people run it. What must hold is asserted, never how much happened when. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBroken } from "../../bench/support/checkout-load.mjs";
import { Credentials } from "../../src/api/credentials.ts";
import { systemClock } from "../../src/clock.ts";
import { openWorkspaceStore } from "../../src/delivery/index.ts";
import { loopbackOrigin, type SimulationSummary } from "../../src/simulator/index.ts";
import { seedStore } from "../../src/store/seed.ts";
import { createStore } from "../../src/store/store.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { type RunningProgram, startProgram } from "../support/program.ts";
import { runTool } from "../support/run-tool.ts";

describe("simulated shoppers", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-simulate-"));
  beforeAll(async () => {
    createWorkspace(folder, { currency: "GBP", time_zone: "UTC", name: "Northlane" });
    await inStore(async (connection) => {
      await seedStore(connection, { customers: 20, articles: 40, orders: 60, events: 200, seed: 7, until: new Date() });
      // Few units of everything: the last one is fought for.
      await connection.query("select store.update_stock(article_id, 2) from store.articles");
    });
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function inStore<T>(
    work: (connection: Awaited<ReturnType<typeof openWorkspaceStore>>["connection"]) => Promise<T>,
  ) {
    const workspace = await Workspace.open(folder, systemClock, "test");
    const { connection } = await openWorkspaceStore(workspace);
    try {
      return await work(connection);
    } finally {
      await connection.close();
      await workspace.close();
    }
  }

  async function simulate(args: readonly string[], onStart: (running: RunningProgram) => void = () => {}) {
    const running = startProgram(["store", "simulate", "--workspace", folder, "--json", ...args]);
    onStart(running);
    const { code, out, words } = await running.ended;
    return { code, words, summary: out === "" ? null : (JSON.parse(out) as SimulationSummary) };
  }

  it("buy without a fault over the public API, and the warehouse has every cent of it", async () => {
    const { code, words, summary } = await simulate(["--visitors", "25", "--minutes", "0.3", "--seed", "5"]);
    expect(words + JSON.stringify(summary?.errors)).toMatch(/25 shoppers visit http:\/\/localhost:\d+/);
    expect({ code, errors: summary?.errors }).toEqual({ code: 0, errors: [] });
    if (!summary) throw new Error("no summary");
    expect(summary).toMatchObject({ visitor_count: 25, error_count: 0, is_cancelled: false });
    expect(summary.session_count).toBeGreaterThanOrEqual(25);
    expect(summary.page_count).toBeGreaterThan(summary.session_count);
    expect(summary.request_count).toBeGreaterThan(summary.page_count);
    expect(summary.event_count).toBeGreaterThan(0);
    const { page_p50_ms: p50, page_p95_ms: p95, page_p99_ms: p99 } = summary;
    expect([p50, p95, p99]).toEqual([p50, p95, p99].toSorted((a, b) => Number(a) - Number(b)));
    expect(summary.order_count).toBeGreaterThan(0);
    expect(summary.comparison).toMatchObject({ is_equal: true, differing_order_count: 0 });
    expect(summary.comparison?.store_net_revenue_minor).toBe(summary.comparison?.warehouse_net_revenue_minor);

    await inStore(async (connection) => {
      const one = async (sql: string) => Number((await connection.query(sql))[0]?.found);
      const mine =
        "from store.orders join store.customers using (customer_id) where customers.email like 'shopper-%@example.com'";
      // Those whose card was refused and who did not try again placed an order that was never paid.
      expect(await one(`select count(*) as found ${mine} and paid_at is not null`)).toBeLessThanOrEqual(
        await one(`select count(*) as found ${mine}`),
      );
      expect(await one(`select count(*) as found ${mine}`)).toBeGreaterThanOrEqual(summary.order_count);
      // What was sold is gone from the shelf, once: no stock below nothing, no order without its lines, no cart ordered twice.
      // (Orders are no longer on their way: they have arrived.)
      const { orders_not_on_their_way: _, ...broken } = await findBroken(connection);
      expect(Object.entries(broken).filter(([, found]) => found > 0)).toEqual([]);
      expect(
        await one("select count(*) as found from store.events where details ? 'position' and event_type = 'click'"),
      ).toBeGreaterThan(0);
    });
    // The desk's token ended with the simulation.
    expect(new Credentials(folder, systemClock).listTokens()).toEqual([]);
  }, 300_000);

  it("stop when told to, saying so, and leave no token behind", async () => {
    const { code, summary, words } = await simulate(
      ["--visitors", "50", "--minutes", "30"],
      (running) => void running.says(/shoppers visit/).then(() => running.child.kill("SIGINT")),
    );
    expect(code, words).toBe(130);
    expect(summary).toMatchObject({ is_cancelled: true, comparison: null });
    expect(new Credentials(folder, systemClock).listTokens()).toEqual([]);
  }, 240_000);

  it("who left a cart behind are counted, written to once and read out by `cartwright store mailing`", async () => {
    await inStore(async (connection) => {
      const store = createStore(connection);
      const [article] = await connection.query("select article_id from store.articles order by article_id limit 1");
      await store.updateStock(Number(article?.article_id), 100);
      for (const [index, accepts] of [true, true, true, false].entries()) {
        const customerId = await store.registerCustomer(`left-${accepts}-${index}@example.com`, "Left", "hash");
        await store.saveProfile(customerId, { accepts_mail: accepts });
        const cartId = await store.openCart(customerId, null);
        await store.addToCart(cartId, Number(article?.article_id), 1);
        await connection.query("update store.customers set verified_at = now() where customer_id = $1", [customerId]);
        await connection.query("update store.carts set last_active_at = now() - interval '2 days' where cart_id = $1", [
          cartId,
        ]);
      }
    });
    const mailing = async (...args: string[]) => {
      const { code, out, words } = await runTool(
        "store",
        "mailing",
        ...args,
        "--workspace",
        folder,
        "--format",
        "json",
      );
      return { code, words, rows: out === "" ? null : JSON.parse(out) };
    };
    const counts = { mailed_count: 3, control_count: 0, without_consent_count: 1 };
    const preview = await mailing("send", "--control-rate", "0", "--dry-run");
    expect([preview.code, preview.rows]).toMatchObject([0, [{ ...counts, mailing_id: null }]]);
    const sent = await mailing("send", "--control-rate", "0", "--window-days", "3");
    expect([sent.code, sent.rows]).toMatchObject([0, [counts]]);
    expect(sent.words).toContain("the mails are queued");
    // Nobody is written to twice.
    expect((await mailing("send", "--control-rate", "0")).rows).toMatchObject([{ mailing_id: null, mailed_count: 0 }]);
    expect((await mailing("list")).rows).toMatchObject([
      { mailed_count: 3, control_count: 0, mailed_recovered_count: 0, is_over: false, rate_difference: null },
    ]);
    await inStore(async (connection) => {
      const [mails] = await connection.query(
        "select count(distinct recipient)::int as count from store.mails where template = 'abandoned_cart' and recipient like 'left-true-%'",
      );
      expect(mails?.count).toBe(3);
    });
  }, 300_000);

  it("are never sent to another machine", async () => {
    const { code, words, summary } = await simulate(["--address", "https://shop.example.com"]);
    expect({ code, summary }).toEqual({ code: 2, summary: null });
    expect(words).toMatch(/must be a server on this machine/);
    for (const address of [
      "http://127.0.0.1.example.com:80",
      "http://localhost.example.com",
      "http://192.168.0.1",
      "file:///tmp/x",
      "shop",
      "http://user@10.0.0.1",
    ])
      expect(() => loopbackOrigin(address), address).toThrow(/on this machine/);
    for (const [given, origin] of [
      ["http://localhost:4000/shop/", "http://localhost:4000"],
      ["http://127.0.0.1:80", "http://127.0.0.1"],
      ["http://[::1]:4000", "http://[::1]:4000"],
    ] as const)
      expect(loopbackOrigin(given)).toBe(origin);
  }, 60_000);
});
