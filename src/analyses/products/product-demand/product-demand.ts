import { choice, count, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How much each product is asked for, and how evenly. See ./README.md for how to read it. */
export const productDemand = defineAnalysis({
  name: "product-demand",
  page: "products",
  title: "Demand by product",
  question: "How much is each product asked for, how evenly, and is it rising?",
  grain: "one row per product sold, the most units first",
  params: {
    as_of: param.day("End of the weeks; sales before it count", "day_after_last_order"),
    weeks: param.integer("Whole weeks looked back", { min: 2, max: 520, default: 26 }),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 50 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    unit_count: count("Units sold; returns are not taken off"),
    order_count: count("Orders with the product, counted in each week"),
    week_count: count("Weeks from the first with a sale to as_of, without those that passed wholly without stock"),
    selling_week_count: count("Of those, weeks with a sale"),
    out_of_stock_day_count: count(
      "Days since that first week without stock and without a sale; they tell nothing of demand",
    ),
    mean_weekly_unit_count: number("Units of seven days with stock"),
    mean_interval_weeks: number("week_count / selling_week_count: weeks from one that sells to the next"),
    squared_variation: number("Squared coefficient of variation of the units of weeks that sell"),
    demand_pattern: choice(
      ["smooth", "erratic", "intermittent", "lumpy"],
      "Class of Syntetos, Boylan and Croston (2005)",
    ),
    trend_rate: nullable(
      rate(
        "Units a day with stock in the later half of the weeks / the same in the earlier - 1; null where the earlier sold none, or the later had no stock",
        {
          minimum: -1,
          maximum: Infinity,
        },
      ),
    ),
  },
  sql: new URL("./product-demand.sql", import.meta.url),
  parts: {
    stockless_days: new URL("../inventory-alerts/stockless_days.sql", import.meta.url),
    demand_window: new URL("./demand_window.sql", import.meta.url),
  },
  chart: {
    kind: "scatter",
    x: "mean_interval_weeks",
    y: "squared_variation",
    size: "unit_count",
    series: "demand_pattern",
  },
  metrics: ["unit_count"],
});
