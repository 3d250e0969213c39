import { count, meanMoney } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** How prices of events are spread. See ./README.md for how to read it. */
export const priceHistogram = defineAnalysis({
  name: "price-histogram",
  page: "data",
  title: "Price distribution",
  question: "How are prices spread, and are some of them odd?",
  grain: "one row per bin of price, empty ones included",
  params: { bins: param.integer("Number of bins", { min: 1, max: 10_000, default: 30 }) },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    lower_minor: meanMoney("Lower end of the bin, inclusive"),
    upper_minor: meanMoney("Upper end of the bin, exclusive but for the last"),
    product_count: count("Products with an event at such a price"),
    event_count: count("Events at such a price"),
  },
  sql: new URL("./price-histogram.sql", import.meta.url),
  chart: { kind: "bar", x: "lower_minor", y: "event_count" },
  metrics: ["event_count"],
});
