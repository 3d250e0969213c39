import { count, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Revenue by any attribute that products have. See ./README.md for how to read it. */
export const revenueByAttribute = defineAnalysis({
  name: "revenue-by-attribute",
  page: "products",
  title: "Revenue by attribute",
  question: "Which kind of product, by any of its attributes, brings the revenue?",
  grain: "one row per value of the attribute",
  params: {
    attribute: param.text(
      "Name of a product attribute, such as product_group, or brand, category, product_name",
      "brand",
    ),
    limit: param.integer("Most values shown", { min: 1, max: 1_000_000, default: 1000 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    value: text("Value of the attribute; (unknown) without one"),
    product_count: count("Products with it that were sold"),
    customer_count: count("Customers who bought one"),
    order_count: count("Orders with one"),
    unit_count: count("Units sold"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
    revenue_share_rate: nullable(
      rate("net_revenue_minor / that of all values; null when the total is 0", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
  },
  sql: new URL("./revenue-by-attribute.sql", import.meta.url),
  chart: { kind: "bar", x: "value", y: "net_revenue_minor", horizontal: true },
  metrics: ["net_revenue_minor", "order_count", "unit_count"],
});
