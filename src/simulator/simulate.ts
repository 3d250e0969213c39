/** Shoppers without a screen on the public API of a running shop, and what became of it. */
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../stats/random.ts";
import { type Comparison, Desk } from "./desk.ts";
import { live } from "./live.ts";
import { loopbackOrigin } from "./loopback.ts";
import { Shopper } from "./shopper.ts";
import { Tally, type Traffic } from "./tally.ts";

export interface Simulation {
  /** Address of a server on this machine. */
  readonly address: string;
  /** A token of the role admin of the same workspace, for the desk's part. */
  readonly token: string;
  readonly visitors: number;
  readonly minutes: number;
  /** The same seed makes the same shoppers; what they meet depends on the shop and on each other. */
  readonly seed: number;
  /** Ends everything at once; the summary is that of what has happened. */
  readonly signal: AbortSignal;
  /** Told every few seconds. */
  readonly onProgress?: (traffic: Traffic) => void;
}

export interface SimulationSummary extends Traffic {
  readonly seconds: number;
  readonly is_cancelled: boolean;
  /** Null when the simulation was cancelled before it could be made. */
  readonly comparison: Comparison | null;
}

const minuteMs = 60_000;
/** Shoppers arrive in this part of the time; the rest is for those who came last. */
const arrivalShare = 0.85;
const usualPauseMs = 4000;
const deliveryPatienceMs = 10 * minuteMs;

/** @throws invalid_parameter when the address is not on this machine, or serves another workspace */
export async function simulate(options: Simulation): Promise<SimulationSummary> {
  const { visitors, seed, signal, onProgress } = options;
  const origin = loopbackOrigin(options.address);
  // Every shopper waits on it.
  setMaxListeners(0, signal);
  const tally = new Tally();
  const desk = new Desk({ origin, token: options.token, tally });
  await desk.checkSignIn(signal);
  const from = performance.now();
  const lengthMs = options.minutes * minuteMs;
  const random = createRandom(seed);
  const crowd = {
    origin,
    run: randomUUID().slice(0, 8),
    tally,
    signal,
    orders: new Set<number>(),
    // A simulation of seconds still has whole visits in it.
    pauseMs: Math.min(usualPauseMs, lengthMs / 120),
    until: from + lengthMs,
  };
  // Given how many come, the times of a Poisson process are uniform draws.
  const arrivals = Array.from({ length: visitors }, () => random.uniform() * arrivalShare * lengthMs).sort(
    (a, b) => a - b,
  );
  const closing = new AbortController();
  const staff = desk.work(crowd.orders, Math.max(500, crowd.pauseMs), AbortSignal.any([signal, closing.signal]));
  const ticking = onProgress ? setInterval(() => onProgress(tally.traffic), 10_000) : null;
  try {
    await Promise.all(
      arrivals.map(async (at, index) => {
        await sleep(at, undefined, { signal }).catch(() => {});
        if (!signal.aborted) await live(new Shopper(crowd, random.fork(index), index + 1), lengthMs / 8);
      }),
    );
  } finally {
    if (ticking) clearInterval(ticking);
    closing.abort();
    await staff;
  }
  const comparison = signal.aborted ? null : await settled(desk, signal);
  return {
    ...tally.traffic,
    seconds: Math.round((performance.now() - from) / 100) / 10,
    is_cancelled: signal.aborted,
    comparison,
  };
}

/** Null when it was stopped meanwhile. */
async function settled(desk: Desk, signal: AbortSignal): Promise<Comparison | null> {
  try {
    return await desk.settle(deliveryPatienceMs, signal);
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}
