import { count, day, meanMoney, money, nullable } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

/** Net revenue by day, week, month, quarter or year, with a trailing moving average. See ./README.md for how to read it. */
export const revenueOverTime = defineAnalysis({
  name: "revenue-over-time",
  page: "sales",
  title: "Revenue over time",
  question: "Is revenue rising or falling, once noise is smoothed?",
  grain: "one row per day, week, month, quarter or year, of the calendar or the fiscal year",
  params: {
    grain: param.choice(
      "Length of a period; weeks are ISO weeks, from Monday; fiscal ones follow fiscal_year_start of the settings",
      ["day", "week", "month", "quarter", "year", "fiscal_quarter", "fiscal_year"],
      "month",
    ),
    refund_date: param.choice(
      "return: refunds count on the day of the return; order: on the day of the order they belong to",
      ["return", "order"],
      "return",
    ),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week, month, quarter or year, shop time zone"),
    order_count: count("Orders placed with a positive line"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
    average_order_value_minor: nullable(meanMoney("Net revenue per order, minor units; null without orders")),
    net_revenue_ma3_minor: nullable(
      meanMoney("Mean net revenue of this period and the two before; null for the first two"),
    ),
  },
  sql: file("revenue-over-time"),
  parts: {
    calendar: {
      by: ["grain"],
      files: {
        day: file("calendar.plain"),
        week: file("calendar.plain"),
        month: file("calendar.plain"),
        quarter: file("calendar.plain"),
        year: file("calendar.plain"),
        fiscal_quarter: file("calendar.fiscal"),
        fiscal_year: file("calendar.fiscal"),
      },
    },
    dated_lines: {
      by: ["refund_date"],
      files: { return: file("dated_lines.return"), order: file("dated_lines.order") },
    },
  },
  chart: { kind: "line", x: "period_on", y: ["net_revenue_minor", "net_revenue_ma3_minor"] },
  metrics: ["net_revenue_minor", "order_count", "average_order_value_minor"],
});
