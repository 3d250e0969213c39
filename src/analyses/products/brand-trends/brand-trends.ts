import { count, day, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How the largest brands, or those asked for, sell over time. See ./README.md for how to read it. */
export const brandTrends = defineAnalysis({
  name: "brand-trends",
  page: "products",
  title: "Brand trends",
  question: "Which brands are rising and which are falling?",
  grain: "one row per day, week or month and brand, periods without a purchase included",
  params: {
    brands: param.texts("Brands to show, (unknown) for products without one; the largest when none is named"),
    grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "day"),
    limit: param.integer("Most brands shown when none is named", { min: 1, max: 1000, default: 5 }),
  },
  filters: ["category", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    brand: text("Brand; (unknown) for products without one"),
    purchase_count: count("Purchase events of the brand's products"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period, from order lines"),
    purchase_share_rate: nullable(rate("purchase_count / that of all brands in the period; null without purchases")),
  },
  sql: new URL("./brand-trends.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: "purchase_count", series: "brand" },
  metrics: ["net_revenue_minor"],
});
