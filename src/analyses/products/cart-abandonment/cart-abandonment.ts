import { count, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Products that are put into carts and left there. See ./README.md for how to read it. */
export const cartAbandonment = defineAnalysis({
  name: "cart-abandonment",
  page: "products",
  title: "Cart abandonment",
  question: "Which products are put into the cart and not bought?",
  grain: "one row per product with enough cart additions",
  params: {
    min_carts: param.integer("Least cart additions a product must have", { min: 1, max: 4_000_000_000, default: 10 }),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 20 }),
    sort: param.identifier("What the products are ordered by, largest first", [
      "abandonment_rate",
      "abandoned_session_count",
      "cart_session_count",
      "event_abandonment_rate",
    ]),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    brand: nullable(text("Brand; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    cart_count: count("Cart additions"),
    purchase_count: count("Purchase events"),
    price_minor: nullable(money("List price, else the newest price seen; null when unknown")),
    cart_session_count: count("Sessions that added it to the cart"),
    abandoned_session_count: count("Of those, sessions that did not buy it"),
    abandonment_rate: nullable(
      rate(
        "abandoned_session_count / cart_session_count; null when every session that added it began before the period",
      ),
    ),
    event_abandonment_rate: rate("(cart_count - purchase_count) / cart_count; negative where purchases skip the cart", {
      minimum: -Infinity,
    }),
  },
  sql: new URL("./cart-abandonment.sql", import.meta.url),
  chart: { kind: "leaderboard", label: "product_id", value: "abandonment_rate" },
  metrics: [],
});
