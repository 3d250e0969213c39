import { day, meanMoney, money, nullable, number, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

/** What each channel brings and costs. See ./README.md for how to read it. */
export const acquisition = defineAnalysis({
  name: "acquisition",
  page: "sales",
  title: "Acquisition",
  question: "Which channels win customers, and at what cost?",
  grain: "one row per day, week or month and channel with an order or with spend",
  params: {
    grain: param.choice("Length of a period; weeks start on Monday", ["day", "week", "month"], "month"),
    model: param.choice(
      "Who is credited for an order: the first visit before it; the last; or position: 40 % each to first and last, the rest to those between",
      ["last", "first", "position"],
      "last",
    ),
    lookback_days: param.integer("Days before an order in which visits are credited", {
      min: 1,
      max: 3650,
      default: 30,
    }),
  },
  filters: ["channel", "country"],
  hasPeriod: true,
  datedBy: "period_on",
  columns: {
    period_on: day("First day of the day, week or month, shop time zone"),
    channel: text("Channel; (unknown) where neither visits nor order name one"),
    new_customer_count: number("First orders credited to the channel; fractions with model position"),
    order_count: number("Orders credited to the channel"),
    net_revenue_minor: meanMoney("Net revenue of those orders, whenever parts of them came back"),
    spend_minor: money("Advertising spend of the channel"),
    cac_minor: nullable(meanMoney("spend_minor / new_customer_count; null without either")),
    roas_rate: nullable(
      rate("net_revenue_minor / spend_minor; null without spend", { minimum: -Infinity, maximum: Infinity }),
    ),
  },
  sql: new URL("./acquisition.sql", import.meta.url),
  chart: { kind: "line", x: "period_on", y: "new_customer_count", series: "channel" },
  metrics: ["net_revenue_minor"],
});
