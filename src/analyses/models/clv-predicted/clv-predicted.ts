import { meanMoney, money, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What each customer is expected to be worth. See ./README.md for how to read it. */
export const clvPredicted = defineAnalysis({
  name: "clv-predicted",
  page: "models",
  title: "Predicted lifetime value",
  question: "Which customers will be worth most, and are they still customers?",
  grain: "one row per customer of the last training, the most valuable first",
  params: {
    horizon_days: param.integer("How far ahead, in days: 30, 90, 180, 365 or 730", { min: 30, max: 730, default: 365 }),
    customer_id: param.text("Natural id of the customer; everyone when empty"),
    limit: param.integer("Most customers shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    customer_id: text("Natural id of the customer"),
    customer_name: nullable(text("Name; null when unknown")),
    p_alive_rate: rate("Chance that the customer will ever order again"),
    expected_order_count: number("Days with an order expected within horizon_days of the cutoff"),
    expected_average_value_minor: meanMoney("Net revenue expected of such a day"),
    clv_minor: money("Net revenue expected within horizon_days, discounted by 1 % a month"),
  },
  sql: new URL("./clv-predicted.sql", import.meta.url),
  training: { model: "clv", by: [] },
  chart: { kind: "table" },
  metrics: ["net_revenue_minor"],
});
