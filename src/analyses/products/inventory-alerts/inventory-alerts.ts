import { choice, count, days, meanMoney, nullable, number, ordinal, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Products that run out, have run out, or lie about. See ./README.md for how to read it. */
export const inventoryAlerts = defineAnalysis({
  name: "inventory-alerts",
  page: "products",
  title: "Stock that needs somebody",
  question: "Which products must be reordered, and which lie about?",
  grain: "one row per product with known stock that is out, to reorder, too much or not selling",
  params: {
    as_of: param.day("Day on which stock is judged; sales before it count", "day_after_last_order"),
    days: param.integer("Days before as_of whose sales tell the demand", { min: 1, max: 730, default: 56 }),
    lead_time_days: param.integer("Days from an order to the supplier until it is there", {
      min: 0,
      max: 365,
      default: 14,
    }),
    cover_days: param.integer("Days of demand an order shall bring beyond the lead time", {
      min: 1,
      max: 365,
      default: 28,
    }),
    overstock_days: param.integer("Days of cover above which stock is too much", { min: 1, max: 3650, default: 180 }),
    service_level: param.choice(
      "Share of lead times that shall pass without running out",
      ["0.9", "0.95", "0.98", "0.99"],
      "0.95",
    ),
    limit: param.integer("Most products shown", { min: 1, max: 1_000_000, default: 50 }),
  },
  filters: ["category", "brand"],
  hasPeriod: true,
  columns: {
    product_id: text("Natural id of the product"),
    product_name: nullable(text("Name; null when unknown")),
    category: nullable(text("Category path; null when unknown")),
    alert: choice(["out_of_stock", "reorder", "overstock", "not_selling"], "What is the matter"),
    stock_quantity: ordinal("Units on hand, as last told"),
    unit_count: count("Units sold in the days before as_of"),
    out_of_stock_day_count: count("Of those days, those that passed without stock; they tell nothing of demand"),
    mean_daily_unit_count: number(
      "Units a day with stock, from the product's first sale on where that is later; 0 where no day had stock",
    ),
    days_of_cover: nullable(days("stock_quantity / mean_daily_unit_count; null where nothing was sold")),
    safety_stock_quantity: ordinal(
      "Units kept against chance: z times the standard deviation of the demand over the lead time",
    ),
    reorder_point_quantity: ordinal(
      "Demand of the lead time and safety stock; at or below it the product is to be reordered",
    ),
    reorder_quantity: count("Units to order now; 0 where none are needed"),
    mean_daily_revenue_minor: nullable(meanMoney("Gross revenue a day at that demand; null where it was never sold")),
  },
  sql: new URL("./inventory-alerts.sql", import.meta.url),
  parts: {
    product_demand_days: new URL("./product_demand_days.sql", import.meta.url),
    stockless_days: new URL("./stockless_days.sql", import.meta.url),
    demand_window: new URL("./demand_window.sql", import.meta.url),
  },
  chart: { kind: "table" },
  metrics: ["unit_count"],
});
