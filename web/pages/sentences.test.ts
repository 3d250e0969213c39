import { expect, test } from "vitest";
import type { Shop } from "../api.ts";
import type { Row } from "../catalogue-types.ts";
import { packed } from "../components/packed.ts";
import { createFormat } from "../format.ts";
import {
  customersSentence,
  driftSentence,
  funnelSentence,
  type LeadContext,
  overviewSentence,
  runsSentence,
  sessionsSentence,
} from "./sentences.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const shop: Shop = {
  name: "Corner shop",
  currency: "GBP",
  currency_decimals: 2,
  time_zone: "Europe/London",
  week_start: 1,
  first_day: "2019-01-01",
  last_day: "2019-12-31",
  first_order_day: "2019-01-01",
  last_order_day: "2019-12-31",
  has_store: false,
  has_sessions: true,
  row_counts: {},
  data_version: "1",
  refreshed_at: null,
  version: "0",
};
const context: LeadContext = {
  format: createFormat({ locale: "en-GB", currency: "GBP", currencyDecimals: 2, timeZone: "Europe/London" }),
  shop,
  days: { from: "2019-11-01", to: "2019-11-30" },
  isCompared: true,
};

const both = (now: Row, before: Row): readonly Row[] => [
  { ...now, period: "current" },
  { ...before, period: "previous" },
];

test("the overview says how much, how it moved and what moved it", () => {
  const answers = {
    "kpi-summary": both(
      { net_revenue_minor: 137_000_000, order_count: 900 },
      { net_revenue_minor: 100_000_000, order_count: 800 },
    ),
    "revenue-by-channel": [],
    "revenue-by-category": [
      { category: "Gifts", net_revenue_minor: 50_000_000, period: "current" },
      { category: "Toys", net_revenue_minor: 87_000_000, period: "current" },
      { category: "Gifts", net_revenue_minor: 27_430_000, period: "previous" },
      { category: "Toys", net_revenue_minor: 72_570_000, period: "previous" },
    ],
  };
  expect(plain(overviewSentence(answers, context))).toBe(
    "Net revenue was £1.37 M in November 2019, 37.0 % above the compared period; 61.0 % of the rise came from Gifts.",
  );
});

test("without a compared period the overview names the largest share instead", () => {
  const answers = {
    "kpi-summary": [{ net_revenue_minor: 1_000_000, order_count: 12 }],
    "revenue-by-channel": [
      { channel: "email", net_revenue_minor: 600_000 },
      { channel: "direct", net_revenue_minor: 400_000 },
    ],
  };
  expect(plain(overviewSentence(answers, { ...context, isCompared: false }))).toContain(
    "from 12 orders; 60.0 % came from Email",
  );
});

test("pages about visits say why an order-only shop cannot answer", () => {
  const orderOnly = { ...context, shop: { ...shop, has_sessions: false } };
  expect(funnelSentence({}, orderOnly)).toContain("no recorded visits");
  expect(sessionsSentence({}, orderOnly)).toContain("no recorded visits");
});

test("missing answers give no sentence rather than a wrong one", () => {
  expect(overviewSentence({}, context)).toBe("");
  expect(customersSentence({ "rfm-segments": [] }, context)).toBe("");
});

test("no row of cards ends in a hole", () => {
  const sizes = (given: readonly ("full" | "half" | "third" | "two-thirds")[]) =>
    packed(given.map((size) => ({ size }))).map((card) => card.size);
  expect(sizes(["half", "full", "half", "half"])).toEqual(["full", "full", "half", "half"]);
  expect(sizes(["two-thirds", "third", "half"])).toEqual(["two-thirds", "third", "full"]);
});

test("drift warns of what has shifted, says what to do, and is quiet about what has not", () => {
  const row = (model: string, state: string, scored_on = "2026-02-01"): Row => ({
    model,
    state,
    scored_on,
    cutoff_on: "2026-01-01",
  });
  const stable = row("propensity", "stable");
  expect(driftSentence([stable, stable])).toBe("Customers are spread as they were at training.");
  expect(driftSentence([stable, row("churn", "moved")])).toBe(
    "1 of 2 measures has moved since training (churn). Watch the largest.",
  );
  expect(driftSentence([stable, row("churn", "moved"), row("propensity", "shifted")])).toBe(
    "Warning: 1 of 3 measures has shifted since training. Train propensity again.",
  );
  expect(driftSentence([stable, row("churn", "shifted", "2026-01-01")])).toBe(
    "Warning: 1 of 2 measures has shifted within one horizon of training (churn). Expect rates to be off; training again does not help.",
  );
});

test("runs are counted once a model; a challenger that lost does not count against its baseline", () => {
  const run = { model: "churn", measure: "auc", baseline_quality: 0.6 };
  expect(
    runsSentence([
      { ...run, standing: "champion", quality: 0.7 },
      { ...run, standing: "challenger", quality: 0.5 },
    ]),
  ).toBe("1 model is trained; 1 of the 1 with a baseline beats it.");
});
