/** Daily amounts as series of whole days or months without holes. */

export type Grain = "day" | "month";

/** A series from its first to its last whole period; a period without an amount is 0. */
export interface PeriodSeries {
  /** First day of each period, as YYYY-MM-DD. */
  readonly periods: readonly string[];
  readonly values: Float64Array;
}

const dayMs = 86_400_000;
const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first day of the period after the one that begins on `period`. */
export function nextPeriod(period: string, grain: Grain): string {
  const [year = 0, month = 0] = period.split("-").map(Number);
  return grain === "day" ? dayText(Date.parse(`${period}T00:00:00Z`) + dayMs) : dayText(Date.UTC(year, month, 1));
}

/** The first day of the period a day lies in. */
export const periodOf = (day: string, grain: Grain): string => (grain === "day" ? day : `${day.slice(0, 7)}-01`);

/**
 * Adds up daily amounts by period, from the first whole period to the last that is over by the cutoff.
 *
 * @param first the first day the shop has, as YYYY-MM-DD: a month it does not begin is left out
 */
export function toPeriods(
  amounts: ReadonlyMap<string, number>,
  grain: Grain,
  first: string,
  cutoff: string,
): PeriodSeries {
  const sums = new Map<string, number>();
  for (const [day, amount] of amounts) sums.set(periodOf(day, grain), (sums.get(periodOf(day, grain)) ?? 0) + amount);
  const start = periodOf(first, grain);
  const periods: string[] = [];
  // ISO days compare as text.
  for (
    let period = start === first ? start : nextPeriod(start, grain);
    nextPeriod(period, grain) <= cutoff;
    period = nextPeriod(period, grain)
  )
    periods.push(period);
  return { periods, values: Float64Array.from(periods, (period) => sums.get(period) ?? 0) };
}
