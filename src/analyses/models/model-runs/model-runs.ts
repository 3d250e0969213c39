import { choice, count, day, instant, nullable, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What is trained, when, on what, and how well. See ./README.md for how to read it. */
export const modelRuns = defineAnalysis({
  name: "model-runs",
  page: "models",
  title: "Trained models",
  question: "Which models are trained, when, on what, which answer, and do they beat their baseline?",
  grain: "one row per model, settings and standing: the newest training",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    model: text("Name of the model, as `cartwright train` takes it"),
    settings: nullable(text("What it was asked for; null where there is nothing to choose")),
    standing: choice(
      ["champion", "challenger", "aside"],
      "champion: answers; challenger: measured worse than the champion; aside: of an earlier day, answers only when its cutoff is asked for",
    ),
    trained_at: instant("End of the training"),
    cutoff_on: day("Nothing dated on this day or later was seen"),
    scored_on: nullable(day("Day its newest predictions are as of; null for a challenger, which has none")),
    row_count: count("People, products or reviews it was trained on"),
    measure: nullable(text("What quality is measured by; null where there was too little to measure")),
    quality: nullable(number("The measure on what the model had not seen")),
    baseline_quality: nullable(number("The same of the baseline it must beat; null where it has none")),
    standing_reason: nullable(text("Why it has this standing; null for models that are not compared")),
  },
  sql: new URL("./model-runs.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
