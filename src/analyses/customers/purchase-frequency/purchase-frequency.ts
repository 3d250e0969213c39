import { count, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** How many customers ordered once, twice and so on. See ./README.md for how to read it. */
export const purchaseFrequency = defineAnalysis({
  name: "purchase-frequency",
  page: "customers",
  title: "Orders per customer",
  question: "How many customers ordered once, twice, or more often?",
  grain: "one row per number of orders",
  params: {},
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    order_count: count("Orders of a customer in the period"),
    customer_count: count("Customers with as many orders"),
    customer_share_rate: rate("customer_count / customers with an order"),
  },
  sql: new URL("./purchase-frequency.sql", import.meta.url),
  chart: { kind: "bar", x: "order_count", y: "customer_count" },
  metrics: [],
});
