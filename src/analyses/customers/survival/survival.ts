import { count, ordinal, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How long customers keep ordering. See ./README.md for how to read it. */
export const survival = defineAnalysis({
  name: "survival",
  page: "customers",
  title: "Survival",
  question: "How long after their first order do customers keep ordering?",
  grain: "one row per month since the first order",
  params: {
    as_of: param.day("Day from which absence is counted; only orders before it count", "day_after_last_order"),
    inactive_days: param.integer("Days without an order after which a customer counts as gone", {
      min: 1,
      max: 10_000,
      default: 90,
    }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    month_index: ordinal("Whole months between the first and the last order"),
    at_risk_count: count("Customers who are known to have kept ordering for as many months"),
    gone_count: count("Of those, customers whose last order was in this month and who are gone"),
    survival_rate: rate("Estimated share of customers who keep ordering beyond this month"),
  },
  sql: new URL("./survival.sql", import.meta.url),
  chart: { kind: "bar", x: "month_index", y: "survival_rate" },
  metrics: [],
});
