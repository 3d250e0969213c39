import { count, nullable, number, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What to show beside a product. See ./README.md for how to read it. */
export const frequentlyBoughtTogether = defineAnalysis({
  name: "frequently-bought-together",
  page: "basket",
  title: "Frequently bought together",
  question: "What do those who buy this product also buy in the same order?",
  grain: "one row per companion product, the highest confidence first",
  params: {
    product_id: param.text("Natural id of the product; the one in most orders when empty"),
    min_count: param.integer("Fewest orders with both", { min: 1, max: 4_000_000_000, default: 2 }),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 10 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    rank: ordinal("Position from 1; ties by lift, then by product id"),
    product_id: text("Natural id of the companion"),
    product_name: nullable(text("Its name; null when unknown")),
    confidence_rate: rate("Orders with both / orders with the product asked for"),
    lift: number("confidence_rate / share of all orders with the companion"),
    pair_count: count("Orders with both"),
    base_product_id: text("Natural id of the product asked for"),
  },
  sql: new URL("./frequently-bought-together.sql", import.meta.url),
  chart: { kind: "leaderboard", label: "product_id", value: "confidence_rate" },
  metrics: [],
});
