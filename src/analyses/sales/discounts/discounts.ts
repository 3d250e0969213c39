import { count, day, money, nullable, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What discounts cost, and how many orders have one. See ./README.md for how to read it. */
export const discounts = defineAnalysis({
  name: "discounts",
  page: "sales",
  title: "Discounts",
  question: "How much revenue is given away in discounts?",
  grain: "one row per day, week or month",
  params: { grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month") },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    order_count: count("Orders with a positive line"),
    discounted_order_count: count("Of those, orders with a discount on such a line"),
    discounted_order_share_rate: nullable(rate("discounted_order_count / order_count; null without orders")),
    list_revenue_minor: money("Positive lines before discount"),
    discount_minor: money("Discounts on those lines"),
    gross_revenue_minor: money("The same lines after discount"),
    discount_rate: nullable(rate("discount_minor / list_revenue_minor; null without sales")),
  },
  sql: new URL("./discounts.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: ["discount_rate", "discounted_order_share_rate"] },
  metrics: ["gross_revenue_minor", "order_count"],
});
