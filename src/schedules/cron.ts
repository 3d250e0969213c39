/**
 * When a cron line is due. croner says which wall-clock times a line means; what becomes of those that a change of clocks
 * skips or repeats is decided here, after RFC 5545, 3.3.5: one that is skipped comes as much later as clocks were put forward,
 * one that is repeated comes the first time. A line for every hour goes by time that passes: it also comes in the repeated one.
 */
import { Cron } from "croner";
import cronstrue from "cronstrue";
import { offsetsAround, whenShown } from "./wall-clock.ts";

export interface Timing {
  readonly cron: string;
  readonly timeZone: string;
}

const hourMs = 3_600_000;
const isEveryHour = (cron: string): boolean => /^\*(\/1)?$/.test(cron.trim().split(/\s+/)[1] ?? "");

/** Instants at which a line is due, after one, ascending; milliseconds since 1970, UTC. Endless for a line that comes again. */
export function* occurrences({ cron, timeZone }: Timing, after: number): Generator<number> {
  const pattern = new Cron(cron, { timezone: "UTC", paused: true, mode: "5-part" });
  const isTwice = isEveryHour(cron);
  // Wall-clock times that are passed over would come before; a change of clocks may bring a later one sooner.
  let wall: Date | null = new Date(after + Math.min(...offsetsAround(after, timeZone)) - 3 * hourMs);
  let waiting: number[] = [];
  let last = after;
  for (;;) {
    wall = pattern.nextRun(wall);
    const offsets = wall && offsetsAround(wall.getTime(), timeZone);
    // Nothing that follows can come before this.
    const settled = wall && offsets ? wall.getTime() - Math.max(...offsets) : Number.POSITIVE_INFINITY;
    waiting.sort((one, other) => one - other);
    for (const instant of waiting.filter((one) => one < settled)) {
      if (instant > last) yield instant;
      last = Math.max(last, instant);
    }
    waiting = waiting.filter((one) => one >= settled);
    if (!wall) return;
    const { instants, skippedAs } = whenShown(wall.getTime(), timeZone);
    waiting.push(...(instants.length === 0 ? [skippedAs] : isTwice ? instants : instants.slice(0, 1)));
  }
}

/** The first instant after one at which a line is due; null when there is none. */
export function nextAfter(timing: Timing, after: number): number | null {
  const { value } = occurrences(timing, after).next();
  return value ?? null;
}

/** A line in words, such as "At 02:30, Monday through Friday". */
export const cronWords = (cron: string): string =>
  cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false });
