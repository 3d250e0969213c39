/**
 * A set of 64-bit fingerprints of texts: 4 bytes each in tables of open addressing, the place giving further bits. It never
 * forgets one that was added; it takes one that was not for one that was about once in a thousand million times.
 */
import { hash } from "node:crypto";

/** First 64 bits of SHA-256, as two numbers; the engine computes the same (`known-ids.sql`). */
export function fingerprintOf(text: string): readonly [number, number] {
  const digest = hash("sha256", text, "hex");
  return [Number.parseInt(digest.slice(0, 8), 16), Number.parseInt(digest.slice(8, 16), 16)];
}

const fullest = 0.7;
const smallestTable = 2 ** 12;
const largestTable = 2 ** 24;

/** Zero marks a free slot; a fingerprint that begins with it is kept as its neighbour. */
const keptAs = (high: number): number => (high === 0 ? 1 : high);

export class Fingerprints {
  /** Full tables and, last, the one being filled, each twice as large as the one before: none is ever copied. */
  readonly #tables: Uint32Array[] = [new Uint32Array(smallestTable)];
  #inLast = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(high: number, low: number): boolean {
    return this.#tables.some((table) => table[slotOf(table, high, low)] !== 0);
  }

  add(high: number, low: number): void {
    if (this.has(high, low)) return;
    const table = this.#tableToFill();
    table[slotOf(table, high, low)] = keptAs(high);
    this.#inLast += 1;
    this.#size += 1;
  }

  #tableToFill(): Uint32Array {
    const last = this.#tables.at(-1);
    if (last && this.#inLast < last.length * fullest) return last;
    const next = new Uint32Array(Math.min(largestTable, 2 * (last?.length ?? smallestTable)));
    this.#tables.push(next);
    this.#inLast = 0;
    return next;
  }
}

/** Where a fingerprint stands in a table, or the free slot where it would. */
function slotOf(table: Uint32Array, high: number, low: number): number {
  const mask = table.length - 1;
  const kept = keptAs(high);
  let slot = low & mask;
  while (table[slot] !== 0 && table[slot] !== kept) slot = (slot + 1) & mask;
  return slot;
}
