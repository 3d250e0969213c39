import { eventTypes } from "../../../warehouse/event-types.ts";
import { choice, count, day, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What was collected against the tracking plan. See ./README.md for how to read it. */
export const trackingPlanViolations = defineAnalysis({
  name: "tracking-plan-violations",
  page: "data",
  title: "Tracking plan violations",
  question: "What arrives otherwise than the tracking plan says?",
  grain: "one row per event, kind of violation and property",
  params: { limit: param.integer("Most rows shown, the most frequent first", { min: 1, max: 100_000, default: 100 }) },
  filters: [],
  hasPeriod: true,
  columns: {
    event_name: text("The event, as its source names it"),
    event_type: choice(eventTypes, "Kind of interaction that it is counted as"),
    violation: choice(
      ["unplanned_event", "unplanned_property", "missing_property", "wrong_type", "value_not_allowed"],
      "What is against the plan",
    ),
    property_name: nullable(
      text("The property, as a path such as products[].price; null for an event that is not planned"),
    ),
    message_count: count("Collected messages of the event"),
    violation_count: count("Of those, messages with this violation"),
    violation_rate: rate("violation_count / message_count"),
    first_on: day("First day of it within the period, shop time zone"),
    last_on: day("Last day of it within the period"),
  },
  sql: new URL("./tracking-plan-violations.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
