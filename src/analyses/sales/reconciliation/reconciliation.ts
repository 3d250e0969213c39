import { count, day, money, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** The store's own totals beside the warehouse's, day by day. See ./README.md for how to read it. */
export const reconciliation = defineAnalysis({
  name: "reconciliation",
  page: "sales",
  title: "Store against warehouse",
  question: "Does the warehouse hold every order of the store, to the cent?",
  grain: "one row per day with an order of the store",
  params: {},
  filters: [],
  hasPeriod: true,
  datedBy: "day_on",
  columns: {
    day_on: day("Day the orders were placed, shop time zone"),
    store_order_count: count("Orders that count, as the store has them"),
    warehouse_order_count: count("The same orders in the warehouse"),
    store_gross_revenue_minor: money("Lines after discount, in the store"),
    warehouse_gross_revenue_minor: money("Lines after discount, in the warehouse"),
    store_refunds_minor: money("Refunded for accepted returns of the day's orders, in the store"),
    warehouse_refunds_minor: money("The same in the warehouse"),
    store_net_revenue_minor: money("Gross less refunds, in the store"),
    warehouse_net_revenue_minor: money("Gross less refunds, in the warehouse"),
    store_unit_count: count("Units sold less those returned, in the store"),
    warehouse_unit_count: count("The same in the warehouse"),
    differing_order_count: count("Orders that one side lacks, or that differ in day, amounts or units"),
    first_differing_order_id: nullable(text("The first of them; null when the day agrees")),
  },
  sql: new URL("./reconciliation.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
