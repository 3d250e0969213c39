import { count, day, flag, nullable, ordinal, rate, text } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`./${name}.sql`, import.meta.url);

/** The share of each cohort of customers that comes back, period by period. See ./README.md for how to read it. */
export const cohortRetention = defineAnalysis({
  name: "cohort-retention",
  page: "customers",
  title: "Cohort retention",
  question: "Of the customers who joined together, how many come back?",
  grain: "one row per cohort and day, week or month since it began",
  params: {
    by: param.choice(
      "What makes a cohort: the period of the first order or of the registration; or the first order's main product, its category, or its channel, whenever it was",
      ["first_order", "registration", "first_product", "first_category", "channel"],
      "first_order",
    ),
    limit: param.integer("Most cohorts shown by product, category or channel", { min: 1, max: 10_000, default: 20 }),
    grain: param.choice("Length of a cohort's period; weeks start on Monday", ["day", "week", "month"], "month"),
    activity: param.choice(
      "order: orders with a positive line, not cancelled; any_line: every line counts, so a return or a cancellation alone too",
      ["order", "any_line"],
      "order",
    ),
  },
  filters: ["country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    cohort_month: day("First day of the cohort's month, or of its day or week with another grain"),
    month_index: ordinal("Months, or days or weeks, since the cohort's; 0 is its own"),
    cohort_size: count("Customers of the cohort"),
    active_customer_count: count("Of those, customers active in the period"),
    is_complete: flag("Whether the period had ended by period_end"),
    retention_rate: nullable(rate("active_customer_count / cohort_size; null while the period is open")),
    cohort: text("The cohort in words: its period, or the product, category or channel"),
  },
  sql: {
    by: ["by"],
    files: {
      first_order: file("cohort-retention"),
      registration: file("cohort-retention"),
      first_product: file("cohort-retention.value"),
      first_category: file("cohort-retention.value"),
      channel: file("cohort-retention.value"),
    },
  },
  parts: {
    customer_activity: {
      by: ["activity"],
      files: { order: file("customer_activity.order"), any_line: file("customer_activity.any_line") },
    },
    cohort_members: {
      by: ["by"],
      files: {
        first_order: file("cohort_members.first_order"),
        registration: file("cohort_members.registration"),
        first_product: file("cohort_members.first_product"),
        first_category: file("cohort_members.first_category"),
        channel: file("cohort_members.channel"),
      },
    },
  },
  chart: {
    kind: "heatmap",
    x: "month_index",
    y: "cohort",
    value: "retention_rate",
    complete: "is_complete",
    size: "cohort_size",
  },
  metrics: [],
});
