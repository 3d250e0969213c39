import { count, day, days, money, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";
import { rfmParams, rfmParts, rfmSegment, score } from "./rfm.ts";

/** Recency, frequency and monetary value of each customer, scored. See ./README.md for how to read it. */
export const rfmScores = defineAnalysis({
  name: "rfm-scores",
  page: "customers",
  title: "RFM scores",
  question: "Who bought recently, often and for much?",
  grain: "one row per customer with an order",
  params: {
    ...rfmParams,
    limit: param.integer("Most customers shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
    sort: param.identifier("What the customers are ordered by, largest first", [
      "monetary_minor",
      "frequency",
      "recency_days",
      "rfm_code",
    ]),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    customer_id: text("Natural id of the customer"),
    customer_name: nullable(text("Name; null when unknown")),
    last_order_on: day("Day of the last order, shop time zone"),
    recency_days: days("Days from the last order to as_of"),
    frequency: count("Orders with a positive line"),
    monetary_minor: money("Net revenue: gross revenue minus refunds"),
    r_score: score("recency"),
    f_score: score("frequency"),
    m_score: score("monetary value"),
    rfm_code: text("The three scores side by side, such as 545"),
    rfm_segment: rfmSegment,
  },
  sql: new URL("./rfm-scores.sql", import.meta.url),
  parts: rfmParts,
  chart: { kind: "scatter", x: "recency_days", y: "frequency", size: "monetary_minor", series: "rfm_segment" },
  metrics: ["net_revenue_minor", "order_count"],
});
