import { choice, count, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What reviews praise and fault: size, quality, delivery, price. See ./README.md for how to read it. */
export const reviewAspects = defineAnalysis({
  name: "review-aspects",
  page: "models",
  title: "What reviews praise and fault",
  question: "Do customers praise or fault size, quality, delivery and price?",
  grain: "one row per aspect, or per product and aspect",
  params: {
    by: param.choice("total: all products together; product: each by itself", ["total", "product"], "total"),
    product_id: param.text("Natural id of the product; all when empty"),
    limit: param.integer("Most rows shown", { min: 1, max: 4_000_000_000, default: 4_000_000_000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    aspect: choice(["size", "quality", "delivery", "price"], "What is spoken of"),
    product_id: nullable(text("Natural id of the product; null for all together")),
    product_name: nullable(text("Name; null when unknown, and for all together")),
    mention_count: count("Reviews that mention the aspect"),
    mention_rate: rate("Of the reviews with a text, those that mention it"),
    positive_rate: rate("Of the reviews that mention it, those whose sentences about it are positive"),
    negative_rate: rate("Of the same, those whose sentences about it are negative; the rest is neither"),
    mean_sentiment: number("Mean sentiment of the sentences about it, from -1 to 1"),
  },
  sql: {
    by: ["by"],
    files: {
      total: new URL("./review-aspects.sql", import.meta.url),
      product: new URL("./review-aspects.product.sql", import.meta.url),
    },
  },
  training: { model: "review-sentiment", by: [] },
  chart: { kind: "table" },
  metrics: [],
});
