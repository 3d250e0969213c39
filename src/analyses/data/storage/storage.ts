import { bytes, count, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What each column costs on disk. See ./README.md for how to read it. */
export const storage = defineAnalysis({
  name: "storage",
  page: "data",
  title: "Storage",
  question: "Which tables and columns take the space, and how well do they compress?",
  grain: "one row per column of each table that holds rows",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    table_name: text("Table"),
    column_name: text("Column; (small parts) for parts of a few rows, whose columns the engine stores in one piece"),
    row_count: count("Rows it is about"),
    raw_bytes: bytes("Size before compression"),
    stored_bytes: bytes("Size on disk"),
    bytes_per_row: number("stored_bytes / row_count"),
  },
  sql: new URL("./storage.sql", import.meta.url),
  chart: { kind: "bar", x: "column_name", y: "stored_bytes", horizontal: true },
  metrics: [],
});
