import { count, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What each column of a table holds and lacks. See ./README.md for how to read it. */
export const dataQuality = defineAnalysis({
  name: "data-quality",
  page: "data",
  title: "Data quality",
  question: "What is missing, and which values lie far out?",
  grain: "one row per column of the table",
  params: {
    table: param.identifier("Table to look at", [
      "fct_events",
      "fct_sessions",
      "fct_orders",
      "fct_order_lines",
      "fct_payments",
      "dim_customer",
      "dim_product",
    ]),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    column_name: text("Column"),
    data_type: text("Its type in the warehouse"),
    row_count: count("Rows of the table"),
    missing_rate: nullable(
      rate("Rows without a value / rows: null, or for texts, lists and keys empty; null when the table is empty"),
    ),
    distinct_count: count("Distinct values, missing ones left out; exact to some 65,000, an estimate beyond"),
    minimum: nullable(number("Smallest number; null for other columns")),
    p25: nullable(number("25 % quantile, linear interpolation")),
    median: nullable(number("50 % quantile, linear interpolation")),
    p75: nullable(number("75 % quantile, linear interpolation")),
    maximum: nullable(number("Largest number")),
    mean: nullable(number("Mean")),
    standard_deviation: nullable(number("Sample standard deviation; null with fewer than two values")),
    earliest: nullable(text("First day or instant of a dated column, instants in UTC; null for other columns")),
    latest: nullable(text("Last day or instant of a dated column")),
  },
  sql: new URL("./data-quality.sql", import.meta.url),
  chart: { kind: "bar", x: "column_name", y: "missing_rate" },
  metrics: [],
});
