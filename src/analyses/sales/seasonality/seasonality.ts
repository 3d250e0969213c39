import { flag, money, nullable, number, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Which categories have a season, and when. See ./README.md for how to read it. */
export const seasonality = defineAnalysis({
  name: "seasonality",
  page: "sales",
  title: "Seasonality",
  question: "Which categories have a season, and when is it?",
  grain: "one row per category and month of the year",
  params: {
    depth: param.integer("Levels of the category path shown; 0 for the whole path", { min: 0, max: 20, default: 1 }),
    min_strength_rate: param.number("Strength from which a category is called seasonal", {
      min: 0,
      max: 1,
      default: 0.15,
    }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    category: text("Category path; (unknown) without one"),
    month_of_year: ordinal("1 January to 12 December"),
    net_revenue_minor: money("Net revenue of this month of the year, over all years of the period"),
    seasonal_index: nullable(number("Mean of this month / mean of all months; 1 is average; null without revenue")),
    peak_month: ordinal("Month of the year with the highest index"),
    seasonal_strength_rate: nullable(
      rate(
        "Share of a year's revenue that would have to move to other months to make them equal; null under 12 months",
      ),
    ),
    is_seasonal: nullable(flag("Whether the strength is enough and more than chance; null under 12 months")),
  },
  sql: new URL("./seasonality.sql", import.meta.url),
  chart: { kind: "heatmap", x: "month_of_year", y: "category", value: "seasonal_index" },
  metrics: ["net_revenue_minor"],
});
