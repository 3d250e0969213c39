/** Ranges of calendar days. */

/** Days `YYYY-MM-DD`, both included; holds no day when `firstOn` is after `lastOn`. */
export interface DayRange {
  readonly firstOn: string;
  readonly lastOn: string;
}

/** The range without any day. */
export const noDays: DayRange = { firstOn: "9999-12-31", lastOn: "0000-01-01" };

export const isEmptyRange = (range: DayRange): boolean => range.firstOn > range.lastOn;

/** The smallest range that holds both. */
export const unionOfDays = (one: DayRange, other: DayRange): DayRange => ({
  firstOn: one.firstOn < other.firstOn ? one.firstOn : other.firstOn,
  lastOn: one.lastOn > other.lastOn ? one.lastOn : other.lastOn,
});

/** The day `count` days after `day`, both `YYYY-MM-DD`. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}
