import { count, day, money } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** The shop day by day. See ./README.md for how to read it. */
export const dailyKpis = defineAnalysis({
  name: "daily-kpis",
  page: "overview",
  title: "Day by day",
  question: "How did traffic, orders and revenue move from day to day?",
  grain: "one row per day, days without anything included",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "day_on",
  columns: {
    day_on: day("The day, shop time zone"),
    event_count: count("Events of any kind"),
    visitor_count: count("Distinct customers and visitors with an event that day; not to be summed over days"),
    session_count: count("Sessions started"),
    purchase_event_count: count("Purchase events"),
    order_count: count("Orders placed with a positive line"),
    unit_count: count("Units on positive lines"),
    gross_revenue_minor: money("Positive order lines after discount"),
    refunds_minor: money("Minus the sum of negative lines dated that day"),
    net_revenue_minor: money("Gross revenue minus refunds"),
  },
  sql: new URL("./daily-kpis.sql", import.meta.url),
  chart: { kind: "line", x: "day_on", y: ["net_revenue_minor", "order_count", "session_count"] },
  metrics: ["gross_revenue_minor", "refunds_minor", "net_revenue_minor", "order_count"],
});
