import { count, meanMoney, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { funnelSteps } from "../funnel/funnel.ts";

/** What each step of the funnel loses, in sessions and in money. See ./README.md for how to read it. */
export const funnelLosses = defineAnalysis({
  name: "funnel-losses",
  page: "funnel",
  title: "Money lost by step",
  question: "What would the sessions that leave at each step have brought, had they gone on like the others?",
  grain: "one row per step but the last",
  params: { steps: funnelSteps },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    step: ordinal("Position of the step from 1"),
    step_name: text("Kind of event"),
    next_step_name: text("The step that was not reached"),
    session_count: count("Sessions that reached the step"),
    lost_session_count: count("Of those, sessions that did not reach the next step"),
    lost_rate: nullable(rate("lost_session_count / session_count; null without sessions")),
    continuing_value_minor: nullable(meanMoney("Mean revenue of the sessions that went on; null where none did")),
    lost_minor: nullable(meanMoney("lost_session_count times continuing_value_minor; null where none went on")),
  },
  sql: new URL("./funnel-losses.sql", import.meta.url),
  chart: { kind: "bar", x: "step_name", y: "lost_minor", horizontal: true },
  metrics: ["session_count"],
});
