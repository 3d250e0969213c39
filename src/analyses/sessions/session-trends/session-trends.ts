import { count, day, nullable, number, rate, seconds } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Sessions, their length and their conversion over time. See ./README.md for how to read it. */
export const sessionTrends = defineAnalysis({
  name: "session-trends",
  page: "sessions",
  title: "Sessions over time",
  question: "Do visitors come more often, stay longer and buy more than before?",
  grain: "one row per day, week or month",
  params: { grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "day") },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    session_count: count("Sessions started"),
    purchasing_session_count: count("Of those, sessions with a purchase event"),
    mean_duration_seconds: nullable(seconds("Mean time from the first to the last event; null without sessions")),
    session_conversion_rate: nullable(rate("purchasing_session_count / session_count; null without sessions")),
    median_duration_seconds: nullable(seconds("Median of the same; null without sessions")),
    mean_event_count: nullable(number("Mean number of events; null without sessions")),
  },
  sql: new URL("./session-trends.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: ["session_count", "session_conversion_rate", "median_duration_seconds"] },
  metrics: ["session_count", "session_conversion_rate"],
});
