import { money, month, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What each category earns after the cost of its goods, month by month. See ./README.md for how to read it. */
export const categoryMarginMonthly = defineAnalysis({
  name: "category-margin-monthly",
  page: "sales",
  title: "Margin by category",
  question: "Which categories earn money after the cost of goods, and how does that change?",
  grain: "one row per month and category",
  params: {
    depth: param.integer("Levels of the category path shown; 0 for the whole path", { min: 0, max: 20, default: 0 }),
    include_cancelled: param.flag("Count cancelled orders too"),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "month",
  columns: {
    month: month("First day of the month, shop time zone"),
    category: text("Category path; (unknown) without one"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the month"),
    cost_minor: nullable(money("Cost of the units sold minus that of units returned; null where no cost is known")),
    margin_minor: nullable(money("costed_revenue_minor - cost_minor; null where no cost is known")),
    margin_rate: nullable(
      rate("margin_minor / costed_revenue_minor; null without cost", { minimum: -Infinity, maximum: Infinity }),
    ),
    costed_revenue_minor: money("Net revenue of the lines whose cost is known"),
    costed_revenue_rate: nullable(
      rate("costed_revenue_minor / net_revenue_minor: how much of revenue the margin speaks of; null without revenue", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
  },
  sql: new URL("./category-margin-monthly.sql", import.meta.url),
  chart: { kind: "heatmap", x: "month", y: "category", value: "margin_rate" },
  metrics: ["net_revenue_minor"],
});
