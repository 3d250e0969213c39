import { flag, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Whom does the treatment make order? See ./README.md for how to read it. */
export const uplift = defineAnalysis({
  name: "uplift",
  page: "models",
  title: "Uplift",
  question: "Whom does the treatment of an experiment make order, and who is best left alone?",
  grain: "one row per person, the highest uplift first",
  params: {
    experiment: param.text("The experiment learnt from; the newest training's when empty"),
    contact_cost_minor: param.integer("Cost of treating one person, minor units", {
      min: 0,
      max: 1_000_000,
      default: 50,
    }),
    margin_minor: param.integer("Margin of one more order, minor units", { min: 0, max: 100_000_000, default: 1000 }),
    customer_id: param.text("Natural id of the customer; everyone when empty"),
    limit: param.integer("Most people shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    customer_id: text("Natural id of the customer or visitor"),
    customer_name: nullable(text("Name; null when unknown")),
    uplift_rate: rate("What the treatment adds to the chance of an order within the experiment's window", {
      minimum: -1,
    }),
    untreated_rate: rate("Chance of an order within the window without the treatment"),
    expected_profit_minor: money("uplift_rate times the margin of an order, less the cost of treating"),
    is_persuadable: flag("Treating pays: expected_profit_minor is above 0 before rounding"),
  },
  sql: new URL("./uplift.sql", import.meta.url),
  training: { model: "uplift", by: ["experiment"] },
  chart: { kind: "table" },
  metrics: [],
});
