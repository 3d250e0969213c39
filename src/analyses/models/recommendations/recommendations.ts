import { choice, nullable, number, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What to offer a customer, or beside a product. See ./README.md for how to read it. */
export const recommendations = defineAnalysis({
  name: "recommendations",
  page: "models",
  title: "Recommendations",
  question: "Which products should this customer be offered next, or stand beside this product?",
  grain: "one row per recommended product, the best first",
  params: {
    customer_id: param.text("Natural id of the customer; what they have bought is left out"),
    product_id: param.text("Natural id of the product looked at; what sells when both are empty"),
    limit: param.integer("Most products shown", { min: 1, max: 1000, default: 10 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    rank: ordinal("Place from 1"),
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    score: number("Sum of what speaks for it; compares products of one list only"),
    source: choice(
      ["together", "similar", "popular"],
      "What speaks for it most: seen or bought together, alike, or bought by many",
    ),
    reason: text("The same in words, with the product that led to it"),
  },
  sql: new URL("./recommendations.sql", import.meta.url),
  training: { model: "recommendations", by: [] },
  chart: { kind: "leaderboard", label: "product_name", value: "score" },
  metrics: [],
});
