/** The period an analysis is compared with, and the current day each compared row stands beside. */
import { addDays, daysBetween } from "../warehouse/day-range.ts";

export interface Period {
  readonly period_start: string;
  readonly period_end: string;
}

type Values = Readonly<Record<string, unknown>>;

/** The compared period; null when none is asked for. `year` goes back 364 days, so that weekdays stand beside each other. */
export function comparedPeriod(values: Values): Period | null {
  const [start, end] = [String(values.period_start), String(values.period_end)];
  switch (values.compare) {
    case "previous":
      return { period_start: addDays(start, -daysBetween(start, end)), period_end: start };
    case "year":
      return { period_start: addDays(start, -364), period_end: addDays(end, -364) };
    case "custom":
      return { period_start: String(values.compare_start), period_end: String(values.compare_end) };
    default:
      return null;
  }
}

/** Months between the first days of two periods; 0 for days. */
function stepOf(grain: unknown): number {
  if (grain === "month") return 1;
  if (grain === "quarter" || grain === "fiscal_quarter") return 3;
  return grain === "year" || grain === "fiscal_year" ? 12 : 0;
}

/** The current period's day, week or month that a compared row's date stands beside. */
export function alignedOn(date: unknown, values: Values, compared: Period): string {
  const shiftDays = daysBetween(compared.period_start, String(values.period_start));
  const moved = addDays(String(date), shiftDays);
  if (values.grain === "week") return addDays(moved, -((new Date(moved).getUTCDay() + 6) % 7));
  const step = stepOf(values.grain);
  if (step === 0) return moved;
  const from = new Date(String(date));
  const months = step * Math.round(shiftDays / 30.4375 / step);
  return new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
}
