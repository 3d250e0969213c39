import { choice, count, day, money, nullable, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What of the traffic is robots', staff's and tests'. See ./README.md for how to read it. */
export const trafficQuality = defineAnalysis({
  name: "traffic-quality",
  page: "data",
  title: "Traffic quality",
  question: "How much of the traffic is robots, staff and tests, and what of the revenue goes with it?",
  grain: "one row per day and reason",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment"],
  hasPeriod: true,
  datedBy: "day_on",
  columns: {
    day_on: day("Day with an event, a session, an order or an order line"),
    reason: choice(
      ["robot", "rate", "staff", "test"],
      "Why it is flagged: robot, a known robot's user agent; rate, more events than a person makes; staff, by the settings; test, said by the source",
    ),
    event_count: count("Flagged events"),
    session_count: count("Flagged sessions, on the day they started"),
    order_count: count("Flagged orders with a positive line, on the day they were placed"),
    gross_revenue_minor: money("Positive lines of flagged orders after discount"),
    all_event_count: count("All events of the day, flagged or not"),
    all_session_count: count("All sessions started that day"),
    all_order_count: count("All orders placed that day"),
    all_gross_revenue_minor: money("All gross revenue of the day"),
    event_share_rate: nullable(rate("event_count / all_event_count; null without events")),
    revenue_share_rate: nullable(rate("gross_revenue_minor / all_gross_revenue_minor; null without revenue")),
  },
  sql: new URL("./traffic-quality.sql", import.meta.url),
  chart: { kind: "line", x: "day_on", y: "event_count", series: "reason" },
  metrics: [],
});
