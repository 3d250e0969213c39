import { count, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Net revenue and orders of each country. See ./README.md for how to read it. */
export const revenueByCountry = defineAnalysis({
  name: "revenue-by-country",
  page: "sales",
  title: "Revenue by country",
  question: "Which countries bring the revenue?",
  grain: "one row per country",
  params: { include_cancelled: param.flag("Count cancelled orders too") },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    country: text("Country of the order; (unknown) where the source names none"),
    order_count: count("Orders placed in the period with a positive line"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
    revenue_share_rate: nullable(
      rate(
        "Net revenue / net revenue of all rows; beyond 0 to 1 where refunds exceed sales; null when the total is 0",
        {
          minimum: -Infinity,
          maximum: Infinity,
        },
      ),
    ),
  },
  sql: new URL("./revenue-by-country.sql", import.meta.url),
  chart: { kind: "bar", x: "country", y: "net_revenue_minor", horizontal: true },
  metrics: ["net_revenue_minor", "order_count"],
});
