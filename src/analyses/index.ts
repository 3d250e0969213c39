/** The catalogue: one line per analysis, in the order of the dashboard. */
import type { Analysis } from "./define.ts";
import { dailyKpis } from "./overview/daily-kpis/daily-kpis.ts";
import { kpiSummary } from "./overview/kpi-summary/kpi-summary.ts";
import { revenueOverTime } from "./sales/revenue-over-time/revenue-over-time.ts";

export const catalogue: readonly Analysis[] = [
  kpiSummary,
  dailyKpis,
  revenueOverTime,
] as readonly unknown[] as readonly Analysis[];

export const findAnalysis = (name: string): Analysis | undefined =>
  catalogue.find((analysis) => analysis.name === name);
