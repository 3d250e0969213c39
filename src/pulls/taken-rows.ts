/** Which rows of a run are new, and what has to be remembered of it. */
import { createHash } from "node:crypto";
import type { PulledRow } from "./source.ts";
import type { PullState } from "./state.ts";
import { isWithin, later } from "./watermark.ts";

const leastToPrune = 10_000;

/** Tells new rows from those that an earlier run took, by what they hold: a changed row is new. */
export class TakenRows {
  readonly #overlap: number;
  readonly #isOrdered: boolean;
  /** How often each row of earlier runs will still be seen. */
  readonly #known = new Map<string, number>();
  #window: { readonly watermark: string; readonly digest: string }[] = [];
  #pruneAt = leastToPrune;
  #newest: string | null;
  readonly #before: PullState;

  constructor(before: PullState, overlapSeconds: number, isOrdered: boolean) {
    this.#before = before;
    this.#overlap = overlapSeconds;
    this.#isOrdered = isOrdered;
    this.#newest = before.watermark;
    for (const digest of before.seen) this.#known.set(digest, (this.#known.get(digest) ?? 0) + 1);
  }

  /** Notes a row; false when an earlier run took it. */
  isNew({ watermark }: PulledRow, text: string): boolean {
    const digest = createHash("sha256").update(text).digest("base64").slice(0, 32);
    this.#newest = this.#isOrdered ? watermark : later(this.#newest, watermark);
    this.#window.push({ watermark, digest });
    if (this.#window.length >= this.#pruneAt) {
      this.#prune();
      this.#pruneAt = Math.max(leastToPrune, 2 * this.#window.length);
    }
    const times = this.#known.get(digest) ?? 0;
    if (times === 0) return true;
    this.#known.set(digest, times - 1);
    return false;
  }

  /** The state once the new rows are in the warehouse. */
  after(hasNew: boolean): PullState {
    const { run, seen } = this.#before;
    this.#prune();
    const now = this.#window.map(({ digest }) => digest);
    return { run: hasNew ? run + 1 : run, watermark: this.#newest, seen: now.length > 0 ? now : seen };
  }

  #prune(): void {
    const newest = this.#newest;
    if (newest === null) return;
    this.#window = this.#window.filter(({ watermark }) => isWithin(watermark, newest, this.#overlap));
  }
}
