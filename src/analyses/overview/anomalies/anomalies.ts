import { choice, day, meanMoney, money, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const share = (of: string) =>
  nullable(
    rate(`Its change against its own median of the same weekdays / deviation_minor; the largest of all ${of}`, {
      minimum: -Infinity,
      maximum: Infinity,
    }),
  );

/** Days whose revenue is out of the ordinary for their weekday, and what moved. See ./README.md for how to read it. */
export const anomalies = defineAnalysis({
  name: "anomalies",
  page: "overview",
  title: "Unusual days",
  question: "On which days was revenue out of the ordinary, and what moved?",
  grain: "one row per unusual day, the newest first",
  params: {
    min_score: param.number("Deviations from the usual, in robust standard deviations, from which a day is unusual", {
      min: 0,
      max: 1000,
      default: 3.5,
    }),
    limit: param.integer("Most days shown", { min: 1, max: 100_000, default: 50 }),
  },
  filters: ["category", "brand", "channel", "country", "segment", "traffic"],
  hasPeriod: true,
  datedBy: "day_on",
  columns: {
    day_on: day("The day, shop time zone"),
    direction: choice(["above", "below"], "Whether revenue was above or below the usual"),
    net_revenue_minor: money("Net revenue of the day"),
    expected_revenue_minor: meanMoney("Median of the same weekday in the eight weeks before"),
    deviation_minor: meanMoney("net_revenue_minor - expected_revenue_minor"),
    deviation_rate: nullable(
      rate("deviation_minor / expected_revenue_minor; null where that is 0", {
        minimum: -Infinity,
        maximum: Infinity,
      }),
    ),
    score: number("deviation_minor in robust standard deviations of the 56 days before"),
    main_category: nullable(text("Top-level category that moved most; null when it has no name")),
    main_category_share_rate: share("categories"),
    main_channel: nullable(text("Channel that moved most; null when it has no name")),
    main_channel_share_rate: share("channels"),
    main_brand: nullable(text("Brand that moved most; null when it has no name")),
    main_brand_share_rate: share("brands"),
  },
  sql: new URL("./anomalies.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: ["net_revenue_minor"],
});
