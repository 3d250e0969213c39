import { count, meanMoney, money, nullable, ordinal, rate } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What cheap and dear products bring. See ./README.md for how to read it. */
export const priceBands = defineAnalysis({
  name: "price-bands",
  page: "sales",
  title: "Price bands",
  question: "Do cheap or dear products bring the revenue?",
  grain: "one row per price band that has products, the cheapest first",
  params: { bands: param.integer("Number of bands", { min: 1, max: 1000, default: 10 }) },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    band: ordinal("Position of the band from 1, the cheapest"),
    lower_minor: meanMoney("Lowest mean price of a product in the band"),
    upper_minor: meanMoney("Highest mean price of a product in the band"),
    product_count: count("Products of the band that were sold"),
    order_count: count("Orders with one of them"),
    unit_count: count("Units sold"),
    gross_revenue_minor: money("Positive lines after discount"),
    revenue_share_rate: nullable(rate("gross_revenue_minor / that of all bands; null when the total is 0")),
  },
  sql: new URL("./price-bands.sql", import.meta.url),
  chart: { kind: "bar", x: "band", y: "gross_revenue_minor" },
  metrics: ["gross_revenue_minor", "order_count", "unit_count"],
});
