import { count, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";
import { funnelOrder, funnelReached, funnelSteps, funnelWindow } from "../funnel/funnel.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

/** The funnel for each channel, country, category or brand. See ./README.md for how to read it. */
export const funnelBreakdown = defineAnalysis({
  name: "funnel-breakdown",
  page: "funnel",
  title: "Funnel by value",
  question: "For whom, and for what, does the funnel leak?",
  grain: "one row per value and step",
  params: {
    by: param.choice(
      "What sessions or customers are told apart by",
      ["channel", "country", "category", "brand"],
      "channel",
    ),
    attribution: param.choice(
      "Whose value counts where an entity has several: that of its first event, or of its last",
      ["first", "last"],
      "first",
    ),
    basis: param.choice(
      "What is counted: sessions, or customers over all their sessions",
      ["sessions", "customers"],
      "sessions",
    ),
    steps: funnelSteps,
    order: funnelOrder,
    window_hours: funnelWindow,
    limit: param.integer("Most values shown", { min: 1, max: 10_000, default: 10 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    breakdown: text("Channel, country, category or brand; (unknown) without one"),
    step: ordinal("Position of the step from 1"),
    step_name: text("Kind of event"),
    entity_count: count("Sessions or customers that reached the step"),
    step_rate: nullable(rate("entity_count / that of the step before, 1 for the first; null with order any")),
    overall_rate: nullable(
      rate("entity_count / that of the first step; above 1 only with order any", { maximum: Infinity }),
    ),
  },
  sql: file("funnel-breakdown"),
  parts: {
    funnel_reached: funnelReached,
    funnel_entities: {
      by: ["basis"],
      files: { sessions: file("funnel_entities.sessions"), customers: file("funnel_entities.customers") },
    },
  },
  chart: { kind: "heatmap", x: "step_name", y: "breakdown", value: "overall_rate" },
  metrics: [],
});
