import { count, day, instant, nullable, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What is trained, when, on what, and how well. See ./README.md for how to read it. */
export const modelRuns = defineAnalysis({
  name: "model-runs",
  page: "models",
  title: "Trained models",
  question: "Which models are trained, when, on what, and do they beat their baseline?",
  grain: "one row per model and settings: the newest run",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    model: text("Name of the model, as `cartwright train` takes it"),
    settings: nullable(text("What it was asked for; null where there is nothing to choose")),
    trained_at: instant("End of the training"),
    cutoff_on: day("Nothing dated on this day or later was seen"),
    row_count: count("People, products or reviews it was trained on"),
    measure: nullable(text("What quality is measured by; null where there was too little to measure")),
    quality: nullable(number("The measure on what the model had not seen")),
    baseline_quality: nullable(number("The same of the baseline it must beat; null where it has none")),
  },
  sql: new URL("./model-runs.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
