import { day, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** When prices changed, and by how much. See ./README.md for how to read it. */
export const priceHistory = defineAnalysis({
  name: "price-history",
  page: "products",
  title: "Price changes",
  question: "When did prices change, and by how much?",
  grain: "one row per product and price, the newest change first",
  params: {
    product_id: param.text(
      "Natural id of the product, its first price included; the changes of all products when empty",
    ),
    limit: param.integer("Most changes shown", { min: 1, max: 4_000_000_000, default: 200 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    valid_from_on: day("First day with this price, shop time zone"),
    valid_to_on: nullable(day("First day with the next price; null for the newest")),
    price_minor: money("The price"),
    previous_price_minor: nullable(money("The price before; null for the first")),
    change_rate: nullable(
      rate("price_minor / previous_price_minor - 1; null for the first", { minimum: -1, maximum: Infinity }),
    ),
  },
  sql: new URL("./price-history.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
