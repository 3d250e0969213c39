/** Views for BI tools say what the analyses say, and can be read by the user who may only read. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { findAnalysis } from "../src/analyses/index.ts";
import { decodeRow, type ResultRow } from "../src/analyses/run.ts";
import { biViewNames } from "../src/reference/bi-views.ts";
import { documentedTables } from "../src/warehouse/schema.ts";
import { describeCornerShop } from "./support/corner-shop.ts";

it("every file of views is documented and created, and the other way round", () => {
  const folder = fileURLToPath(new URL("../src/warehouse/views/", import.meta.url));
  expect(readdirSync(folder).sort()).toEqual(documentedTables.views.map((name) => `${name}.sql`).sort());
  expect(biViewNames.filter((name) => !(documentedTables.views as readonly string[]).includes(name))).toEqual([]);
});

describeCornerShop("views for BI tools", (query, shop) => {
  const read = async (sql: string): Promise<readonly ResultRow[]> => (await shop().workspace.warehouse.read(sql)).rows;

  it.each(documentedTables.views)("%s can be read by the reader", async (name) => {
    const [row] = await read(`select count() as row_count from ${name}`);
    expect(Number(row?.row_count)).toBeGreaterThanOrEqual(
      ["vw_product_pairs", "vw_product_association_rules"].includes(name) ? 0 : 1,
    );
  });

  const all = 4_000_000_000;
  it.each([
    ["vw_daily_revenue", "revenue-over-time", { grain: "day" }],
    ["vw_revenue_by_channel", "revenue-by-channel", {}],
    ["vw_revenue_by_category", "revenue-by-category", {}],
    ["vw_category_margin_monthly", "category-margin-monthly", {}],
    ["vw_customer_rfm_scores", "rfm-scores", {}],
    ["vw_cohort_retention", "cohort-retention", {}],
    ["vw_product_pairs", "product-pairs", {}],
    ["mv_sales_funnel", "funnel", {}],
    ["mv_product_conversion_rates", "product-conversion", { min_views: 1, limit: 1000 }],
    ["mv_abandoned_carts", "abandoned-carts", { limit: all }],
    ["mv_user_session_analytics", "session-comparison", {}],
    ["mv_brand_popularity_trends", "brand-trends", { limit: 1000 }],
  ])("%s holds the rows of %s", async (view, name, given) => {
    const analysis = findAnalysis(name);
    if (!analysis) throw new Error(name);
    const rows = await read(`select * from ${view}`);
    const byText = (one: ResultRow, other: ResultRow): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
    expect(rows.map((row, index) => decodeRow(analysis, row, index + 1)).sort(byText)).toEqual(
      [...(await query(name, given))].sort(byText),
    );
  });

  it("fact_sales adds up to net revenue, and its star joins", async () => {
    const [row] = await read(`
      select sum(net_revenue_minor) as net, countIf(dim_time.time_key = 0) as undated
      from fact_sales left any join dim_time on fact_sales.time_key = dim_time.time_key`);
    expect(row).toEqual({ net: "59900", undated: "0" });
    const [daily] = await read("select sum(net_revenue_minor) as net, sum(order_count) as orders from fact_daily_kpis");
    expect(daily).toEqual({ net: "59900", orders: "21" });
  });

  it("vw_customer_ltv_segments holds the customers of ltv-tiers", async () => {
    const rows = await read(
      "select ltv_tier as tier, count() as customers, sum(net_revenue_minor) as net from vw_customer_ltv_segments group by tier",
    );
    const tiers = await query("ltv-tiers");
    expect(new Set(rows.map((row) => `${row.tier} ${row.customers} ${row.net}`))).toEqual(
      new Set(tiers.map((row) => `${row.tier} ${row.customer_count} ${row.net_revenue_minor}`)),
    );
  });
});
