import { count, money, nullable, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** The products that sell most. See ./README.md for how to read it. */
export const topProducts = defineAnalysis({
  name: "top-products",
  page: "sales",
  title: "Top products",
  question: "Which products bring the revenue?",
  grain: "one row per product, the largest first",
  params: {
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 20 }),
    sort: param.identifier("What the products are ranked by, largest first", [
      "net_revenue_minor",
      "unit_count",
      "order_count",
    ]),
    include_cancelled: param.flag("Count cancelled orders too"),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    rank: ordinal("Position from 1; ties by product id"),
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    brand: nullable(text("Brand; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    unit_count: count("Units on positive lines"),
    order_count: count("Orders with a positive line of the product"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
  },
  sql: new URL("./top-products.sql", import.meta.url),
  chart: { kind: "leaderboard", label: "product_id", value: "net_revenue_minor" },
  metrics: ["net_revenue_minor", "order_count"],
});
