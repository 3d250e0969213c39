/** A set of 64-bit fingerprints of texts: 8 bytes each in open addressing. It never forgets one that was added. */
import { hash } from "node:crypto";

/** First 64 bits of SHA-256, as two numbers; the engine computes the same (`known-ids.sql`). */
export function fingerprintOf(text: string): readonly [number, number] {
  const digest = hash("sha256", text, "hex");
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)];
}

const fullest = 0.6;

export class Fingerprints {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(high: number, low: number): boolean {
    return this.#isAt(this.#slotOf(high, low));
  }

  add(high: number, low: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#isAt(slot)) return;
    this.#high[slot] = high;
    // Two zeros mark a free slot; the one text in 2^64 that has them is kept as its neighbour.
    this.#low[slot] = high === 0 && low === 0 ? 1 : low;
    this.#size += 1;
    if (this.#size > this.#high.length * fullest) this.#grow();
  }

  #isAt(slot: number): boolean {
    return this.#high[slot] !== 0 || this.#low[slot] !== 0;
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#high.length - 1;
    const kept = high === 0 && low === 0 ? 1 : low;
    let slot = low & mask;
    while (this.#isAt(slot) && !(this.#high[slot] === high && this.#low[slot] === kept)) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    this.#size = 0;
    for (let index = 0; index < high.length; index += 1) {
      const [one, other] = [high[index] ?? 0, low[index] ?? 0];
      if (one !== 0 || other !== 0) this.add(one, other);
    }
  }
}
