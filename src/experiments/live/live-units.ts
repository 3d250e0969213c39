/** The customers of a live experiment, out of the warehouse, as units of a readout. */
import { readSql } from "../../warehouse/sql-file.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import type { Arm, MetricType, Units } from "../readout/units.ts";
import type { Definition, MetricName } from "./definition.ts";

/** One exposed customer. */
export interface ExposedCustomer {
  readonly customerKey: string;
  readonly variant: string;
  readonly exposedOn: string;
  readonly isTorn: boolean;
  readonly isMature: boolean;
  readonly orderCount: number;
  readonly grossMinor: number;
  readonly netMinor: number;
  readonly beforeMinor: number;
  readonly country: string;
}

export interface Exposed {
  readonly customers: readonly ExposedCustomer[];
  readonly earlyCount: number;
  readonly lateCount: number;
}

const unitsSql = readSql(new URL("./units.sql", import.meta.url));
const countsSql = readSql(new URL("./exposure-counts.sql", import.meta.url));

/** Days of orders before the exposure that make the covariate. */
const beforeDays = 60;
/** Days after the window in which most returns come; only net amounts wait for them. */
const settlingDays = 14;

const never = "2100-01-01T00:00:00Z";
const always = "1970-01-01T00:00:00Z";

/** What the exposures of an experiment are found by; those of a draft at any time. */
export const exposurePeriod = ({ experiment_id, started_at, stopped_at }: Definition) => ({
  experiment_id,
  started_at: started_at ?? always,
  ended_at: stopped_at ?? never,
});

/** Reads the customers; drafts take every exposure there is. @param asOf day after the last of the data */
export async function readExposed(
  warehouse: Warehouse,
  definition: Definition,
  asOf: string,
  timeZone: string,
  isNet: boolean,
): Promise<Exposed> {
  const period = exposurePeriod(definition);
  const rows = await warehouse.query(unitsSql, {
    bindings: {
      ...period,
      window_days: definition.window_days,
      before_days: beforeDays,
      settling_days: isNet ? settlingDays : 0,
      as_of: asOf,
      time_zone: timeZone,
    },
  });
  const counts = await warehouse.queryOne(countsSql, { bindings: period });
  return {
    customers: rows.map((row) => ({
      customerKey: String(row.customer_key),
      variant: String(row.variant),
      exposedOn: String(row.exposed_on),
      isTorn: Boolean(row.is_torn),
      isMature: Boolean(row.is_mature),
      orderCount: Number(row.order_count),
      grossMinor: Number(row.gross_minor),
      netMinor: Number(row.net_minor),
      beforeMinor: Number(row.before_minor),
      country: String(row.country),
    })),
    earlyCount: Number(counts.early_count),
    lateCount: Number(counts.late_count),
  };
}

const typeOf: Readonly<Record<MetricName, MetricType>> = {
  conversion_rate: "proportion",
  revenue_per_customer_minor: "mean",
  net_revenue_per_customer_minor: "mean",
  average_order_value_minor: "ratio",
};

/** Whether a metric changes while refunds come in. */
export const isNetMetric = (metric: MetricName): boolean =>
  metric === "net_revenue_per_customer_minor" || metric === "average_order_value_minor";

function outcomeOf(customer: ExposedCustomer, metric: MetricName): number {
  switch (metric) {
    case "conversion_rate":
      return customer.orderCount > 0 ? 1 : 0;
    case "revenue_per_customer_minor":
      return customer.grossMinor;
    case "net_revenue_per_customer_minor":
    case "average_order_value_minor":
      return customer.netMinor;
  }
}

export interface UnitChoice {
  readonly metric: MetricName;
  readonly isAdjusted: boolean;
  /** Customers whose window is still open count with what they did so far. */
  readonly includesImmature: boolean;
}

/**
 * Customers as units: those seen in two variants, in a variant the experiment does not have, or still immature are left out and
 * counted, as are exposures before the start and after the stop.
 */
export function unitsOf(definition: Definition, exposed: Exposed, choice: UnitChoice): Units {
  const names = definition.variants.map(({ name }) => name);
  const dropped: Record<string, number> = {};
  const drop = (reason: string, count = 1): void => {
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
  };
  drop("early_exposure", exposed.earlyCount);
  drop("late_exposure", exposed.lateCount);
  const members = new Map<string, ExposedCustomer[]>(names.map((name) => [name, []]));
  for (const customer of exposed.customers) {
    if (customer.isTorn) drop("unit_in_two_variants");
    else if (!members.has(customer.variant)) drop("unknown_variant");
    else if (!customer.isMature && !choice.includesImmature) drop("immature");
    else members.get(customer.variant)?.push(customer);
  }
  const type = typeOf[choice.metric];
  const arms = names.map((variant): Arm => {
    const customers = members.get(variant) ?? [];
    return {
      variant,
      metric: Float64Array.from(customers, (one) => outcomeOf(one, choice.metric)),
      denominator: type === "ratio" ? Float64Array.from(customers, (one) => one.orderCount) : null,
      covariate: choice.isAdjusted && type !== "ratio" ? Float64Array.from(customers, (one) => one.beforeMinor) : null,
      stratum: null,
    };
  });
  return {
    metric: choice.metric,
    type,
    arms,
    dropped,
    rowCount: exposed.customers.length + exposed.earlyCount + exposed.lateCount,
    covariateMissingCount: 0,
    strata: [],
  };
}
