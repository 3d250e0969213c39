import { ratioMetric, semiAdditiveMetric } from "./define.ts";

export const cohortSize = semiAdditiveMetric({
  name: "cohort_size",
  label: "Cohort size",
  unit: "count",
  meaning:
    "Customers whose first order (or registration) fell in the cohort's period. Additive over cohorts, not over months of activity.",
});

export const activeCustomerCount = semiAdditiveMetric({
  name: "active_customer_count",
  label: "Active customers",
  unit: "count",
  meaning: "Customers of a cohort active in a period. Not to be summed over periods.",
});

export const retentionRate = ratioMetric({
  name: "retention_rate",
  label: "Retention",
  unit: "rate",
  numerator: activeCustomerCount,
  denominator: cohortSize,
  meaning: "Customers of a cohort active in a later period / cohort size; null while that period is still open.",
});
