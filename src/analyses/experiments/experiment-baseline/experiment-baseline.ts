import { rfmSegmentNames } from "../../../warehouse/rfm.ts";
import { choice, count, meanMoney, nullable, number, rate } from "../../column.ts";
import { rfmMethod, rfmParts } from "../../customers/rfm-scores/rfm.ts";
import { defineAnalysis } from "../../define.ts";
import { param } from "../../param.ts";

const segments = ["all", ...rfmSegmentNames] as const;

/** What the plan of an experiment starts from: size, traffic, conversion and spread. See ./README.md for how to read it. */
export const experimentBaseline = defineAnalysis({
  name: "experiment-baseline",
  page: "experiments",
  title: "Baseline for a plan",
  question: "How many customers could take part in an experiment, and what do they do without it?",
  grain: "one row for the customers asked about",
  params: {
    as_of: param.day("Day after the last one of the window", "day_after_last_order"),
    window_days: param.integer("Days in which orders count", { min: 1, max: 365, default: 28 }),
    segment: param.choice(
      "all: customers with a session or an order in the window; else those of an RFM segment at its start",
      segments,
      "all",
    ),
    method: rfmMethod,
  },
  filters: [],
  hasPeriod: true,
  columns: {
    segment: choice(segments, "The customers asked about"),
    customer_count: count("Customers"),
    daily_customer_count: number("Customers / days of the window: how many enter an experiment a day"),
    conversion_rate: nullable(rate("Customers with an order in the window / customers; null without customers")),
    mean_net_revenue_minor: nullable(
      meanMoney("Mean net revenue of the window's orders, minor units; null without customers"),
    ),
    standard_deviation_minor: nullable(meanMoney("Its standard deviation between customers; null below two customers")),
    covariate_correlation: nullable(
      number(
        "Correlation with net revenue of as many days before, which CUPED can use; null when either does not vary",
      ),
    ),
  },
  sql: new URL("./experiment-baseline.sql", import.meta.url),
  parts: { ...rfmParts, rfm_dates: new URL("./rfm_dates.sql", import.meta.url) },
  chart: {
    kind: "tiles",
    tiles: ["customer_count", "daily_customer_count", "conversion_rate", "mean_net_revenue_minor"],
  },
  metrics: [],
});
