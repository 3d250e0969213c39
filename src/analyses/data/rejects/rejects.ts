import { nullable, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** The rows that were not taken, and why. See ./README.md for how to read it. */
export const rejects = defineAnalysis({
  name: "rejects",
  page: "data",
  title: "Refused rows",
  question: "Which rows were refused, and what must be corrected?",
  grain: "one row per refused row of the batches that count",
  params: {
    batch_key: param.integer("Only this batch; 0 for all", { min: 0, max: 4_294_967_295, default: 0 }),
    limit: param.integer("Most rows shown, the newest batch first", { min: 1, max: 4_000_000_000, default: 100 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    batch_key: ordinal("Number of the batch, see pipeline-runs"),
    source: text("File it came from"),
    line: ordinal("Line of the file on which the row starts, from 1"),
    source_row: ordinal("Row of the file from 1, header excluded"),
    column_name: nullable(text("Column that was refused; null when the row as a whole was")),
    reason: text("Why, in words"),
    value: text("The refused value, cut at 1,000 characters"),
    raw: text("The row as it stands in the file, cut at 100,000 characters"),
  },
  sql: new URL("./rejects.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
