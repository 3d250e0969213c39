import { dayStart } from "../day.ts";
import { integerIn } from "../integer-in.ts";

/** What a REES46-shaped stream is made of. Every option has a default; a value out of its limits is a `RangeError`. */
export interface Rees46Options {
  /** Exact number of events, 1 to 1,000,000,000. Default 1,000,000. */
  readonly events?: number;
  /** Integer in [0, 2^32). Default 1. The bytes depend on the seed and the options below, never on `workers`. */
  readonly seed?: number;
  /** First calendar day, UTC, as YYYY-MM-DD. Default 2019-10-01. */
  readonly firstDay?: string;
  /** Number of days, 1 to 3,660. Default 61 (October and November 2019). */
  readonly days?: number;
  /** Size of the visiting population, 1 to 100,000,000, of whom about nine in ten appear. Default events / 20. */
  readonly users?: number;
  /** Products on offer, 1 to 1,000,000. Default events / 20, at least 500 and at most 206,876 (as in the published two months). */
  readonly products?: number;
  /** Threads that fill slices, 0 to 64; 0 works in the calling thread. Default: the processors there are, at most 8. */
  readonly workers?: number;
}

/** The options with their defaults filled in, without `workers`: what the bytes are a function of. */
export type Rees46Shape = Required<Omit<Rees46Options, "workers">>;

/** Checks the options and fills in their defaults. */
export function rees46Shape(options: Rees46Options): Rees46Shape {
  const events = integerIn("events", options.events ?? 1_000_000, 1, 1_000_000_000);
  const firstDay = options.firstDay ?? "2019-10-01";
  dayStart(firstDay);
  return {
    events,
    seed: integerIn("seed", options.seed ?? 1, 0, 2 ** 32 - 1),
    firstDay,
    days: integerIn("days", options.days ?? 61, 1, 3_660),
    users: integerIn("users", options.users ?? Math.max(1, Math.round(events / 20)), 1, 100_000_000),
    products: integerIn(
      "products",
      options.products ?? Math.min(206_876, Math.max(500, Math.round(events / 20))),
      1,
      1_000_000,
    ),
  };
}
