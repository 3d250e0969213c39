import { count, day, instant, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** How far each table reaches and when it was last brought up to date. See ./README.md for how to read it. */
export const freshness = defineAnalysis({
  name: "freshness",
  page: "data",
  title: "Freshness",
  question: "Up to when is the warehouse complete?",
  grain: "one row per table of facts, dimensions and the daily rollup",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    table_name: text("Table"),
    row_count: count("Rows"),
    first_on: nullable(day("First day it holds, shop time zone; null when empty or not dated")),
    last_on: nullable(day("Last day it holds")),
    last_loaded_at: nullable(instant("End of the newest import that counts, of any kind, UTC; null before the first")),
    refreshed_at: nullable(instant("End of the newest refresh, UTC; null before the first")),
    data_version: count("Number of the newest refresh"),
    waiting_batch_count: count("Batches that sessions, orders and rollups do not follow yet"),
  },
  sql: new URL("./freshness.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
