import { count, flag, instant, money, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Carts that were left with items in them. See ./README.md for how to read it. */
export const abandonedCarts = defineAnalysis({
  name: "abandoned-carts",
  page: "products",
  title: "Abandoned carts",
  question: "Which carts were left behind, what are they worth, and were they bought later?",
  grain: "one row per abandoned cart, the largest value first",
  params: {
    idle_hours: param.integer("Hours without a change after which a cart counts as left", {
      min: 1,
      max: 87_600,
      default: 24,
    }),
    limit: param.integer("Most carts shown", { min: 1, max: 4_000_000_000, default: 100 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    cart_id: text("Customer or session, and when the cart began, UTC"),
    customer_id: nullable(text("Natural id of the customer; null for a visitor without a name")),
    last_active_at: instant("Last change of the cart before it was left, UTC"),
    item_count: count("Units left in it"),
    value_at_risk_minor: money("Their price when added, times units"),
    is_recovered: flag("Whether one of the products was bought later"),
  },
  sql: new URL("./abandoned-carts.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
