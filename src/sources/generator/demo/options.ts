import { DAY_MS, dayAfter, dayStart } from "../day.ts";
import { integerIn } from "../integer-in.ts";
import type { DemoOptions } from "./types.ts";

/** Checked options of the demo shop, with the period as instants. */
export interface DemoShape extends Required<DemoOptions> {
  /** Start of the first day, milliseconds since 1970, UTC. */
  readonly start: number;
  /** End of the last day, not included. */
  readonly end: number;
}

/** Checks the options and fills in their defaults. */
export function demoShape(options: DemoOptions): DemoShape {
  const firstDay = options.firstDay ?? "2025-11-01";
  const start = dayStart(firstDay);
  const days = integerIn("days", options.days ?? 365, 30, 1_100);
  return {
    seed: integerIn("seed", options.seed ?? 1, 0, 2 ** 32 - 1),
    customers: integerIn("customers", options.customers ?? 6_000, 10, 200_000),
    products: integerIn("products", options.products ?? 120, 8, 2_000),
    firstDay,
    days,
    orders: integerIn("orders", options.orders ?? 4_300, 10, 200_000),
    start,
    end: start + days * DAY_MS,
  };
}

/** The calendar day, UTC, of day number `day` of the shop (0 is the first). */
export const dayText = (shape: DemoShape, day: number): string => dayAfter(shape.start, day);

/** Day number of an instant. */
export const dayOf = (shape: DemoShape, instant: number): number => Math.floor((instant - shape.start) / DAY_MS);
