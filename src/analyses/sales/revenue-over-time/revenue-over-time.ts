import { count, day, meanMoney, money, nullable } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Net revenue by day, week or month, with a trailing moving average. See ./README.md for how to read it. */
export const revenueOverTime = defineAnalysis({
  name: "revenue-over-time",
  page: "sales",
  title: "Revenue over time",
  question: "Is revenue rising or falling, once noise is smoothed?",
  grain: "one row per day, week or month",
  params: { grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month") },
  filters: ["category", "brand", "channel", "country"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    order_count: count("Orders placed with a positive line"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
    average_order_value_minor: nullable(meanMoney("Net revenue per order, minor units; null without orders")),
    net_revenue_ma3_minor: nullable(
      meanMoney("Mean net revenue of this period and the two before; null for the first two"),
    ),
  },
  sql: new URL("./revenue-over-time.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: ["net_revenue_minor", "net_revenue_ma3_minor"] },
  metrics: ["net_revenue_minor", "order_count", "average_order_value_minor"],
});
