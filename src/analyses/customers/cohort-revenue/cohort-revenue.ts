import { count, day, flag, meanMoney, money, ordinal } from "../../column.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const file = (name: string): URL => new URL(`../cohort-retention/${name}.sql`, import.meta.url);

/** What each cohort of customers has brought since it joined. See ./README.md for how to read it. */
export const cohortRevenue = defineAnalysis({
  name: "cohort-revenue",
  page: "customers",
  title: "Cohort revenue",
  question: "How much does a new customer bring over the months after joining?",
  grain: "one row per cohort and day, week or month since it began",
  params: {
    by: param.choice(
      "What makes a cohort: the first order, or the registration",
      ["first_order", "registration"],
      "first_order",
    ),
    grain: param.choice("Length of a cohort's period; weeks start on Monday", ["day", "week", "month"], "month"),
  },
  filters: ["country", "segment", "traffic"],
  hasPeriod: true,
  columns: {
    cohort_month: day("First day of the cohort's month, or of its day or week with another grain"),
    month_index: ordinal("Months, or days or weeks, since the cohort's; 0 is its own"),
    cohort_size: count("Customers of the cohort"),
    is_complete: flag("Whether the period had ended by period_end"),
    order_count: count("Their orders in the period with a positive line"),
    net_revenue_minor: money("Their net revenue in the period"),
    cumulative_revenue_per_customer_minor: meanMoney("Their net revenue up to and with the period / cohort_size"),
  },
  sql: new URL("./cohort-revenue.sql", import.meta.url),
  parts: {
    customer_activity: file("customer_activity.order"),
    cohort_members: {
      by: ["by"],
      files: { first_order: file("cohort_members.first_order"), registration: file("cohort_members.registration") },
    },
  },
  chart: {
    kind: "heatmap",
    x: "month_index",
    y: "cohort_month",
    value: "cumulative_revenue_per_customer_minor",
    complete: "is_complete",
    size: "cohort_size",
  },
  metrics: ["net_revenue_minor", "order_count"],
});
