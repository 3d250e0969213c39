/** The vocabulary: every metric, in the order of the glossary. */
import { activeCustomerCount, cohortSize, retentionRate } from "./customers.ts";
import type { Metric } from "./define.ts";
import { averageOrderValue, customerCount, orderCount, unitCount } from "./orders.ts";
import {
  abandonedSessionCount,
  abandonmentRate,
  cartSessionCount,
  conversionRate,
  viewingSessionCount,
} from "./products.ts";
import { grossRevenue, netRevenue, refunds } from "./revenue.ts";
import { eventCount, purchasingSessionCount, sessionConversionRate, sessionCount, visitorCount } from "./traffic.ts";

export type { Metric } from "./define.ts";

export const metrics: readonly Metric[] = [
  grossRevenue,
  refunds,
  netRevenue,
  orderCount,
  unitCount,
  averageOrderValue,
  customerCount,
  eventCount,
  visitorCount,
  sessionCount,
  purchasingSessionCount,
  sessionConversionRate,
  viewingSessionCount,
  cartSessionCount,
  conversionRate,
  abandonedSessionCount,
  abandonmentRate,
  cohortSize,
  activeCustomerCount,
  retentionRate,
];

export const findMetric = (name: string): Metric | undefined => metrics.find((metric) => metric.name === name);
