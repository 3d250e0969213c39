/** Measures an alert: runs its analysis over its days, picks its number, and judges it. */
import type { OwnHome } from "../analyses/own-files/index.ts";
import { type AnalysisContext, type ResultRow, runAnalysis } from "../analyses/run.ts";
import { addDays, dayIn } from "../warehouse/day-range.ts";
import type { Extent } from "../warehouse/extent.ts";
import { type Alert, analysisOf } from "./alert.ts";
import { alertWords } from "./words.ts";

export interface Finding {
  /** Last day that was judged. */
  readonly day: string;
  /** Null when unknown; then nothing is met. */
  readonly value: number | null;
  /** The limit, the previous period's value, or the usual one. */
  readonly reference: number | null;
  readonly isMet: boolean;
  readonly message: string;
}

/** The last day whose data are whole: a day that was still running when the data were refreshed is not judged. Null without data. */
export function judgedDay({ lastDay, refreshedAt }: Extent, timeZone: string): string | null {
  if (!lastDay) return null;
  if (!refreshedAt) return lastDay;
  const refreshedOn = dayIn(Date.parse(refreshedAt), timeZone);
  return refreshedOn <= lastDay ? addDays(refreshedOn, -1) : lastDay;
}

const numberOf = (row: ResultRow | undefined, name: string): number | null => {
  const value = row?.[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

function isMet({ condition }: Alert, value: number | null, reference: number | null): boolean {
  if (value === null) return false;
  switch (condition.kind) {
    case "above":
      return value > condition.value;
    case "below":
      return value < condition.value;
    case "anomaly":
      return true;
    case "change": {
      if (reference === null || reference === 0) return false;
      const rate = (value - reference) / Math.abs(reference);
      if (condition.direction === "rise") return rate >= condition.rate;
      if (condition.direction === "fall") return rate <= -condition.rate;
      return Math.abs(rate) >= condition.rate;
    }
  }
}

/** What an alert is measured on. */
export interface Measuring {
  readonly context: AnalysisContext;
  readonly currency: string;
  readonly home: OwnHome;
}

/** @throws kept_invalid when the alert and its analysis do not fit, and whatever the analysis throws */
export async function evaluate({ context, currency, home }: Measuring, alert: Alert): Promise<Finding | null> {
  const analysis = analysisOf(alert, home);
  const day = judgedDay(context.extent, context.timeZone);
  const column = analysis.columns[alert.column];
  if (!day || !column) return null;
  const { condition } = alert;
  const period = {
    period_start: addDays(day, 1 - alert.last_days),
    period_end: addDays(day, 1),
    ...(condition.kind === "change" ? { compare: "previous" } : {}),
  };
  const { rows } = await runAnalysis(context, analysis, {
    ...alert.params,
    ...(analysis.hasPeriod ? period : {}),
  });
  const asked = rows.filter((row) =>
    Object.entries(alert.where).every(([name, value]) => String(row[name]) === String(value)),
  );
  const { datedBy } = analysis;
  // Of dated rows the last day's counts, and in the period before the one that stands beside it.
  const dated = (name: string) => (row: ResultRow) => datedBy === undefined || row[name] === day;
  const now = asked.filter((row) => row.period !== "previous").find(dated(datedBy ?? ""));
  const before = asked.filter((row) => row.period === "previous").find(dated("aligned_on"));
  const value = numberOf(now, alert.column);
  const reference =
    condition.kind === "change"
      ? numberOf(before, alert.column)
      : condition.kind === "anomaly"
        ? numberOf(now, "expected_revenue_minor")
        : condition.value;
  const found = { day, value, reference };
  return { ...found, isMet: isMet(alert, value, reference), message: alertWords(alert, column, found, currency) };
}
