import { count, days, meanMoney, money, nullable, number, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { rfmParams, rfmParts, rfmSegment } from "../rfm-scores/rfm.ts";

/** How many customers each RFM segment has and what they bring. See ./README.md for how to read it. */
export const rfmSegments = defineAnalysis({
  name: "rfm-segments",
  page: "customers",
  title: "RFM segments",
  question: "How many customers are loyal, new or about to be lost, and what are they worth?",
  grain: "one row per segment that has customers",
  params: rfmParams,
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    rfm_segment: rfmSegment,
    customer_count: count("Customers of the segment"),
    customer_share_rate: rate("Customers of the segment / all customers with an order"),
    net_revenue_minor: money("Their net revenue"),
    revenue_share_rate: nullable(
      rate("Their net revenue / that of all segments; null when the total is 0", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
    mean_recency_days: days("Mean days since their last order"),
    mean_frequency: number("Mean number of their orders"),
    mean_monetary_minor: meanMoney("Mean net revenue, minor units"),
  },
  sql: new URL("./rfm-segments.sql", import.meta.url),
  parts: rfmParts,
  chart: { kind: "bar", x: "rfm_segment", y: "customer_count" },
  metrics: ["net_revenue_minor"],
});
