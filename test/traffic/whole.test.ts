import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../src/analyses/index.ts";
import { sqlOf } from "../../src/analyses/run.ts";
import { createDemoShop, writeDemoFiles } from "../../src/sources/generator/index.ts";
import { openScope } from "../../src/warehouse/scopes.ts";
import { bindingsOf } from "../../src/warehouse/sql-file.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  const staff_ids = Array.from({ length: 20 }, (_, place) => `C0000${String(place + 1).padStart(2, "0")}`);
  // So strict that many are flagged, buyers among them.
  const traffic = {
    max_events_per_minute: 4,
    max_events_per_day: 12,
    staff_ids,
    staff_emails: [],
  };
  shop = await openTestShop({ traffic });
  const folder = join(shop.folder, "demo");
  mkdirSync(folder);
  const demo = createDemoShop({ customers: 300, products: 24, orders: 400, days: 120, seed: 7 });
  const written = await writeDemoFiles(demo, folder);
  await shop.load(written.map((file) => file.path).filter((path) => path.endsWith(".csv")));
});
afterAll(async () => await shop?.close());

const totalOf = async (analysis: string, column: string, given: object): Promise<number> =>
  (await shop.query(analysis, { ...given })).reduce((sum, row) => sum + Number(row[column]), 0);

/** Analyses whose rows add up to the shop, by what traffic-quality says is flagged of it. */
const additive = [
  { part: "event_count", analysis: "event-mix", column: "event_count", given: {} },
  { part: "event_count", analysis: "kpi-summary", column: "event_count", given: {} },
  { part: "event_count", analysis: "daily-kpis", column: "event_count", given: {} },
  { part: "session_count", analysis: "kpi-summary", column: "session_count", given: {} },
  { part: "session_count", analysis: "session-trends", column: "session_count", given: {} },
  { part: "order_count", analysis: "revenue-over-time", column: "order_count", given: {} },
  { part: "order_count", analysis: "revenue-by-channel", column: "order_count", given: {} },
  { part: "gross_revenue_minor", analysis: "kpi-summary", column: "gross_revenue_minor", given: {} },
] as const;

describe("everyone is people and those who are flagged", () => {
  it.each(additive)("in $column of $analysis", async ({ part, analysis, column, given }) => {
    for (const filters of [{}, { channel: "web" }, { period_start: "2025-01-01" }]) {
      const asked = { ...given, ...filters };
      const flagged = await totalOf("traffic-quality", part, filters);
      const everyone = await totalOf(analysis, column, asked);
      const people = await totalOf(analysis, column, { ...asked, traffic: "people" });
      expect(people + flagged).toBe(everyone);
    }
    const rows = await shop.query("traffic-quality");
    for (const reason of ["rate", "staff"])
      expect(rows.some((row) => row.reason === reason && Number(row[part]) > 0)).toBe(true);
  });
});

const narrowed = catalogue.filter((one) => one.filters.includes("traffic"));

it("narrows every analysis that can be narrowed to a segment, and whatever else reads who visited or bought", () => {
  const others = catalogue.filter((one) => one.filters.includes("segment") && !one.filters.includes("traffic"));
  expect(others.map((one) => one.name)).toEqual(["traffic-quality"]);
  for (const analysis of narrowed) {
    const defaults = Object.fromEntries(Object.entries(analysis.allParams).map(([name, one]) => [name, one.default]));
    const sql = sqlOf(analysis, { ...openScope, ...defaults, traffic: "people" });
    expect([...bindingsOf(sql).keys()], analysis.name).toContain("traffic");
  }
});

it.each(narrowed)("$name answers without flagged traffic too", async ({ name, allParams }) => {
  const required = Object.entries(allParams).filter(([, one]) => one.isRequired);
  if (required.length > 0) return;
  await shop.query(name, { traffic: "people" });
});
