import { nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Who will buy which product. See ./README.md for how to read it. */
export const productPropensity = defineAnalysis({
  name: "product-propensity",
  page: "models",
  title: "Propensity to buy a product",
  question: "Who will buy this product soon, and which products will this customer buy?",
  grain: "one row per customer and product that something speaks for, the highest rate first",
  params: {
    customer_id: param.text("Natural id of the customer; everyone when empty"),
    product_id: param.text("Natural id of the product; what sells best when both are empty, else every product"),
    limit: param.integer("Most pairs shown", { min: 1, max: 4_000_000_000, default: 1000 }),
  },
  filters: [],
  hasPeriod: false,
  columns: {
    customer_id: text("Natural id of the customer or visitor"),
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    propensity_rate: rate("Chance that the customer buys the product within the trained horizon, 30 days by default"),
  },
  sql: new URL("./product-propensity.sql", import.meta.url),
  training: { model: "recommendations", by: [] },
  chart: { kind: "table" },
  metrics: [],
});
