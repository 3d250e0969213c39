import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAnalysis } from "../../src/analyses/index.ts";
import { type ResultRow, runAnalysis } from "../../src/analyses/run.ts";
import { deliver } from "../../src/delivery/index.ts";
import { openStore, type StoreConnection } from "../../src/store/connection.ts";
import { migrateStore } from "../../src/store/migrate.ts";
import { seedStore, sizeOf } from "../../src/store/seed.ts";
import { createStore } from "../../src/store/store.ts";
import { readExtent } from "../../src/warehouse/extent.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";

describe("the store's materialized views and the warehouse's analyses, on the same seeded shop", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-store-views-"));
  let workspace: Workspace;
  let connection: StoreConnection;
  beforeAll(async () => {
    createWorkspace(folder, { currency: "GBP", time_zone: "UTC" });
    workspace = await Workspace.open(folder, { now: () => Date.parse("2026-06-01T12:00:00Z") }, "test");
    connection = await openStore({ folder: null });
    await migrateStore(connection);
    await createStore(connection).configure({ currency: "GBP" });
    await seedStore(connection, { ...sizeOf(0.2), events: 100, seed: 3, until: new Date("2026-05-31T12:00:00Z") });
    // A return decided after the last order's day: RFM is as of then, and does not know of it yet.
    await connection.query(
      `update store.returns set decided_at = '2026-07-01' where return_id = (select min(return_id) from store.returns)`,
    );
    await deliver(workspace, connection, { most: 1_000_000 });
    for (const view of ["mv_daily_sales", "mv_monthly_sales", "mv_product_demand", "mv_customer_clv", "mv_rfm"])
      await connection.query("select store.refresh_view($1)", [view]);
  }, 120_000);
  afterAll(async () => {
    await connection?.close();
    await workspace?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(name: string, given: Record<string, unknown> = {}): Promise<readonly ResultRow[]> {
    const analysis = findAnalysis(name);
    if (!analysis) throw new Error(`no analysis ${name}`);
    const { warehouse, config } = workspace;
    const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
    return (await runAnalysis(context, analysis, given)).rows;
  }
  const byKey = (rows: readonly ResultRow[], key: string): ReadonlyMap<string, ResultRow> =>
    new Map(rows.map((row) => [String(row[key]), row]));

  it("score the same customers with the same R, F and M, in the same segments", async () => {
    const scores = byKey(await ask("rfm-scores", { limit: 100_000 }), "customer_id");
    const view = await connection.query("select * from store.mv_rfm");
    expect(view.length).toBe(scores.size);
    expect(view.length).toBeGreaterThan(200);
    for (const row of view) {
      expect(scores.get(`S-${row.customer_id}`)).toMatchObject({
        recency_days: row.recency_days,
        frequency: row.frequency,
        monetary_minor: row.monetary_minor,
        r_score: row.r_score,
        f_score: row.f_score,
        m_score: row.m_score,
        rfm_segment: row.rfm_segment,
      });
    }
  });

  it("value the same customers the same", async () => {
    const values = byKey(await ask("clv-historical", { limit: 100_000 }), "customer_id");
    const view = await connection.query("select * from store.mv_customer_clv");
    expect(view.length).toBe(values.size);
    for (const row of view) {
      const other = values.get(`S-${row.customer_id}`);
      expect(other).toMatchObject({ order_count: row.order_count, net_revenue_minor: row.net_revenue_minor });
      expect(Number(other?.lifespan_years)).toBeCloseTo(Number(row.lifespan_years), 9);
      if (row.purchases_per_year === null) expect(other?.purchases_per_year).toBe(null);
      else expect(Number(other?.purchases_per_year)).toBeCloseTo(Number(row.purchases_per_year), 6);
    }
  });

  it("sell the same, day by day and month by month", async () => {
    const days = byKey(await ask("daily-kpis"), "day_on");
    const months = new Map<string, { orders: number; gross: number }>();
    const view = await connection.query("select * from store.mv_daily_sales order by day_on");
    expect(view.length).toBeGreaterThan(100);
    for (const row of view) {
      const day = String(row.day_on);
      expect(days.get(day)).toMatchObject({
        order_count: row.order_count,
        gross_revenue_minor: row.gross_revenue_minor,
      });
      const month = months.get(day.slice(0, 7)) ?? { orders: 0, gross: 0 };
      months.set(day.slice(0, 7), {
        orders: month.orders + Number(row.order_count),
        gross: month.gross + Number(row.gross_revenue_minor),
      });
    }
    const monthly = await connection.query("select * from store.mv_monthly_sales");
    expect(monthly.length).toBe(months.size);
    for (const row of monthly) {
      const expected = { orders: Number(row.order_count), gross: Number(row.gross_revenue_minor) };
      expect(months.get(String(row.month_on).slice(0, 7))).toEqual(expected);
    }
    const [total] = await ask("kpi-summary");
    const [store] = await connection.query(
      "select sum(net_revenue_minor)::bigint as net, sum(refunds_minor)::bigint as refunds from store.mv_daily_sales",
    );
    expect({ net: total?.net_revenue_minor, refunds: total?.refunds_minor }).toEqual(store);
  });

  it("name the same products in demand", async () => {
    const products = byKey(await ask("top-products", { limit: 1000 }), "product_id");
    const view = await connection.query(
      "select sku, mv_product_demand.* from store.mv_product_demand join store.articles using (article_id)",
    );
    expect(view.length).toBe(products.size);
    for (const row of view)
      expect(products.get(String(row.sku))).toMatchObject({
        order_count: row.order_count,
        net_revenue_minor: row.net_revenue_minor,
      });
  });
});
