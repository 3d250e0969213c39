/** Calendar days in UTC, as text and as instants. */

export const DAY_MS = 86_400_000;

/** Start of a UTC calendar day in milliseconds since 1970, or a `RangeError` when the text is not a day. */
export function dayStart(day: string): number {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day))
    throw new RangeError(`firstDay must be a day as YYYY-MM-DD, got ${day}`);
  return start;
}

/** The calendar day, UTC, that lies `offset` days after a day's start. */
export function dayAfter(start: number, offset: number): string {
  return new Date(start + offset * DAY_MS).toISOString().slice(0, 10);
}
