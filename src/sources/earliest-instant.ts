/**
 * Facts begin with 1971. A time of 1970 is what a clock or a field gives that was never set, 0 above all; and a table's days begin
 * with 1970, while sessions, orders and histories read some days before a fact, in any time zone.
 */
export const earliestInstant = "1971-01-01";
export const earliestInstantMs = Date.parse(earliestInstant);
/** Why a time before it is refused. */
export const tooEarly = "is before 1971, as a clock or a field gives it that was never set";
