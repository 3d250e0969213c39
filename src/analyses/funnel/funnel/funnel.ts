import { eventTypes } from "../../../warehouse/event-types.ts";
import { count, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

export const funnelSteps = param.choices("Kinds of events, in the order they are expected", eventTypes, [
  "view",
  "cart_add",
  "purchase",
]);

export const funnelOrder = param.choice(
  "strict: no event of another listed step between a step and the next; ordered: each later, or at the same time in a later row; all: every step up to here in any order; any: each step alone",
  ["strict", "ordered", "all", "any"],
  "ordered",
);

export const funnelWindow = param.integer(
  "Time from a customer's first step in which all others must follow; basis customers only",
  { min: 1, max: 87_600, default: 720 },
);

/** Which steps each entity reached, by the order asked for. */
export const funnelReached = {
  by: ["order"],
  files: {
    strict: file("funnel_reached.strict"),
    ordered: file("funnel_reached.ordered"),
    all: file("funnel_reached.all"),
    any: file("funnel_reached.any"),
  },
} as const;

/** How many sessions, customers or events get through a sequence of steps. See ./README.md for how to read it. */
export const funnel = defineAnalysis({
  name: "funnel",
  page: "funnel",
  title: "Funnel",
  question: "Where on the way from a look to a purchase do visitors leave?",
  grain: "one row per step",
  params: {
    basis: param.choice(
      "What is counted: sessions; customers, over all their sessions; or raw events",
      ["sessions", "customers", "events"],
      "sessions",
    ),
    steps: funnelSteps,
    order: funnelOrder,
    window_hours: funnelWindow,
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    step: ordinal("Position of the step from 1"),
    step_name: text("Kind of event"),
    entity_count: count("Sessions or customers that reached the step, or events of the step"),
    step_rate: nullable(
      rate("entity_count / that of the step before, 1 for the first; above 1 only for events; null with order any", {
        maximum: Infinity,
      }),
    ),
    overall_rate: nullable(
      rate("entity_count / that of the first step; above 1 only for events and with order any", { maximum: Infinity }),
    ),
  },
  sql: {
    by: ["order"],
    files: { strict: file("funnel"), ordered: file("funnel"), all: file("funnel"), any: file("funnel.any") },
  },
  parts: {
    funnel_counts: {
      by: ["basis"],
      files: {
        sessions: file("funnel_counts.entities"),
        customers: file("funnel_counts.entities"),
        events: file("funnel_counts.events"),
      },
    },
    funnel_reached: funnelReached,
    funnel_entities: {
      by: ["basis"],
      files: { sessions: file("funnel_entities.sessions"), customers: file("funnel_entities.customers") },
    },
  },
  chart: { kind: "funnel", step: "step_name", value: "entity_count", rate: "overall_rate" },
  metrics: [],
});
