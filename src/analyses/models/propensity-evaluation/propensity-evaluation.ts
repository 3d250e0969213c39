import { count, money, number, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How well a propensity model foretold the last horizon. See ./README.md for how to read it. */
export const propensityEvaluation = defineAnalysis({
  name: "propensity-evaluation",
  page: "models",
  title: "Propensity: gain and lift",
  question: "How much better than chance does the model choose whom to reach?",
  grain: "one row per share of the best-scored people",
  params: {
    model: param.choice("Which model", ["propensity", "churn"], "propensity"),
    contact_cost_minor: param.integer("Cost of reaching one person, minor units", {
      min: 0,
      max: 1_000_000,
      default: 50,
    }),
    margin_minor: param.integer("Margin of one person the model was right about, minor units", {
      min: 0,
      max: 100_000_000,
      default: 1000,
    }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    top_rate: rate("Share of people reached, the highest scores first"),
    customer_count: count("People in it"),
    precision_rate: rate("Share of them that the model was right about"),
    recall_rate: rate("Share of all positives among them"),
    lift: number("precision_rate over the rate of positives among all"),
    profit_minor: money("Margin of those the model was right about, less the cost of reaching all of them"),
  },
  sql: new URL("./propensity-evaluation.sql", import.meta.url),
  training: { model: "propensity", by: [], named: "model" },
  chart: { kind: "table" },
  metrics: [],
});
