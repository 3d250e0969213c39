/** What holidays do to a daily series, taken out before it is forecast and put back afterwards. */
import type { HolidayCalendar } from "./holidays.ts";

export interface WithoutHolidays {
  /** The series as it would have been: holidays at the mean of their weekday around them. */
  readonly values: Float64Array;
  /** What a holiday of a name multiplies a usual day by; 1 for one that has not been seen. */
  readonly effectOf: (name: string) => number;
}

/** Weeks before and after a holiday whose same weekdays are its usual day. */
const weeksAround = 4;

/**
 * A holiday's effect is its values over what its usual days would have been, drawn to 1 as if it had come once more without any effect.
 * A series with a value below 0 is left as it is.
 *
 * @param days of the values, as YYYY-MM-DD, one after the other
 */
export function withoutHolidays(
  days: readonly string[],
  values: Float64Array,
  holidays: HolidayCalendar,
): WithoutHolidays {
  if (holidays.size === 0 || values.some((value) => value < 0)) return { values, effectOf: () => 1 };
  const seen = new Map<string, { actual: number; usual: number; count: number }>();
  const cleaned = values.slice();
  for (const [at, day] of days.entries()) {
    const name = holidays.get(day);
    if (name === undefined) continue;
    const around: number[] = [];
    for (let week = -weeksAround; week <= weeksAround; week += 1) {
      const near = at + 7 * week;
      if (near >= 0 && near < values.length && !holidays.has(days[near]!)) around.push(values[near]!);
    }
    if (around.length === 0) continue;
    const usual = around.reduce((sum, value) => sum + value, 0) / around.length;
    const own = seen.get(name) ?? { actual: 0, usual: 0, count: 0 };
    seen.set(name, { actual: own.actual + values[at]!, usual: own.usual + usual, count: own.count + 1 });
    cleaned[at] = usual;
  }
  return {
    values: cleaned,
    effectOf: (name) => {
      const own = seen.get(name);
      if (!own || own.usual <= 0) return 1;
      const once = own.usual / own.count;
      return (own.actual + once) / (own.usual + once);
    },
  };
}
