/** What models of customers are given: each customer as known at the start of a day. */
import { createHash } from "node:crypto";
import { CartwrightError } from "../../errors.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";

const sql = new URL("./customers.sql", import.meta.url);

export interface KnownCustomer {
  readonly customerKey: string;
  /** Days from the first order to the cutoff, at least 1. */
  readonly ageDays: number;
  /** Days from the last order to the cutoff, at least 1. */
  readonly recencyDays: number;
  readonly orderCount: number;
  /** Days with an order after the first such day. */
  readonly repeatDayCount: number;
  /** Mean net revenue of those days, minor units; 0 without any. */
  readonly repeatValueMinor: number;
  readonly netRevenueMinor: number;
}

/** The names of what is read, for the registry of runs. */
export const customerFeatures = [
  "age_days",
  "recency_days",
  "order_count",
  "repeat_day_count",
  "repeat_value_minor",
  "net_revenue_minor",
] as const;

/**
 * Every customer with an order before the cutoff; nothing dated on the cutoff or later is seen.
 *
 * @param cutoff a day as YYYY-MM-DD, shop time zone
 */
export async function readCustomers(warehouse: Warehouse, cutoff: string): Promise<readonly KnownCustomer[]> {
  const rows = await warehouse.query(readSql(sql), { bindings: { cutoff } });
  return rows.map((row) => ({
    customerKey: String(row.customer_key),
    ageDays: decode(row.age_days, "age_days"),
    recencyDays: decode(row.recency_days, "recency_days"),
    orderCount: decode(row.order_count, "order_count"),
    repeatDayCount: decode(row.repeat_day_count, "repeat_day_count"),
    repeatValueMinor: decode(row.repeat_value_minor, "repeat_value_minor"),
    netRevenueMinor: decode(row.net_revenue_minor, "net_revenue_minor"),
  }));
}

function decode(value: unknown, name: string): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new CartwrightError("unexpected_value", `customers.sql: ${name} is ${JSON.stringify(value)}, not a number`);
}

/** SHA-256 of the rows a model was given. */
export const hashOf = (customers: readonly KnownCustomer[]): string =>
  createHash("sha256").update(JSON.stringify(customers)).digest("hex");
