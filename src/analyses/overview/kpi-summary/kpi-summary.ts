import { choice, count, meanMoney, money, nullable, number, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

/** The shop's key figures over a period, beside those of the period it is compared with. See ./README.md. */
export const kpiSummary = defineAnalysis({
  name: "kpi-summary",
  page: "overview",
  title: "Key figures",
  question: "How did the shop do in this period?",
  grain: "one row per period",
  params: {
    refund_date: param.choice(
      "return: refunds count on the day of the return; order: on the day of the order they belong to",
      ["return", "order"],
      "return",
    ),
    include_cancelled: param.flag("Count cancelled orders too"),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    period: choice(["current", "previous"], "Which of the compared periods the row is about"),
    gross_revenue_minor: money("Positive order lines after discount, without tax and shipping"),
    refunds_minor: money("Minus the sum of negative lines dated in the period, by refund_date"),
    net_revenue_minor: money("Gross revenue minus refunds"),
    order_count: count("Orders placed in the period with a positive line"),
    customer_count: count("Distinct customers of those orders; orders without a customer count no one"),
    unit_count: count("Units on positive lines"),
    average_order_value_minor: nullable(meanMoney("Net revenue per order, minor units; null without orders")),
    event_count: count("Events of any kind"),
    visitor_count: count("Distinct customers and visitors with an event"),
    mean_daily_visitor_count: nullable(
      number("Mean over the period's days of the day's distinct visitors; null without events"),
    ),
    session_count: count("Sessions started in the period"),
    session_conversion_rate: nullable(rate("Sessions with a purchase / sessions; null without sessions")),
  },
  sql: file("kpi-summary"),
  parts: {
    dated_lines: {
      by: ["refund_date"],
      files: { return: file("dated_lines.return"), order: file("dated_lines.order") },
    },
  },
  chart: {
    kind: "tiles",
    tiles: [
      "net_revenue_minor",
      "order_count",
      "average_order_value_minor",
      "customer_count",
      "visitor_count",
      "session_conversion_rate",
    ],
  },
  metrics: [
    "gross_revenue_minor",
    "refunds_minor",
    "net_revenue_minor",
    "order_count",
    "average_order_value_minor",
    "session_conversion_rate",
  ],
});
