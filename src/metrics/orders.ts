import { additiveMetric, ratioMetric, semiAdditiveMetric } from "./define.ts";
import { netRevenue } from "./revenue.ts";

export const orderCount = additiveMetric({
  name: "order_count",
  label: "Orders",
  unit: "count",
  meaning: "Distinct orders with a positive line. Cancelled orders and pure returns are no orders.",
});

export const unitCount = additiveMetric({
  name: "unit_count",
  label: "Units",
  unit: "count",
  meaning: "Units on positive order lines. Returned units are not taken off.",
});

export const averageOrderValue = ratioMetric({
  name: "average_order_value_minor",
  label: "Average order value",
  unit: "money",
  numerator: netRevenue,
  denominator: orderCount,
  meaning: "Net revenue per order. Without tax, shipping and cancelled orders; refunds count on the day of the return.",
});

export const customerCount = semiAdditiveMetric({
  name: "customer_count",
  label: "Customers",
  unit: "count",
  meaning: "Distinct customers with an order. Not to be summed over periods; orders without a customer count no one.",
});
