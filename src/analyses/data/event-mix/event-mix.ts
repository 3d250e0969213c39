import { eventTypes } from "../../../warehouse/event-types.ts";
import { choice, count, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What the stream of events consists of. See ./README.md for how to read it. */
export const eventMix = defineAnalysis({
  name: "event-mix",
  page: "data",
  title: "Event mix",
  question: "Which kinds of events does the shop record, and how many of each?",
  grain: "one row per kind of event",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    event_type: choice(eventTypes, "Kind of interaction"),
    event_count: count("Events of the kind"),
    event_share_rate: rate("Events of the kind / all events"),
  },
  sql: new URL("./event-mix.sql", import.meta.url),
  chart: { kind: "bar", x: "event_type", y: "event_count" },
  metrics: [],
});
