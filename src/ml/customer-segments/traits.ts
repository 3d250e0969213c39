/** What customers may be grouped by. */
import { CartwrightError } from "../../errors.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { customerValues } from "../clv/customer-values.ts";
import type { KnownCustomer } from "../customers/read-customers.ts";
import type { Points } from "./k-means.ts";
import { rfmPoints } from "./segment-customers.ts";

/** `rfm`: recency, orders and revenue so far; `clv`: what is expected of them; `behaviour`: how they buy. */
export const segmentFeatures = ["rfm", "clv", "behaviour"] as const;
export type SegmentFeatures = (typeof segmentFeatures)[number];

/** The names of each kind's dimensions, in order. */
export const traitNames = {
  rfm: ["recency_days_log", "order_count_log", "net_revenue_log"],
  clv: ["p_alive_rate", "expected_order_count_log", "expected_average_value_log", "clv_log"],
  behaviour: [
    "order_count_log",
    "product_count_log",
    "category_count_log",
    "order_value_log",
    "order_units_log",
    "discounted_share",
    "weekend_share",
    "returned_share",
  ],
} as const satisfies Readonly<Record<SegmentFeatures, readonly string[]>>;

const clvHorizonDays = 365;
const behaviourSql = new URL("./behaviour.sql", import.meta.url);

/**
 * A point for each customer, not standardised; amounts and counts as ln(1 + value), negative ones as 0.
 *
 * @param cutoff a day as YYYY-MM-DD, shop time zone; nothing dated on it or later is seen
 */
export async function readTraits(
  warehouse: Warehouse,
  cutoff: string,
  customers: readonly KnownCustomer[],
  features: SegmentFeatures,
): Promise<Points> {
  switch (features) {
    case "rfm":
      return rfmPoints(
        customers.map(({ recencyDays, orderCount, netRevenueMinor }) => ({
          recencyDays,
          frequency: orderCount,
          monetaryMinor: netRevenueMinor,
        })),
      );
    case "clv": {
      const expectedOf = customerValues(customers);
      return pointsOf(customers, 4, (one) => {
        const { pAlive, orderCount, averageValueMinor, clvMinor } = expectedOf(one, clvHorizonDays);
        return [pAlive, logOf(orderCount), logOf(averageValueMinor), logOf(clvMinor)];
      });
    }
    case "behaviour": {
      const rows = await warehouse.query(readSql(behaviourSql), { bindings: { cutoff } });
      const rowOf = new Map(rows.map((row) => [String(row.customer_key), row]));
      return pointsOf(customers, traitNames.behaviour.length, ({ customerKey }) => {
        const row = rowOf.get(customerKey);
        return traitNames.behaviour.map((name) => (row ? decode(row[name], name) : 0));
      });
    }
  }
}

const logOf = (value: number): number => Math.log1p(Math.max(0, value));

function decode(value: unknown, name: string): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new CartwrightError("unexpected_value", `behaviour.sql: ${name} is ${JSON.stringify(value)}, not a number`);
}

function pointsOf(
  customers: readonly KnownCustomer[],
  dimensions: number,
  coordinates: (one: KnownCustomer) => readonly number[],
): Points {
  const values = new Float64Array(customers.length * dimensions);
  for (const [row, one] of customers.entries()) values.set(coordinates(one), row * dimensions);
  return { count: customers.length, dimensions, values };
}
