import type { Format } from "../format.ts";
import { agoText } from "../format-dates.ts";
import type { LiveAnswer } from "./use-live.ts";

/** The sentence that opens the page: what arrives now, or honestly that nothing does. */
export function liveSentence({ is_collecting, live }: LiveAnswer, format: Format): string {
  if (live === null) return "This server collects no events.";
  if (!is_collecting) return "The door for events is opening: what was collected before is being loaded.";
  const { visitor_count, last_event_at, orders } = live;
  const at = Date.parse(live.now);
  if (last_event_at === null) return "Nothing has arrived since the server started.";
  const ago = agoText(last_event_at, at);
  if (visitor_count === 0) return `Nobody has been seen in the last five minutes; the last event came ${ago}.`;
  const visitors = `${format.count(visitor_count)} ${visitor_count === 1 ? "visitor" : "visitors"}`;
  const newest = orders[0];
  const order = newest ? `, and the last order came ${agoText(newest.received_at, at)}` : "";
  return `${visitors} in the last five minutes${order}.`;
}

/** Events a second over the last half minute; null before there is one second. */
export function rateNow(counts: readonly number[]): number | null {
  const last = counts.slice(-30);
  return last.length === 0 ? null : last.reduce((sum, count) => sum + count, 0) / last.length;
}
