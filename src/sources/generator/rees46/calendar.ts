import { DAY_MS } from "../day.ts";
import { sharedFloats } from "./shared.ts";

/** Visits by hour of the day, UTC: quiet at night, busy from morning to evening, in the manner of the published data. */
const HOURS = [3, 4, 7, 13, 20, 26, 29, 31, 32, 32, 31, 30, 30, 31, 33, 35, 36, 33, 26, 18, 11, 7, 4, 3];

/** Visits by weekday, Sunday first. */
const WEEKDAYS = [1.04, 0.97, 0.96, 0.97, 0.98, 1.03, 1.05];

/** How much one day of the period is visited: weekday, slow growth by half over 61 days, and a mid-November sale. */
function dayWeight(start: number, day: number): number {
  const date = new Date(start + day * DAY_MS);
  const sale = date.getUTCMonth() === 10 && date.getUTCDate() >= 14 && date.getUTCDate() <= 17 ? 2.2 : 1;
  return (WEEKDAYS[date.getUTCDay()] ?? 1) * (1 + 0.5 * Math.min(1, day / 61)) * sale;
}

/**
 * Cumulative share of visits at the start of every hour of the period, from 0 to exactly 1 (`24 x days + 1` values).
 *
 * @param start  start of the first day, milliseconds since 1970, UTC
 */
export function cumulativeVisits(start: number, days: number): Float64Array {
  const cumulative = sharedFloats(24 * days + 1);
  let total = 0;
  for (let hour = 0; hour < 24 * days; hour++) {
    cumulative[hour] = total;
    total += (HOURS[hour % 24] ?? 1) * dayWeight(start, Math.floor(hour / 24));
  }
  for (let hour = 0; hour < 24 * days; hour++) cumulative[hour] = (cumulative[hour] ?? 0) / total;
  cumulative[24 * days] = 1;
  return cumulative;
}
