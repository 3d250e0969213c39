import type { Random } from "../../../stats/random.ts";
import { DAY_MS } from "../day.ts";
import type { DemoShape } from "./options.ts";
import { CAMPAIGNS, HOURS, ORDER_SEASON, WEEKDAY_SEASON } from "./planted.ts";

export type Campaign = (typeof CAMPAIGNS)[number];

/** The shop's days: how busy each is, which sale is on, which month it belongs to. */
export interface Calendar {
  /** Month of the year of a day number, January 0. */
  readonly month: (day: number) => number;
  readonly campaign: (day: number) => Campaign | null;
  /** Sum of the busyness of days 0..day-1; an average day without a sale counts about 1. `busyBefore(days)` is the total. */
  readonly busyBefore: (day: number) => number;
  /** A day of [from, to) with probability in proportion to its busyness. */
  readonly drawDay: (random: Random, from: number, to: number) => number;
}

export function createCalendar(shape: DemoShape): Calendar {
  const months: number[] = [];
  const campaigns: (Campaign | null)[] = [];
  const busy = new Float64Array(shape.days + 1);
  for (let day = 0; day < shape.days; day++) {
    const date = new Date(shape.start + day * DAY_MS);
    const monthDay = date.toISOString().slice(5, 10);
    const campaign = CAMPAIGNS.find(({ first, last }) => first <= monthDay && monthDay <= last) ?? null;
    const season = (ORDER_SEASON[date.getUTCMonth()] ?? 1) * (WEEKDAY_SEASON[date.getUTCDay()] ?? 1);
    months.push(date.getUTCMonth());
    campaigns.push(campaign);
    busy[day + 1] = (busy[day] ?? 0) + season * (campaign?.demandMultiplier ?? 1);
  }
  const busyBefore = (day: number) => busy[Math.max(0, Math.min(shape.days, day))] ?? 0;
  return {
    month: (day) => months[day] ?? 0,
    campaign: (day) => campaigns[day] ?? null,
    busyBefore,
    drawDay: (random, from, to) => {
      const wanted = busyBefore(from) + random.uniform() * (busyBefore(to) - busyBefore(from));
      let low = Math.max(0, from);
      let high = Math.min(shape.days, to);
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (busyBefore(middle) <= wanted) low = middle;
        else high = middle;
      }
      return low;
    },
  };
}

const HOUR_TOTAL = HOURS.reduce((sum, weight) => sum + weight, 0);

/** Milliseconds into a day, by the shop's busy hours. */
export function drawTimeOfDay(random: Random): number {
  let left = random.uniform() * HOUR_TOTAL;
  let hour = 0;
  for (const weight of HOURS) {
    if (left < weight) break;
    left -= weight;
    hour++;
  }
  return Math.floor((Math.min(hour, 23) + random.uniform()) * 3_600_000);
}
