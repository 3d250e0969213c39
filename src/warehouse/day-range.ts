/** Ranges of calendar days. */

/** Days `YYYY-MM-DD`, both included; holds no day when `firstOn` is after `lastOn`. */
export interface DayRange {
  readonly firstOn: string;
  readonly lastOn: string;
}

/** The range without any day. */
export const noDays: DayRange = { firstOn: "9999-12-31", lastOn: "0000-01-01" };

/** Every day that a table can hold. */
export const everyDay: DayRange = { firstOn: "1970-01-01", lastOn: "2149-06-06" };

export const isEmptyRange = (range: DayRange): boolean => range.firstOn > range.lastOn;

/** The smallest range that holds both. */
export const unionOfDays = (one: DayRange, other: DayRange): DayRange => ({
  firstOn: one.firstOn < other.firstOn ? one.firstOn : other.firstOn,
  lastOn: one.lastOn > other.lastOn ? one.lastOn : other.lastOn,
});

/** The day of an instant, milliseconds since 1970 in UTC, as clocks of a zone have it. */
export const dayIn = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant);

/** The day `count` days after `day`, both `YYYY-MM-DD`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** How many days `to` is after `from`, both `YYYY-MM-DD`; negative when it is before. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** A day and the rows it holds. */
export interface DayRows {
  readonly day: string;
  readonly rowCount: number;
}

/** Days that are taken at once, and the rows they hold. */
export interface DayWindow extends DayRange {
  readonly rowCount: number;
}

const longestGapDays = 31;

/**
 * Runs of days with about `rowsPerWindow` rows each, days in order. A day with more rows stands alone; long stretches
 * without rows belong to no window, so that one stray row of 1970 costs one window and not fifty years of them.
 */
export function windowsOf(days: readonly DayRows[], rowsPerWindow: number): DayWindow[] {
  const windows: { firstOn: string; lastOn: string; rowCount: number }[] = [];
  for (const { day, rowCount } of days) {
    const last = windows.at(-1);
    if (last && last.rowCount + rowCount <= rowsPerWindow && addDays(last.lastOn, longestGapDays) >= day) {
      last.lastOn = day;
      last.rowCount += rowCount;
    } else {
      windows.push({ firstOn: day, lastOn: day, rowCount });
    }
  }
  return windows;
}
