/** The shop's own customers as units: for A/A tests, and for the baseline of a plan. */
import { coMomentsOf } from "../../stats/co-moments.ts";
import { momentsOf } from "../../stats/moments.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import type { ShopUnits } from "../calibration/shop-aa.ts";

const unitsSql = readSql(new URL("./shop-units.sql", import.meta.url));

/** Customers with a session or an order in the `windowDays` days before `asOf`. */
export async function readShopUnits(warehouse: Warehouse, asOf: string, windowDays: number): Promise<ShopUnits> {
  const rows = await warehouse.query(unitsSql, {
    bindings: { as_of: asOf, window_days: windowDays },
  });
  return {
    revenue: Float64Array.from(rows, (row) => Number(row.net_minor)),
    orders: Float64Array.from(rows, (row) => Number(row.order_count)),
    before: Float64Array.from(rows, (row) => Number(row.before_minor)),
  };
}

/** What a plan starts from. */
export interface Baseline {
  readonly customer_count: number;
  readonly daily_customers: number;
  readonly conversion_rate: number | null;
  readonly net_revenue_per_customer_minor: number | null;
  readonly standard_deviation_minor: number | null;
  /** Of net revenue with that of the window before: what CUPED can use. */
  readonly covariate_correlation: number | null;
}

export function baselineOf(units: ShopUnits, windowDays: number): Baseline {
  const count = units.revenue.length;
  const none = {
    conversion_rate: null,
    net_revenue_per_customer_minor: null,
    standard_deviation_minor: null,
    covariate_correlation: null,
  };
  const sizes = { customer_count: count, daily_customers: Math.max(0, Math.round(count / windowDays)) };
  if (count < 2) return { ...sizes, ...none };
  const { y, x, covariance } = coMomentsOf(units.revenue, units.before);
  const spread = Math.sqrt(y.variance * x.variance);
  return {
    ...sizes,
    conversion_rate: momentsOf(units.orders.map((orders) => (orders > 0 ? 1 : 0))).mean,
    net_revenue_per_customer_minor: y.mean,
    standard_deviation_minor: Math.sqrt(y.variance),
    covariate_correlation: spread > 0 ? covariance / spread : null,
  };
}
