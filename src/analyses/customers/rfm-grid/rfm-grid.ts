import { count, money } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { rfmParams, rfmParts, score } from "../rfm-scores/rfm.ts";

/** How many customers share a recency and a frequency score. See ./README.md for how to read it. */
export const rfmGrid = defineAnalysis({
  name: "rfm-grid",
  page: "customers",
  title: "Recency by frequency",
  question: "Where do customers stand between new and lost, and between rare and frequent?",
  grain: "one row per recency and frequency score that has customers",
  params: rfmParams,
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    r_score: score("recency"),
    f_score: score("frequency"),
    customer_count: count("Customers with both scores"),
    net_revenue_minor: money("Their net revenue"),
  },
  sql: new URL("./rfm-grid.sql", import.meta.url),
  parts: rfmParts,
  chart: { kind: "heatmap", x: "r_score", y: "f_score", value: "customer_count" },
  metrics: ["net_revenue_minor"],
});
