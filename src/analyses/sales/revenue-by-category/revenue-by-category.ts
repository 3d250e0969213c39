import { count, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Net revenue and orders of each category. See ./README.md for how to read it. */
export const revenueByCategory = defineAnalysis({
  name: "revenue-by-category",
  page: "sales",
  title: "Revenue by category",
  question: "Which categories bring the revenue?",
  grain: "one row per category path",
  params: { include_cancelled: param.flag("Count cancelled orders too") },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    category: text("Category path of the product; (unknown) where it has none"),
    order_count: count(
      "Orders with a positive line of the category dated in the period; an order counts in each of its categories",
    ),
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
  sql: new URL("./revenue-by-category.sql", import.meta.url),
  chart: { kind: "bar", x: "category", y: "net_revenue_minor", horizontal: true },
  metrics: ["net_revenue_minor", "order_count"],
});
