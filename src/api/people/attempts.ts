/**
 * How often a sign-in may be tried: so many times in a quarter of an hour for an account, for an address and for a browser.
 * Kept over restarts, under keyed hashes of what is counted.
 */
import { createHmac } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { SecretFile } from "../secret-file.ts";

/** What is counted: the e-mail address that was typed, the network it came from, a browser that has been signed in before. */
export interface Counted {
  readonly kind: "account" | "address" | "browser";
  readonly value: string;
}

/** An attempt may be made, and is counted; or it may be made again in so many seconds. */
export type Leave = { readonly kind: "counted" } | { readonly kind: "wait"; readonly seconds: number };

export const windowMs = 15 * 60_000;
const most: Readonly<Record<Counted["kind"], number>> = { account: 10, address: 30, browser: 10 };
/** Those tried last are kept when a flood counts more. */
const mostKept = 2000;

type Stored = Readonly<Record<string, readonly number[]>>;

export class Attempts {
  readonly #file: SecretFile<Stored>;
  readonly #key: () => Buffer;
  readonly #clock: Clock;

  constructor(workspaceFolder: string, key: () => Buffer, clock: Clock) {
    this.#file = new SecretFile<Stored>(workspaceFolder, "sign-in-attempts.json", {});
    this.#key = key;
    this.#clock = clock;
  }

  #nameOf({ kind, value }: Counted): string {
    return createHmac("sha256", this.#key()).update(`${kind} ${value}`).digest("base64url").slice(0, 22);
  }

  /** Counts an attempt before it is judged, so that many at once are not more than many in turn. */
  take(counted: readonly Counted[]): Leave {
    const now = this.#clock.now();
    const outcome = { seconds: 0 };
    this.#file.change((stored) => {
      const live = Object.entries(stored)
        .map(([name, times]) => [name, times.filter((at) => at > now - windowMs)] as const)
        .filter(([, times]) => times.length > 0);
      const known = new Map(live);
      for (const one of counted) {
        const times = known.get(this.#nameOf(one)) ?? [];
        const [first = now] = times;
        if (times.length >= most[one.kind])
          outcome.seconds = Math.max(outcome.seconds, Math.ceil((first + windowMs - now) / 1000));
      }
      if (outcome.seconds > 0) return stored;
      for (const name of counted.map((one) => this.#nameOf(one))) {
        const times = known.get(name) ?? [];
        known.delete(name);
        known.set(name, [...times, now]);
      }
      return Object.fromEntries([...known].slice(-mostKept));
    });
    return outcome.seconds > 0 ? { kind: "wait", seconds: outcome.seconds } : { kind: "counted" };
  }

  /** Takes the last attempt back: it was the right password. */
  giveBack(counted: readonly Counted[]): void {
    const names = counted.map((one) => this.#nameOf(one));
    this.#file.change((stored) =>
      Object.fromEntries(
        Object.entries(stored)
          .map(([name, times]) => [name, names.includes(name) ? times.slice(0, -1) : times] as const)
          .filter(([, times]) => times.length > 0),
      ),
    );
  }
}
