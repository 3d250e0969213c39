/** Whole and unfinished periods, and the weekends between two days. */
import { addDays, addMonths, calendarOf, dayText, monthText, rangeText } from "../format-dates.ts";

export type Grain = "day" | "week" | "month" | "quarter" | "year";

const grains: readonly string[] = ["day", "week", "month", "quarter", "year"];

/** The grain asked for, or the one the distance between the first two periods shows. */
export function grainOf(given: string | null, days: readonly string[]): Grain {
  // A fiscal period is as long as one of the calendar.
  const length = given?.replace(/^fiscal_/, "") ?? "";
  if (grains.includes(length)) return length as Grain;
  const [first, second] = [...new Set(days)].sort();
  if (!first || !second) return first?.endsWith("-01") ? "month" : "day";
  const distance = (Date.parse(second) - Date.parse(first)) / 86_400_000;
  if (distance >= 360) return "year";
  if (distance >= 85) return "quarter";
  if (distance >= 28) return "month";
  return distance >= 7 ? "week" : "day";
}

/** A period in the few characters of a table or a row label: "Mon 4 Nov 2019", "4–10 Nov 2019", "Nov 2019". */
export function shortPeriodText(start: string, given: string): string {
  const grain = given.replace(/^fiscal_/, "");
  if (grain === "month") return monthText(start);
  return grain === "week" || grain === "quarter" || grain === "year"
    ? rangeText(start, periodEnd(start, grain))
    : dayText(start);
}

/** Last day of the period that starts on `start`. */
export function periodEnd(start: string, grain: Grain): string {
  switch (grain) {
    case "day":
      return start;
    case "week":
      return addDays(start, 6);
    case "month":
      return addDays(addMonths(start, 1), -1);
    case "quarter":
      return addDays(addMonths(start, 3), -1);
    case "year":
      return addDays(addMonths(start, 12), -1);
  }
}

/** True when the covered days hold only a part of the period, so that its figure will still grow or was cut. */
export function isUnfinished(
  start: string,
  grain: Grain,
  covered: { readonly from: string; readonly to: string } | null,
): boolean {
  return covered !== null && (start < covered.from || periodEnd(start, grain) > covered.to);
}

/** Saturday to Sunday pairs that touch the days given, as instants half a day around the points. */
export function weekends(first: string, last: string): readonly (readonly [number, number])[] {
  const bands: [number, number][] = [];
  const half = 43_200_000;
  for (let day = addDays(first, -1); day <= last; day = addDays(day, 1)) {
    if (calendarOf(day)?.weekday !== 6) continue;
    const start = Date.parse(`${day}T00:00:00Z`) - half;
    bands.push([start, start + 4 * half]);
  }
  return bands;
}
