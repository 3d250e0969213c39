import { list, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Who will order soon, and why? See ./README.md for how to read it. */
export const propensity = defineAnalysis({
  name: "propensity",
  page: "models",
  title: "Propensity to order",
  question: "Who will order soon, and why?",
  grain: "one row per person of the training of that cutoff and horizon, the highest rate first",
  params: {
    cutoff: param.openDay("Day from which on nothing was seen; the newest run when left out"),
    horizon_days: param.integer("Days after the cutoff that the rate speaks of; a run of this horizon must be kept", {
      min: 1,
      max: 3650,
      default: 30,
    }),
    customer_id: param.text("Natural id of the customer; everyone when empty"),
    limit: param.integer("Most people shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    customer_id: text("Natural id of the customer or visitor"),
    customer_name: nullable(text("Name; null when unknown")),
    propensity_rate: rate("Chance of an order within horizon_days of the cutoff, calibrated"),
    decile: ordinal("From 1, the tenth of the highest rates, to 10"),
    top_reasons: list("What moved the rate most: feature, value and log-odds; only for the 20,000 highest"),
  },
  sql: new URL("./propensity.sql", import.meta.url),
  training: { model: "propensity", by: ["cutoff", "horizon_days"] },
  chart: { kind: "table" },
  metrics: [],
});
