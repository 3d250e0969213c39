import { day, meanMoney, nullable, number, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** When stock runs out, how likely that is, and what it costs. See ./README.md for how to read it. */
export const availabilityForecast = defineAnalysis({
  name: "availability-forecast",
  page: "products",
  title: "When stock runs out",
  question: "Which products will run out, and what would that cost?",
  grain: "one row per product with stock and sales, the most revenue at risk first",
  params: {
    as_of: param.day("First day of the horizon; sales before it count", "day_after_last_order"),
    days: param.integer("Days before as_of whose sales tell the demand", { min: 1, max: 730, default: 56 }),
    horizon_days: param.integer("Days looked ahead", { min: 1, max: 365, default: 28 }),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 50 }),
  },
  filters: ["category", "brand"],
  hasPeriod: true,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    stock_quantity: ordinal("Units on hand, as last told"),
    expected_unit_count: number("Units the horizon asks for on average"),
    expected_out_on: nullable(day("Day on which the stock is gone at the mean demand; null beyond ten years")),
    stockout_rate: rate("Probability that the horizon asks for more than there is"),
    missing_unit_count: number("Units asked for beyond the stock, on average"),
    revenue_at_risk_minor: meanMoney("missing_unit_count at the mean price sold"),
  },
  sql: new URL("./availability-forecast.sql", import.meta.url),
  parts: {
    product_demand_days: new URL("../inventory-alerts/product_demand_days.sql", import.meta.url),
    stockless_days: new URL("../inventory-alerts/stockless_days.sql", import.meta.url),
    demand_window: new URL("../inventory-alerts/demand_window.sql", import.meta.url),
  },
  chart: { kind: "bar", x: "product_name", y: "revenue_at_risk_minor", horizontal: true },
  metrics: [],
});
