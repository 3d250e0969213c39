import { count, nullable, ordinal, seconds, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { funnelSteps, funnelWindow } from "../funnel/funnel.ts";

/** How long customers take from a first look to each further step. See ./README.md for how to read it. */
export const timeToConvert = defineAnalysis({
  name: "time-to-convert",
  page: "funnel",
  title: "Time to convert",
  question: "How long do customers take from the first look to the cart and to the purchase?",
  grain: "one row per step",
  params: { steps: funnelSteps, window_hours: funnelWindow },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    step: ordinal("Position of the step from 1"),
    step_name: text("Kind of event"),
    median_seconds: nullable(seconds("Median time from the first step; null where nobody reached the step")),
    p90_seconds: nullable(seconds("Time that nine tenths of them stay below; null where nobody reached the step")),
    entity_count: count("Customers who reached the step"),
  },
  sql: new URL("./time-to-convert.sql", import.meta.url),
  chart: { kind: "bar", x: "step_name", y: "median_seconds" },
  metrics: [],
});
