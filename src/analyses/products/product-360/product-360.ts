import { count, day, meanMoney, money, nullable, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Everything about one product over time. See ./README.md for how to read it. */
export const product360 = defineAnalysis({
  name: "product-360",
  page: "products",
  title: "One product",
  question: "How is this product looked at, bought and sent back over time?",
  grain: "one row per day, week or month of one product",
  params: {
    product_id: param.text("Natural id of the product; the one of largest net revenue when empty"),
    grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "week"),
  },
  filters: ["channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    view_count: count("View events"),
    cart_count: count("Cart additions"),
    viewing_session_count: count("Sessions that viewed it"),
    cart_session_count: count("Sessions that added it to the cart"),
    purchasing_session_count: count("Sessions that bought it"),
    order_count: count("Orders with a positive line of it"),
    unit_count: count("Units on those lines"),
    net_revenue_minor: money("Gross revenue minus refunds"),
    refunds_minor: money("Minus the sum of its negative lines"),
    average_unit_price_minor: nullable(meanMoney("Gross revenue / units; null without a sale")),
  },
  sql: new URL("./product-360.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: ["net_revenue_minor", "view_count", "unit_count"] },
  metrics: ["net_revenue_minor"],
});
