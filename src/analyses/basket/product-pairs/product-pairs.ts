import { count, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Products that are bought in one order. See ./README.md for how to read it. */
export const productPairs = defineAnalysis({
  name: "product-pairs",
  page: "basket",
  title: "Product pairs",
  question: "Which two products are most often bought in one order?",
  grain: "one row per pair of products, the most frequent first",
  params: {
    min_count: param.integer("Fewest orders with both", { min: 1, max: 4_000_000_000, default: 5 }),
    limit: param.integer("Most pairs shown", { min: 1, max: 1_000_000, default: 100 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    product_a_id: text("Natural id of the one whose id comes first"),
    product_a_name: nullable(text("Its name; null when unknown")),
    product_b_id: text("Natural id of the other"),
    product_b_name: nullable(text("Its name; null when unknown")),
    pair_count: count("Orders with both"),
    support_rate: rate("pair_count / orders with a positive line"),
  },
  sql: new URL("./product-pairs.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
