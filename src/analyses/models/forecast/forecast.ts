import { day, flag, nullable, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What the next months or days will bring. See ./README.md for how to read it. */
export const forecast = defineAnalysis({
  name: "forecast",
  page: "models",
  title: "Forecast",
  question: "What will the next months or days bring, and how far may that be off?",
  grain: "one row per series and period, the past included",
  params: {
    metric: param.choice("What is foretold", ["net_revenue_minor", "unit_count"], "net_revenue_minor"),
    grain: param.choice("Length of a period", ["month", "day"], "month"),
    horizon: param.integer("Periods ahead: at most 12 months or 60 days have rows", { min: 1, max: 60, default: 3 }),
    by: param.choice(
      "The shop as a whole, its largest categories, or its largest products",
      ["total", "category", "product"],
      "total",
    ),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    series: text(
      "total, the category, or the natural id of the product; (other) is what the shop sells beside those named",
    ),
    period_on: day("First day of the period, shop time zone"),
    is_forecast: flag("False for what was, true for what is expected"),
    value: number("What was, or what is expected, in the metric's unit"),
    lower: nullable(number("Lower bound of the 95 % interval; null for the past and where too little is known")),
    upper: nullable(number("Upper bound of the same")),
    method: nullable(text("How it was foretold; null for the past")),
  },
  sql: new URL("./forecast.sql", import.meta.url),
  training: { model: "forecast", by: [] },
  chart: {
    kind: "forecast",
    x: "period_on",
    y: "value",
    lower: "lower",
    upper: "upper",
    expected: "is_forecast",
    series: "series",
  },
  metrics: ["net_revenue_minor"],
});
