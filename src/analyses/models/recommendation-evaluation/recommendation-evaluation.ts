import { choice, count, flag, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** How well recommendations foretold what was bought. See ./README.md for how to read it. */
export const recommendationEvaluation = defineAnalysis({
  name: "recommendation-evaluation",
  page: "models",
  title: "Recommendations: quality",
  question: "How well do recommendations foretell what people buy, beside popularity and repurchase?",
  grain: "one row per task and method, the best first",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    task: choice(["new", "any"], "new: products never bought before, as is offered; any: everything bought"),
    method: text("How products were chosen"),
    is_chosen: flag("What recommendations uses"),
    customer_count: count("Buyers of the last horizon with something to foretell"),
    map_at_12_rate: rate("Mean average precision of twelve products"),
    recall_at_12_rate: rate("Share of what was bought that is among twelve"),
    ndcg_at_12_rate: rate("Normalised discounted cumulative gain of twelve"),
    coverage_rate: rate("Share of all products in somebody's twelve"),
  },
  sql: new URL("./recommendation-evaluation.sql", import.meta.url),
  training: { model: "recommendations", by: [] },
  chart: { kind: "table" },
  metrics: [],
});
