import { choice, number, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const change = { minimum: Number.NEGATIVE_INFINITY, maximum: Number.POSITIVE_INFINITY };

/** How well uplift ranks people: the Qini curve. See ./README.md for how to read it. */
export const upliftEvaluation = defineAnalysis({
  name: "uplift-evaluation",
  page: "models",
  title: "Uplift: Qini curve",
  question: "How much of the treatment's effect is kept when only the best-ranked people are treated?",
  grain: "one row per share of the people, the highest uplift first",
  params: { experiment: param.text("The experiment learnt from; the newest training's when empty") },
  filters: [],
  hasPeriod: false,
  columns: {
    top_rate: rate("Share of people treated, the highest uplift first"),
    gain_rate: rate("Orders that treating them adds, per treated person of the experiment", change),
    gain_lower: rate("Lower end of its 95 % interval", change),
    gain_upper: rate("Upper end of its 95 % interval", change),
    random_rate: rate("The same when people are treated at random", change),
    two_model_rate: rate("gain_rate when the two models rank", change),
    transformed_outcome_rate: rate("gain_rate when the transformed outcome ranks", change),
    qini_area: number("Area between the curve and the random line up to here; in the last row the Qini area"),
    qini_lower: number("Lower end of its 95 % interval, which allows for the choice of the method"),
    qini_upper: number("Upper end of the same"),
    method: choice(["two-model", "transformed-outcome"], "The method whose ranking answers"),
  },
  sql: new URL("./uplift-evaluation.sql", import.meta.url),
  training: { model: "uplift", by: ["experiment"] },
  chart: { kind: "curve", x: "top_rate", y: ["gain_rate", "random_rate"], lower: "gain_lower", upper: "gain_upper" },
  metrics: [],
});
