import { count, meanMoney, money, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** Brands beside each other: share, conversion and price against the average. See ./README.md for how to read it. */
export const brandComparison = defineAnalysis({
  name: "brand-comparison",
  page: "products",
  title: "Brands compared",
  question: "How do brands compare in share, conversion and price?",
  grain: "one row per brand, the largest net revenue first",
  params: {
    brands: param.texts("Brands to show, (unknown) for products without one; the largest when none is named"),
    limit: param.integer("Most brands shown", { min: 1, max: 1_000_000, default: 20 }),
  },
  filters: ["category", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    brand: text("Brand; (unknown) for products without one"),
    product_count: count("Products sold"),
    customer_count: count("Customers who bought one"),
    view_count: count("View events"),
    unit_count: count("Units sold"),
    net_revenue_minor: money("Gross revenue minus refunds dated in the period"),
    revenue_share_rate: nullable(
      rate("net_revenue_minor / that of all brands; null when the total is 0", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
    unit_share_rate: nullable(rate("unit_count / that of all brands; null without sales")),
    conversion_rate: nullable(
      rate("Product visits with a purchase / product visits with a view; null without views", { maximum: Infinity }),
    ),
    conversion_index: nullable(number("conversion_rate / that of all brands together; 1 is average")),
    average_unit_price_minor: nullable(meanMoney("Gross revenue / units; null without sales")),
    price_index: nullable(number("average_unit_price_minor / that of all brands together; 1 is average")),
  },
  sql: new URL("./brand-comparison.sql", import.meta.url),
  chart: { kind: "scatter", x: "price_index", y: "conversion_index", size: "net_revenue_minor", series: "brand" },
  metrics: ["net_revenue_minor", "unit_count"],
});
