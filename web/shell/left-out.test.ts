import { expect, test } from "vitest";
import { leftOutWords } from "./left-out.ts";

const format = { rate: (share: unknown) => `${(Number(share) * 100).toFixed(1)} %` };
const row = (day_on: string, reason: string, events: number, revenue: number) => ({
  day_on,
  reason,
  event_count: events,
  session_count: 0,
  order_count: 0,
  gross_revenue_minor: revenue,
  all_event_count: 100,
  all_gross_revenue_minor: 500,
});

test("sums what is flagged over days and reasons, and each day's whole once", () => {
  const rows = [
    row("2026-03-01", "robot", 3, 0),
    row("2026-03-01", "rate", 1, 5),
    row("2026-03-02", "robot", 0, 0),
    row("2026-03-02", "rate", 2, 0),
  ];
  expect(leftOutWords(rows, format)).toBe("Left out: 3.0 % of events, 0.5 % of revenue");
});

test("says so when nothing is flagged, and nothing before it is known", () => {
  expect(leftOutWords([row("2026-03-01", "robot", 0, 0)], format)).toBe("Nothing is flagged, so nothing is left out");
  expect(leftOutWords([], format)).toBe("Nothing is flagged, so nothing is left out");
  expect(leftOutWords(null, format)).toBe("");
});

test("names no share of what there is none of", () => {
  const rows = [{ ...row("2026-03-01", "robot", 3, 0), all_gross_revenue_minor: 0 }];
  expect(leftOutWords(rows, format)).toBe("Left out: 3.0 % of events");
});
