import { count, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What reviews say of each product. See ./README.md for how to read it. */
export const reviewSentiment = defineAnalysis({
  name: "review-sentiment",
  page: "models",
  title: "Review sentiment",
  question: "Which products do customers write well or badly of?",
  grain: "one row per product with a review that has a text, the most reviewed first",
  params: { limit: param.integer("Most products shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }) },
  filters: [],
  hasPeriod: false,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    review_count: count("Reviews with a text"),
    mean_rating: nullable(number("Mean stars of them; null when none has stars")),
    positive_rate: rate("Share of them whose text is positive"),
    negative_rate: rate("Share of them whose text is negative; the rest is neither"),
    mean_sentiment: number("Mean sentiment of the texts, from -1 to 1"),
  },
  sql: new URL("./review-sentiment.sql", import.meta.url),
  training: { model: "review-sentiment", by: [] },
  chart: { kind: "table" },
  metrics: [],
});
