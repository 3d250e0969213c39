import { choice, count, number, seconds } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** Sessions with a purchase beside sessions without. See ./README.md for how to read it. */
export const sessionComparison = defineAnalysis({
  name: "session-comparison",
  page: "sessions",
  title: "Buyers and others",
  question: "How do sessions that end in a purchase differ from those that do not?",
  grain: "one row per kind of session that occurs",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    segment: choice(["purchaser", "non_purchaser"], "Whether the session has a purchase event"),
    session_count: count("Sessions started in the period"),
    mean_duration_seconds: seconds("Mean time from the first to the last event; 0 for a session of one event"),
    median_duration_seconds: seconds("Median of the same"),
    mean_event_count: number("Mean number of events"),
    median_event_count: number("Median number of events"),
    p25_duration_seconds: seconds("Duration that a quarter of the sessions stay below"),
    p75_duration_seconds: seconds("Duration that three quarters stay below"),
    p90_duration_seconds: seconds("Duration that nine tenths stay below"),
    p25_event_count: number("Number of events that a quarter of the sessions stay below"),
    p75_event_count: number("Number of events that three quarters stay below"),
    p90_event_count: number("Number of events that nine tenths stay below"),
  },
  sql: new URL("./session-comparison.sql", import.meta.url),
  chart: { kind: "bar", x: "segment", y: "mean_duration_seconds" },
  metrics: [],
});
