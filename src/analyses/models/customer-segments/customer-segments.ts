import { count, days, meanMoney, nullable, number, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Groups of customers that buy alike. See ./README.md for how to read it. */
export const customerSegments = defineAnalysis({
  name: "customer-segments",
  page: "models",
  title: "Customer segments",
  question: "Which few groups of customers buy alike?",
  grain: "one row per cluster of the newest training with that k and features, the most valuable first",
  params: {
    k: param.choice(
      "Number of clusters; auto lets the silhouette decide",
      ["auto", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "15", "20"],
      "4",
    ),
    features: param.choice(
      "What customers are grouped by: recency, orders and revenue; expected lifetime value; or how they buy",
      ["rfm", "clv", "behaviour"],
      "rfm",
    ),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    cluster: ordinal("Cluster from 1, the most valuable first"),
    cluster_name: text("What sets the cluster apart, in words"),
    customer_count: count("Customers in it"),
    mean_recency_days: days("Mean of the days from the last order to the training's cutoff"),
    mean_frequency: number("Mean number of orders"),
    mean_monetary_minor: meanMoney("Mean net revenue"),
    silhouette: nullable(
      number("How well its customers sit in it, from -1 to 1; null where there is one cluster only"),
    ),
  },
  sql: new URL("./customer-segments.sql", import.meta.url),
  training: { model: "customer-segments", by: ["k", "features"] },
  chart: { kind: "bar", x: "cluster_name", y: "customer_count" },
  metrics: ["net_revenue_minor"],
});
