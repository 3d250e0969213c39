import { count, day, money, nullable, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

/** What customers got back, by the day of the return or of the order. See ./README.md for how to read it. */
export const refunds = defineAnalysis({
  name: "refunds",
  page: "sales",
  title: "Refunds",
  question: "How much of what was sold was given back?",
  grain: "one row per day, week or month",
  params: {
    refund_date: param.choice(
      "return: refunds count on the day of the return; order: on the day of the order they belong to",
      ["return", "order"],
      "return",
    ),
    grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month"),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    refund_order_count: count("Orders with a negative line"),
    refunds_minor: money("Minus the sum of negative lines"),
    refund_rate: nullable(
      rate("refunds_minor / gross revenue of the same period; null without any", { maximum: Infinity }),
    ),
  },
  sql: file("refunds"),
  parts: {
    refund_lines: {
      by: ["refund_date"],
      files: { return: file("refund_lines.return"), order: file("refund_lines.order") },
    },
  },
  chart: { kind: "line", x: "period_on", y: "refunds_minor" },
  metrics: ["refunds_minor", "gross_revenue_minor"],
});
