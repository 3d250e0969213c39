import { day, days, money, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Customers who have not ordered for long, the most valuable first. See ./README.md for how to read it. */
export const inactiveCustomers = defineAnalysis({
  name: "inactive-customers",
  page: "customers",
  title: "Inactive customers",
  question: "Which valuable customers have not ordered for long?",
  grain: "one row per customer without a recent order, the largest net revenue first",
  params: {
    days: param.integer("Fewest days since the last order", { min: 0, max: 100_000, default: 90 }),
    as_of: param.day("Day from which absence is counted; only what happened before it counts", "day_after_last_order"),
    limit: param.integer("Most customers shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    customer_id: text("Natural id of the customer"),
    customer_name: nullable(text("Name; null when unknown")),
    last_order_on: day("Day of the last order, shop time zone"),
    inactive_days: days("Days from the last order to as_of"),
    net_revenue_minor: money("Gross revenue minus refunds so far"),
  },
  sql: new URL("./inactive-customers.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: ["net_revenue_minor"],
});
