import { expect, test } from "vitest";
import type { Shop } from "../api.ts";
import { fixtureEntry } from "../gallery/fixtures.ts";
import { isNothing, lackOf, unnamedDimension } from "./requirements.ts";

const shop = { first_day: "2019-01-01", last_day: "2019-12-31", has_sessions: false } as Shop;
const bars = { kind: "bar", x: "channel", y: "net_revenue_minor" } as const;
const entry = fixtureEntry("Revenue by channel", bars, ["channel", "net_revenue_minor"]);
const conversion = fixtureEntry("Conversion", { kind: "table" }, ["product_id", "viewing_session_count"]);

test("an order-only shop is told why questions about visits have no answer, and what would answer them", () => {
  expect(lackOf(conversion, shop)?.what).toContain("no recorded visits");
  expect(lackOf(conversion, shop)?.step).toContain("cartwright import");
  expect(lackOf(entry, shop)).toBeNull();
  expect(lackOf(conversion, { ...shop, has_sessions: true })).toBeNull();
});

test("an empty shop is told how to fill it", () => {
  expect(lackOf(entry, { ...shop, first_day: null, last_day: null })?.step).toContain("cartwright import");
});

test("a dimension the source never names is not drawn as one bar", () => {
  expect(unnamedDimension(entry, bars, [{ channel: "(unknown)", net_revenue_minor: 5 }])?.what).toContain("no channel");
  expect(unnamedDimension(entry, bars, [{ channel: "email", net_revenue_minor: 5 }])).toBeNull();
});

test("a funnel that nobody entered is empty, and so is an answer without rows", () => {
  const funnel = { kind: "funnel", step: "step_name", value: "entity_count", rate: "step_rate" } as const;
  expect(isNothing(funnel, [{ step_name: "view", entity_count: 0 }])).toBe(true);
  expect(isNothing(funnel, [{ step_name: "view", entity_count: 3 }])).toBe(false);
  expect(isNothing(bars, [])).toBe(true);
});
