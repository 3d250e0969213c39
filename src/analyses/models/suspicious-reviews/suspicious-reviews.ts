import { day, list, nullable, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Which reviews look made up, and why? See ./README.md for how to read it. */
export const suspiciousReviews = defineAnalysis({
  name: "suspicious-reviews",
  page: "models",
  title: "Reviews that look made up",
  question: "Which reviews look made up, and why?",
  grain: "one row per flagged review, by product",
  params: {
    product_id: param.text("Natural id of the product; all when empty"),
    limit: param.integer("Most reviews shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    review_id: nullable(text("Natural id of the review; null when the source gives none")),
    customer_id: nullable(text("Natural id of the customer; null when unknown")),
    reviewed_on: nullable(day("Day of the review; null when unknown")),
    rating: nullable(ordinal("Stars; null when none given")),
    reasons: list(
      "near_duplicate: nearly the text of another review; burst: far more reviews of the product on that day than is usual; extreme: one or five stars, two or more from the product's other days",
    ),
    review_text: text("The text, its first 300 characters"),
    repeated_text: nullable(text("The text it nearly repeats, its first 300 characters; null where that is no reason")),
  },
  sql: new URL("./suspicious-reviews.sql", import.meta.url),
  training: { model: "review-sentiment", by: [] },
  chart: { kind: "table" },
  metrics: [],
});
