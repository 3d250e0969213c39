/** Answers are kept until the data change, and then answered anew for those who look at them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { answerWatched, installAnalysisRoutes } from "../src/api/analysis-routes.ts";
import { ShopContext } from "../src/api/context.ts";
import { Credentials } from "../src/api/credentials.ts";
import { createServer } from "../src/api/server.ts";
import { saveSegment } from "../src/segments/index.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

interface Row {
  readonly table_name: string;
}

const header = "event_id,event_at,event_type,customer_id,session_id,product_id,price\n";

describe("kept answers over HTTP", () => {
  let shop: TestShop;
  let server: FastifyInstance;
  let authorization: string;
  const folder = mkdtempSync(join(tmpdir(), "cartwright-answers-"));

  const load = async (name: string, line: string): Promise<void> => {
    writeFileSync(join(folder, name), `${header}${line}\n`);
    await shop.load([join(folder, name)]);
  };
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await server.inject({ url: `/api/v1/analyses/${path}`, headers: { authorization, ...headers } });
    return {
      status: answer.statusCode,
      cache: answer.headers["cache-status"],
      etag: String(answer.headers.etag),
      text: answer.body,
    };
  };
  const revenueOf = (text: string): number => JSON.parse(text).rows[0].net_revenue_minor;

  beforeAll(async () => {
    shop = await openTestShop();
    await load("first.csv", "a,2026-03-01T10:00:00Z,purchase,ada,s1,kettle,20.00");
    const credentials = new Credentials(folder, fixedClock());
    authorization = `Bearer ${credentials.createToken({ name: "viewer", role: "viewer" }).secret}`;
    server = await createServer({ workspace: shop.workspace, credentials, logFile: null });
    await server.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(async () => {
    await server.close();
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are the same text, marked as kept, for equal values however they are given", async () => {
    const first = await ask("kpi-summary");
    expect(first).toMatchObject({ status: 200, cache: "cartwright; fwd=miss" });
    const again = await ask("kpi-summary?period_start=2026-03-01&period_end=2026-03-02");
    expect(again).toMatchObject({ status: 200, cache: "cartwright; hit", text: first.text, etag: first.etag });
    expect(await ask("kpi-summary", { "if-none-match": first.etag })).toMatchObject({ status: 304 });
    expect((await ask("kpi-summary?period_start=2026-02-01")).cache).toBe("cartwright; fwd=miss");
  });

  it("are answered anew after an import, without anybody asking, when they were looked at", async () => {
    const before = await ask("kpi-summary");
    await load("second.csv", "b,2026-03-01T11:00:00Z,purchase,ben,s2,kettle,5.00");
    await vi.waitFor(
      async () => {
        const after = await ask("kpi-summary", { "if-none-match": before.etag });
        expect(after.status).toBe(200);
        expect(revenueOf(after.text)).toBe(2500);
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  it("of a segment are old as soon as the segment is saved anew", async () => {
    const { warehouse, clock } = shop.workspace;
    const rule = (least: number) => ({ kind: "orders", min_count: least }) as never;
    await saveSegment(warehouse, clock, { name: "buyers", rule: rule(1) }, "test");
    const one = await ask("kpi-summary?segment=buyers");
    expect((await ask("kpi-summary?segment=buyers")).cache).toBe("cartwright; hit");
    await saveSegment(warehouse, clock, { name: "buyers", rule: rule(2) }, "test");
    const other = await ask("kpi-summary?segment=buyers", { "if-none-match": one.etag });
    expect(other).toMatchObject({ status: 200, cache: "cartwright; fwd=miss" });
  });

  it("are kept for what only counts weekdays or lists columns", async () => {
    for (const name of ["weekday-hour", "anomalies", "data-quality"]) {
      expect((await ask(name)).cache, name).toMatch(/^cartwright; /);
      expect((await ask(name)).cache, name).toBe("cartwright; hit");
    }
  });

  it("are kept where they read a journal, until the journal says something new", async () => {
    for (const name of ["freshness", "pipeline-runs", "reconciliation", "storage"]) {
      expect(await ask(name), name).toMatchObject({ status: 200, cache: "cartwright; fwd=miss" });
      expect((await ask(name)).cache, name).toBe("cartwright; hit");
    }
    const order = {
      order_id: "S-1",
      placed_at: "2026-03-01 10:00:00.000",
      gross_minor: 700,
      refunds_minor: 0,
      unit_count: 1,
    };
    await shop.workspace.warehouse.insertRows("ops_store_orders", [order]);
    const told = await ask("reconciliation");
    expect(told.cache).toBe("cartwright; fwd=miss");
    expect(JSON.parse(told.text).rows).toMatchObject([{ store_gross_revenue_minor: 700 }]);
    expect((await ask("pipeline-runs")).cache, "of another journal").toBe("cartwright; hit");
    expect(JSON.parse((await ask("storage")).text).rows.map(({ table_name }: Row) => table_name)).toContain(
      "ops_store_orders",
    );

    await shop.workspace.warehouse.command("truncate table ops_store_orders");
    expect(JSON.parse((await ask("reconciliation")).text).rows).toEqual([]);
  });
});

// No server beside them: it would write down over and over what was looked at in its own pages.
describe("kept answers", () => {
  let shop: TestShop;
  const load = async (...lines: readonly string[]): Promise<void> => {
    const path = join(shop.folder, `${lines[0]?.slice(0, 1)}.csv`);
    writeFileSync(path, `${header}${lines.join("\n")}\n`);
    await shop.load([path]);
  };
  beforeAll(async () => {
    shop = await openTestShop();
    await load(
      "a,2026-03-01T10:00:00Z,purchase,ada,s1,kettle,20.00",
      "b,2026-03-01T11:00:00Z,purchase,ben,s2,kettle,5.00",
    );
  });
  afterAll(async () => await shop.close());

  it("that were looked at are there again after a change and after a restart, and those that were not are not asked", async () => {
    const opened = () => {
      const context = new ShopContext(shop.workspace);
      const routes = Fastify();
      routes.setValidatorCompiler(() => () => true);
      routes.setSerializerCompiler(() => (value) => JSON.stringify(value));
      installAnalysisRoutes(routes, context);
      const look = async (path: string) => await routes.inject({ url: `/api/v1/analyses/${path}` });
      return { context, look, close: async () => await routes.close() };
    };
    const { signal } = new AbortController();
    const first = opened();
    await first.look("daily-kpis?period_start=2026-03-01&period_end=2026-03-02");
    // A day more: "all there is" ends a day later, and what was looked at follows.
    await load("c,2026-03-02T12:00:00Z,purchase,eve,s3,kettle,1.00");
    await answerWatched(first.context, signal);
    const all = "daily-kpis?period_start=2026-03-01&period_end=2026-03-03";
    const looked = await first.look(all);
    expect(looked.headers["cache-status"]).toBe("cartwright; hit");
    expect(looked.json().rows).toMatchObject([{ net_revenue_minor: 2500 }, { net_revenue_minor: 100 }]);
    await answerWatched(first.context, signal);
    await first.close();

    const second = opened();
    await answerWatched(second.context, signal);
    expect((await second.look(all)).headers["cache-status"]).toBe("cartwright; hit");
    expect((await second.look("rfm-grid")).headers["cache-status"]).toBe("cartwright; fwd=miss");
    await second.close();
  });
});
