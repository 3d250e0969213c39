import { choice, count, day, nullable, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** Whether customers are still as those a model was trained on. See ./README.md for how to read it. */
export const modelDrift = defineAnalysis({
  name: "model-drift",
  page: "models",
  title: "Drift since training",
  question: "Are customers still as those the model was trained on?",
  grain: "one row per model, settings and measure: each feature and the score",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    model: text("Name of the model"),
    settings: nullable(text("What it was asked for; null where there is nothing to choose")),
    measure: text("A feature of the model, or score"),
    state: choice(
      ["stable", "moved", "shifted"],
      "stable below 0.1 or within chance, moved below 0.25, shifted from 0.25 on",
    ),
    stability_index: number(
      "Population stability index of people scored against people trained on; 0 when spread alike",
    ),
    chance_index: number("The index that chance alone exceeds in one case of twenty, with so many people"),
    warning: nullable(text("What has moved and what to do; null when stable")),
    cutoff_on: day("Nothing dated on this day or later was seen in training"),
    scored_on: day("Day the people scored are as of"),
    training_count: count("People trained on"),
    scored_count: count("People scored"),
  },
  sql: new URL("./model-drift.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
