/** Keeps how things stand with the data: it is read once per data version, and at most twice a minute while data change all the time. */
import { setTimeout as sleep } from "node:timers/promises";
import { nothingKnown, type Standing } from "./standing.ts";

const freshMs = 30_000;
/** What is read costs a part of the engine's time as small as this, however large the shop. */
const mostTimeShare = 1 / 30;
/** The longest that an answer waits to learn how things stand; then what was known before holds. */
const patienceMs = 2000;

export class StandingKeeper {
  readonly #read: () => Promise<Standing>;
  readonly #now: () => number;
  #standing: Standing = nothingKnown;
  #version: string | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #tookMs = 0;
  #reading: Promise<void> | null = null;

  constructor(read: () => Promise<Standing>, now: () => number) {
    this.#read = read;
    this.#now = now;
  }

  /** How things stand at a data version. While it cannot be read, what was known before holds: an answer is not refused for it. */
  async at(version: string): Promise<Standing> {
    const pauseMs = Math.max(freshMs, this.#tookMs / mostTimeShare);
    const isDue = this.#version !== version && this.#now() - this.#readAt >= pauseMs;
    if (isDue)
      this.#reading ??= this.#renew(version).finally(() => {
        this.#reading = null;
      });
    if (this.#reading) await Promise.race([this.#reading, sleep(patienceMs, undefined, { ref: false })]);
    return this.#standing;
  }

  async #renew(version: string): Promise<void> {
    this.#readAt = this.#now();
    const startedAt = performance.now();
    try {
      this.#standing = await this.#read();
      this.#version = version;
    } catch {
      // Asked again with the next question after the pause.
    }
    this.#tookMs = performance.now() - startedAt;
  }
}
