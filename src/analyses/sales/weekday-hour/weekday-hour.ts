import { count, money, ordinal } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** When in the week visitors come and buy. See ./README.md for how to read it. */
export const weekdayHour = defineAnalysis({
  name: "weekday-hour",
  page: "sales",
  title: "Weekday and hour",
  question: "At what time of the week do visitors come and buy?",
  grain: "one row per weekday and hour, all 168",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    weekday: ordinal("Day of the week, 1 Monday to 7 Sunday, shop time zone"),
    hour: ordinal("Hour of the day, 0 to 23, shop time zone"),
    event_count: count("Events of any kind"),
    order_count: count("Orders placed with a positive line"),
    net_revenue_minor: money("Gross revenue minus refunds, refunds at the time of the return"),
  },
  sql: new URL("./weekday-hour.sql", import.meta.url),
  chart: { kind: "heatmap", x: "hour", y: "weekday", value: "order_count" },
  metrics: ["event_count", "order_count", "net_revenue_minor"],
});
