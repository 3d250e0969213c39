/** When an event happened, by the server's clock, though the client's may be wrong. */
import { earliestInstantMs, tooEarly } from "../earliest-instant.ts";
import { textOf } from "../json-values.ts";

/** Differences up to this are the way the message took and no wrong clock. */
const toleranceMs = 5000;
/** An event may be dated this far ahead; beyond it the client's clock is wrong and nothing says by how much. */
const longestAheadMs = 24 * 3_600_000;

export type EventTime =
  | { readonly isKnown: true; readonly at: string }
  | { readonly isKnown: false; readonly column: string; readonly value: string; readonly reason: string };

const parse = (value: unknown): number => {
  if (typeof value === "number") return value;
  const text = textOf(value);
  return /^\d{13}$/.test(text) ? Number(text) : Date.parse(text);
};

/**
 * Segment's correction: what the client's clock showed when it sent the message, against the moment it arrived, tells how
 * wrong that clock is; the event's own time is moved by as much. An event without a time happened on arrival.
 *
 * @param message   gives `timestamp` or `originalTimestamp`, both by the client's clock
 * @param sentAt    the client's clock when it sent the message; undefined when it did not say
 * @param received  milliseconds since 1970, the server's clock
 */
export function eventTime(message: Readonly<Record<string, unknown>>, sentAt: unknown, received: number): EventTime {
  const column = message.timestamp === undefined ? "originalTimestamp" : "timestamp";
  const given = message[column];
  if (given === undefined || given === null || given === "") return known(received);
  const time = parse(given);
  const value = textOf(given);
  if (!Number.isFinite(time)) return { isKnown: false, column, value, reason: "is not a time" };
  const sent = sentAt === undefined ? Number.NaN : parse(sentAt);
  const skew = Number.isFinite(sent) && Math.abs(received - sent) > toleranceMs ? received - sent : 0;
  const at = time + skew;
  if (at < earliestInstantMs) return { isKnown: false, column, value, reason: tooEarly };
  if (at > received + longestAheadMs) {
    return {
      isKnown: false,
      column,
      value,
      reason: "lies more than a day ahead, and no sentAt says how wrong the clock is",
    };
  }
  return known(at);
}

const known = (at: number): EventTime => ({
  isKnown: true,
  at: `${new Date(at).toISOString().slice(0, 23).replace("T", " ")}Z`,
});
