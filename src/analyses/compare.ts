/** The period an analysis is compared with, and the current day each compared row stands beside. */

const dayMs = 86_400_000;
const time = (day: unknown): number => Date.parse(`${String(day)}T00:00:00Z`);
const text = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

export interface Period {
  readonly period_start: string;
  readonly period_end: string;
}

type Values = Readonly<Record<string, unknown>>;

/** The compared period; null when none is asked for. `year` goes back 364 days, so that weekdays stand beside each other. */
export function comparedPeriod(values: Values): Period | null {
  const [start, end] = [time(values.period_start), time(values.period_end)];
  switch (values.compare) {
    case "previous":
      return { period_start: text(start - (end - start)), period_end: text(start) };
    case "year":
      return { period_start: text(start - 364 * dayMs), period_end: text(end - 364 * dayMs) };
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
  const shiftDays = Math.round((time(values.period_start) - time(compared.period_start)) / dayMs);
  const moved = new Date(time(date) + shiftDays * dayMs);
  if (values.grain === "week") return text(moved.getTime() - ((moved.getUTCDay() + 6) % 7) * dayMs);
  const step = stepOf(values.grain);
  if (step === 0) return text(moved.getTime());
  const from = new Date(time(date));
  const months = step * Math.round(shiftDays / 30.4375 / step);
  return text(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
}
