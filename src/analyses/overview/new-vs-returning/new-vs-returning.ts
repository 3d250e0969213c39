import { count, day, money } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How much comes from new customers, and how much from those who come back. See ./README.md for how to read it. */
export const newVsReturning = defineAnalysis({
  name: "new-vs-returning",
  page: "overview",
  title: "New and returning customers",
  question: "Does revenue come from new customers or from those who come back?",
  grain: "one row per day, week or month",
  params: { grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month") },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    new_customer_count: count("Customers with an order in the period whose first order ever fell in it"),
    returning_customer_count: count("Customers with an order in the period whose first one was earlier"),
    new_revenue_minor: money("Net revenue of customers in the period of their first order"),
    returning_revenue_minor: money("Net revenue of customers after the period of their first order"),
    other_revenue_minor: money("Net revenue of unknown customers, and of lines before any order"),
  },
  sql: new URL("./new-vs-returning.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: ["new_revenue_minor", "returning_revenue_minor"] },
  metrics: ["net_revenue_minor"],
});
