import { rfmSegmentNames } from "../../../warehouse/rfm.ts";
import { choice, count } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";
import { rfmMethod, rfmParts, rfmSegment } from "../rfm-scores/rfm.ts";

/** How customers moved between RFM segments. See ./README.md for how to read it. */
export const rfmMigration = defineAnalysis({
  name: "rfm-migration",
  page: "customers",
  title: "Moves between segments",
  question: "Which segments do customers move to as time goes by?",
  grain: "one row per pair of segments that a customer moved between",
  params: {
    from: param.day("Earlier day; only what happened before it counts", "90_days_before_last_order"),
    to: param.day("Later day; only what happened before it counts", "day_after_last_order"),
    method: rfmMethod,
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    from_segment: choice(["(none)", ...rfmSegmentNames], "Segment on the earlier day; (none) before the first order"),
    to_segment: rfmSegment,
    customer_count: count("Customers who were in the first and are in the second"),
  },
  sql: new URL("./rfm-migration.sql", import.meta.url),
  parts: { ...rfmParts, rfm_dates: new URL("./rfm_dates.sql", import.meta.url) },
  chart: { kind: "heatmap", x: "to_segment", y: "from_segment", value: "customer_count" },
  metrics: [],
});
