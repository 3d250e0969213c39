import { bytes, count, day, flag, instant, nullable, number, ordinal, seconds, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What was imported, when, and what became of its rows. See ./README.md for how to read it. */
export const pipelineRuns = defineAnalysis({
  name: "pipeline-runs",
  page: "data",
  title: "Imports",
  question: "Which files were imported, and were all their rows taken?",
  grain: "one row per batch: one file of one import",
  params: { limit: param.integer("Most batches shown, the newest first", { min: 1, max: 1_000_000, default: 100 }) },
  filters: [],
  hasPeriod: false,
  columns: {
    batch_key: ordinal("Number of the batch"),
    state: text("loading, attaching, loaded, duplicate, undoing, undone, replaced or failed"),
    source: text("Where it came from: the file as it is known across imports"),
    preset: text("How its columns were understood"),
    kind: text("What its rows are: events, order_lines, orders, ..."),
    file_bytes: bytes("Size of the file"),
    read_rows: count("Rows read: loaded + duplicate + rejected"),
    loaded_rows: count("Rows loaded"),
    duplicate_rows: count("Rows known before"),
    rejected_rows: count("Rows refused; see rejects"),
    first_on: nullable(day("First day it may touch; null when its rows are not dated")),
    last_on: nullable(day("Last day it may touch; null when its rows are not dated")),
    is_built: flag("Whether sessions, orders and rollups follow it already"),
    started_at: instant("Start, UTC"),
    finished_at: nullable(instant("End, UTC; null while it runs or when it was cut off")),
    duration_seconds: nullable(seconds("From start to end; null without an end")),
    rows_per_second: nullable(number("Rows read per second; null without a duration")),
    message: nullable(text("What happened, in words; null when nothing needs saying")),
  },
  sql: new URL("./pipeline-runs.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
