import { expect, test } from "vitest";
import type { Row } from "../catalogue-types.ts";
import { catalogue } from "../generated/catalogue.ts";
import { initialView, type ViewState } from "../view-state.ts";
import { ruleOfRow } from "./rule-of-row.ts";

const coverage = { first: "2025-01-01", last: "2025-04-20" };
const march: ViewState = { ...initialView, period: { kind: "days", from: "2025-03-01", to: "2025-03-31" } };
const inMarch = { from: "2025-03-01", to: "2025-04-01" };

function ruleOf(name: string, row: Row, view: ViewState = initialView, grain: string | null = "month"): unknown {
  const entry = catalogue.find((one) => one.name === name);
  if (!entry) throw new Error(`no analysis ${name}`);
  return ruleOfRow(entry, row, view, { coverage, grain });
}

test("a bar of what was sold gives those who ordered it in the days of the page", () => {
  expect(ruleOf("revenue-by-category", { category: "home.lamps" }, march)).toEqual({
    kind: "orders",
    ...inMarch,
    category: ["home.lamps"],
  });
  expect(ruleOf("top-products", { product_id: "P1" })).toEqual({ kind: "orders", product_id: ["P1"] });
  expect(ruleOf("revenue-by-channel", { channel: "(unknown)" })).toBeNull();
});

test("filters of the page are conditions too", () => {
  const filters = { ...initialView.filters, brand: ["Acme"], country: ["France"] };
  expect(ruleOf("revenue-by-channel", { channel: "web" }, { ...march, filters })).toEqual({
    all: [
      { kind: "orders", ...inMarch, brand: ["Acme"], channel: ["web"] },
      { kind: "country", country: ["France"] },
    ],
  });
});

test("a cell of the RFM grid, a segment and a tier are offered only where they are those of the whole shop", () => {
  expect(ruleOf("rfm-grid", { r_score: 1, f_score: 5 })).toEqual({ kind: "rfm", r_score: [1], f_score: [5] });
  expect(ruleOf("rfm-segments", { rfm_segment: "Lost" })).toEqual({ kind: "rfm", rfm_segment: ["Lost"] });
  expect(ruleOf("ltv-tiers", { tier: "Gold" })).toEqual({ kind: "tier", tier: ["Gold"] });
  expect(ruleOf("rfm-segments", { rfm_segment: "Lost" }, march)).toBeNull();
  const byBins = { ...initialView, controls: { "rfm-segments": { method: "ntile" } } };
  expect(ruleOf("rfm-segments", { rfm_segment: "Lost" }, byBins)).toBeNull();
});

test("a cell of the cohorts gives those of the cohort who ordered in its month", () => {
  expect(ruleOf("cohort-retention", { cohort_month: "2024-12-01", month_index: 2 })).toEqual({
    all: [
      { kind: "cohort", month: ["2024-12-01"] },
      { kind: "orders", from: "2025-02-01", to: "2025-03-01" },
    ],
  });
  expect(ruleOf("cohort-retention", { cohort_month: "2024-12-01", month_index: 0 })).toEqual({
    kind: "cohort",
    month: ["2024-12-01"],
  });
  expect(ruleOf("cohort-retention", { cohort_month: "2024-12-02", month_index: 1 }, initialView, "week")).toBeNull();
});

test("a drop of the funnel gives those with the step and none of the next", () => {
  expect(ruleOf("funnel", { step_name: "view", next_step_name: "cart_add" }, march)).toEqual({
    all: [
      { kind: "events", event_type: "view", ...inMarch },
      { kind: "events", event_type: "cart_add", max_count: 0, ...inMarch },
    ],
  });
  expect(ruleOf("funnel", { step_name: "view", next_step_name: null })).toEqual({ kind: "events", event_type: "view" });
});

test("nothing is offered within a segment, which a rule cannot name", () => {
  const filters = { ...initialView.filters, segment: ["regulars"] };
  expect(ruleOf("top-products", { product_id: "P1" }, { ...initialView, filters })).toBeNull();
});
