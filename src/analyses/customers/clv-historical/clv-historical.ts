import { count, meanMoney, money, nullable, number, text, years } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What each customer has brought so far, and how often they buy. See ./README.md for how to read it. */
export const clvHistorical = defineAnalysis({
  name: "clv-historical",
  page: "customers",
  title: "Customer value so far",
  question: "What has each customer brought, and how often do they buy?",
  grain: "one row per customer with an order, the largest net revenue first",
  params: {
    limit: param.integer("Most customers shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    customer_id: text("Natural id of the customer"),
    customer_name: nullable(text("Name; null when unknown")),
    order_count: count("Orders with a positive line"),
    net_revenue_minor: money("Gross revenue minus refunds"),
    lifespan_years: years("Days from the first to the last order / 365.25"),
    average_purchase_value_minor: meanMoney("net_revenue_minor / order_count"),
    purchases_per_year: nullable(number("order_count / lifespan_years; null where that is 0")),
  },
  sql: new URL("./clv-historical.sql", import.meta.url),
  chart: { kind: "leaderboard", label: "customer_id", value: "net_revenue_minor" },
  metrics: ["net_revenue_minor", "order_count"],
});
