import { count, money, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Products ranked by how surely their viewers buy. See ./README.md for how to read it. */
export const productConversion = defineAnalysis({
  name: "product-conversion",
  page: "products",
  title: "Product conversion",
  question: "Which products turn viewers into buyers?",
  grain: "one row per product with enough views, the surest first",
  params: {
    min_views: param.integer("Least views a product must have", { min: 0, max: 4_000_000_000, default: 100 }),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 20 }),
    sort: param.identifier("What the products are ranked by, largest first", [
      "conversion_rate_lower",
      "conversion_rate",
      "event_conversion_rate",
      "view_count",
      "purchase_count",
    ]),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    rank: ordinal("Position from 1; ties by product id"),
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    brand: nullable(text("Brand; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    price_minor: nullable(money("List price, else the newest price seen; null when unknown")),
    view_count: count("View events"),
    cart_count: count("Cart additions"),
    purchase_count: count("Purchase events"),
    viewing_session_count: count("Sessions with a view of the product"),
    purchasing_session_count: count("Sessions with a purchase of the product"),
    conversion_rate: nullable(
      rate("purchasing_session_count / viewing_session_count; above 1 where sessions buy without a view", {
        maximum: Infinity,
      }),
    ),
    conversion_rate_lower: nullable(rate("Lower end of the 95 % Wilson interval of conversion_rate")),
    event_conversion_rate: nullable(rate("purchase_count / view_count", { maximum: Infinity })),
  },
  sql: new URL("./product-conversion.sql", import.meta.url),
  chart: { kind: "leaderboard", label: "product_id", value: "conversion_rate", lower: "conversion_rate_lower" },
  metrics: [],
});
