import { additiveMetric } from "./define.ts";

export const grossRevenue = additiveMetric({
  name: "gross_revenue_minor",
  label: "Gross revenue",
  unit: "money",
  meaning: "Sum of positive order lines after discount. Without tax and shipping; cancelled orders left out.",
});

export const refunds = additiveMetric({
  name: "refunds_minor",
  label: "Refunds",
  unit: "money",
  meaning: "Minus the sum of negative order lines, never negative itself. Counts on the day of the return.",
});

export const netRevenue = additiveMetric({
  name: "net_revenue_minor",
  label: "Net revenue",
  unit: "money",
  meaning: "Gross revenue minus refunds. Without tax and shipping; cancelled orders left out.",
});
