import { count, day, money, nullable, number, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";

/** What came in other currencies, what it was converted to and what waits for a rate. See ./README.md for how to read it. */
export const currencies = defineAnalysis({
  name: "currencies",
  page: "data",
  title: "Currencies",
  question: "What was paid in other currencies, at which rates does it count, and what waits for a rate?",
  grain: "one row per other currency than the shop's",
  params: {},
  filters: [],
  hasPeriod: false,
  columns: {
    currency: text("ISO 4217 code"),
    order_count: count("Orders with a line in it that are converted, without cancelled ones"),
    original_gross_minor: count("Positive lines after discount, in minor units of this currency"),
    original_refunded_minor: count("Minus the sum of negative lines, in minor units of this currency"),
    gross_revenue_minor: money("Positive lines converted, each at the rate of its order's day"),
    refunds_minor: money("Minus the sum of negative lines converted, at the rate of their order's day too"),
    lowest_rate: nullable(number("Lowest rate these were converted at, in the shop's currency for one; null without")),
    highest_rate: nullable(number("Highest rate these were converted at; null without")),
    newest_rate_on: nullable(day("Day of the newest rate there is; null without any")),
    waiting_order_count: count("Orders with something in it that are left out for want of a rate"),
    waiting_gross_minor: count("Their positive lines in it after discount, in minor units of this currency"),
    waiting_event_count: count("Events whose price counts as 0 until there is a rate of their day"),
    waiting_payment_count: count("Payments left out for want of a rate"),
    waiting_spend_count: count("Advertising costs left out for want of a rate"),
    first_waiting_on: nullable(
      day("First day of an order, line or event that waits, shop time zone; null when none does"),
    ),
    last_waiting_on: nullable(day("Last such day")),
  },
  sql: new URL("./currencies.sql", import.meta.url),
  chart: { kind: "table" },
  metrics: [],
});
