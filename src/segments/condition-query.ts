/** The question a condition asks of the warehouse: one SQL file for each kind, and the values it binds. */

import { addDays } from "../warehouse/day-range.ts";
import { rfmSteps } from "../warehouse/rfm.ts";
import { openScope } from "../warehouse/scopes.ts";
import { readSql } from "../warehouse/sql-file.ts";
import type { Condition, EventsCondition, OrdersCondition } from "./definition.ts";

export interface ConditionQuery {
  /** Gives `customer_key`; reads the scopes, and the steps of `parts`. */
  readonly sql: string;
  readonly parts: ReadonlyMap<string, () => string>;
  /** Values of everything that the SQL, its steps and the scopes bind. */
  readonly values: Readonly<Record<string, unknown>>;
  /** True where the customers wanted are those the SQL does not give. */
  readonly isInverted: boolean;
}

const firstDay = "1970-01-01";
const dayAfterLast = "2149-06-06";
const mostTimes = 4_000_000_000;
const mostMinor = Number.MAX_SAFE_INTEGER;

const file = (name: string): string => readSql(new URL(`./conditions/${name}.sql`, import.meta.url));

const daysBefore = (day: string, days: number): string => {
  const moved = addDays(day, -days);
  return moved < firstDay ? firstDay : moved;
};

const earlier = (one: string, other: string): string => (one < other ? one : other);

const products = new Map([["condition_products", () => file("condition_products")]]);
const tierParts = new Map([["tier_cuts", () => file("tier_cuts")]]);
const rfmParts = new Map([
  ["rfm_dates", () => readSql(rfmSteps.rfm_dates)],
  ["rfm_customers", () => readSql(rfmSteps.rfm_customers)],
  ["rfm_scored", () => readSql(rfmSteps.rfm_scored.quantile)],
  ["rfm_segmented", () => readSql(rfmSteps.rfm_segmented)],
]);

/** The days before `asOf` that a condition counts in, and what it is narrowed to. */
function countedValues(condition: EventsCondition | OrdersCondition, asOf: string): Readonly<Record<string, unknown>> {
  const { last_days, from = firstDay, to = asOf, category, brand, channel, product_id } = condition;
  return {
    period_start: last_days === undefined ? from : daysBefore(asOf, last_days),
    period_end: earlier(to, asOf),
    category: category ?? [],
    brand: brand ?? [],
    channel: channel ?? [],
    product_id: product_id ?? [],
  };
}

/** Who has at most so many, none included, are those who do not have more. */
function countLimits(condition: EventsCondition | OrdersCondition) {
  const { max_count = mostTimes, min_count = max_count === 0 ? 0 : 1 } = condition;
  return min_count === 0
    ? { min_count: max_count + 1, max_count: mostTimes + 1, isInverted: true }
    : { min_count, max_count, isInverted: false };
}

/**
 * @param asOf the day the segment is taken on: only what happened before it counts. Countries and scores of models are those
 *   known now, whatever the day.
 */
export function conditionQuery(condition: Condition, asOf: string): ConditionQuery {
  const whole = { ...openScope, period_start: firstDay, period_end: asOf };
  const of = (
    sql: string,
    values: Readonly<Record<string, unknown>>,
    parts: ConditionQuery["parts"] = new Map(),
    isInverted = false,
  ): ConditionQuery => ({ sql: file(sql), parts, values: { ...whole, ...values }, isInverted });
  switch (condition.kind) {
    case "events": {
      const { isInverted, ...limits } = countLimits(condition);
      const values = { ...countedValues(condition, asOf), ...limits, event_type: condition.event_type };
      return of("events", values, products, isInverted);
    }
    case "orders": {
      const { isInverted, ...limits } = countLimits(condition);
      return of(
        "orders",
        {
          ...countedValues(condition, asOf),
          ...limits,
          min_revenue_minor: condition.min_revenue_minor ?? -mostMinor,
          max_revenue_minor: condition.max_revenue_minor ?? mostMinor,
          first_from: condition.first_from ?? firstDay,
          first_to: condition.first_to ?? dayAfterLast,
          last_from: condition.last_from ?? firstDay,
          last_to: condition.last_to ?? dayAfterLast,
        },
        products,
        isInverted,
      );
    }
    case "rfm":
      return of(
        "rfm",
        {
          as_of: asOf,
          rfm_segment: condition.rfm_segment ?? [],
          r_score: condition.r_score ?? [],
          f_score: condition.f_score ?? [],
          m_score: condition.m_score ?? [],
        },
        rfmParts,
      );
    case "tier":
      return of("tier", { tier: condition.tier }, tierParts);
    case "cohort":
      return of("cohort", { month: condition.month });
    case "country":
      return of("country", { country: condition.country });
    case "score":
      return of(condition.model, {
        min_score: condition.min_score ?? -Number.MAX_VALUE,
        max_score: condition.max_score ?? Number.MAX_VALUE,
      });
    case "cluster":
      return of("cluster", { cluster: condition.cluster });
  }
}
