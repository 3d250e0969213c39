import { count, meanMoney, money, nullable, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What offers bring, by where they stand and who chose them. See ./README.md for how to read it. */
export const offerAttribution = defineAnalysis({
  name: "offer-attribution",
  page: "sales",
  title: "What offers bring",
  question: "Which offers are clicked, and what is bought after it?",
  grain: "one row per place and source of offers, then one for all else; none while no offer was clicked",
  params: {
    lookback_days: param.integer("Days before an order in which a click on an offer of the product is credited", {
      min: 1,
      max: 365,
      default: 7,
    }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    place: text("Where the offer stands; (no offer) for lines that no click is credited with"),
    source: text("Who chose it, such as model, similar or popular; (no offer) as in place"),
    click_count: count("Clicks on such offers in the period"),
    clicking_customer_count: count("Customers and visitors who clicked; unknown ones count no one"),
    order_count: count("Orders placed in the period with a credited line; an order may count in several rows"),
    unit_count: count("Units on credited lines; returned units are not taken off"),
    net_revenue_minor: money("Credited lines after discount minus refunds, each on its own day"),
    revenue_share_rate: nullable(
      rate(
        "Net revenue / net revenue of all rows; beyond 0 to 1 where refunds exceed sales; null when the total is 0",
        {
          minimum: -Infinity,
          maximum: Infinity,
        },
      ),
    ),
    revenue_per_click_minor: nullable(meanMoney("net_revenue_minor / click_count; null without clicks")),
  },
  sql: new URL("./offer-attribution.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: ["net_revenue_minor", "order_count", "unit_count"],
});
