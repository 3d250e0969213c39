import { count, flag, instant, nullable, seconds, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** Which sources have gone silent for longer than they ever are. See ./README.md for how to read it. */
export const sourceHealth = defineAnalysis({
  name: "source-health",
  page: "data",
  title: "Sources",
  question: "Which source has stopped bringing data?",
  grain: "one row per source and kind of row, the longest silent first",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    source_name: text("Where batches come from: collect, or files whose names differ by numbers only"),
    kind: text("What its rows are: events, order_lines, orders, ..."),
    arrival_count: count("Minutes of the last 60 days in which it brought rows"),
    last_at: instant("When it last brought rows, UTC"),
    usual_seconds: nullable(seconds("Median pause between two arrivals; null with one")),
    longest_seconds: nullable(seconds("Longest pause between two arrivals; null with one")),
    stale_after_seconds: nullable(
      seconds("Twice the longest pause, an hour at least; null with fewer than five arrivals, when nothing is usual"),
    ),
    silent_seconds: seconds("From last_at to the newest import or refresh of any source"),
    is_stale: flag("Whether silent_seconds is above stale_after_seconds"),
  },
  sql: new URL("./source-health.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
