import { choice, count, money, nullable, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Customers in four tiers of what they have brought so far. See ./README.md for how to read it. */
export const ltvTiers = defineAnalysis({
  name: "ltv-tiers",
  page: "customers",
  title: "Lifetime value tiers",
  question: "How much of the revenue comes from the most valuable customers?",
  grain: "one row per tier that has customers, the lowest first",
  params: { cuts: param.shares("Shares of customers at which tiers begin", [0.25, 0.5, 0.75]) },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    tier: choice(["Bronze", "Silver", "Gold", "Platinum"], "Tier by net revenue, Platinum the highest"),
    customer_count: count("Customers of the tier"),
    net_revenue_minor: money("Their net revenue"),
    revenue_share_rate: nullable(
      rate("Their net revenue / that of all tiers; null when the total is 0", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
    min_revenue_minor: money("Lowest net revenue of a customer of the tier"),
    max_revenue_minor: money("Highest net revenue of a customer of the tier"),
  },
  sql: new URL("./ltv-tiers.sql", import.meta.url),
  chart: { kind: "bar", x: "tier", y: "net_revenue_minor" },
  metrics: ["net_revenue_minor"],
});
