import { count, flag, instant, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** The shop's experiments and how far each has come. See ./README.md for how to read it. */
export const experiments = defineAnalysis({
  name: "experiments",
  page: "experiments",
  title: "Experiments",
  question: "Which experiments are planned, running, stopped or decided, and how many customers have they seen?",
  grain: "one row per experiment",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    experiment_id: text("Experiment"),
    title: text("What it is called"),
    status: text("draft, running, stopped or decided"),
    metric: text("The metric the decision is made on"),
    control: text("The variant the others are held against"),
    variant_count: count("Variants, the control included"),
    exposed_customer_count: count("Customers exposed since it was started and before it was stopped"),
    planned_customer_count: nullable(count("Customers planned, over all variants; null when nothing was planned")),
    is_complete: nullable(flag("Whether the planned customers have been seen; null without a plan")),
    created_at: instant("When it was made, UTC"),
    started_at: nullable(instant("When it was started, UTC; null before")),
    stopped_at: nullable(instant("When it was stopped, UTC; null before")),
    decided_at: nullable(instant("When it was decided, UTC; null before")),
    decision: nullable(text("The variant taken; null before the decision")),
  },
  sql: new URL("./experiments.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
