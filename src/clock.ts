/** The only place that reads the wall clock; everything that needs time takes a `Clock`. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** The instant as ISO 8601 in UTC with milliseconds. */
export const isoNow = (clock: Clock): string => new Date(clock.now()).toISOString();
