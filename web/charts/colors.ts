/** Binds colours to values: a brand keeps its colour while the reader filters, sorts and changes pages. */
import type { ColorOf } from "./drawing.ts";

function slotOf(value: string, slots: number): number {
  let hash = 0;
  for (const char of value) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % slots;
}

/** The slots given so far, by dimension; kept for as long as the page lives. */
export type ColorBook = Map<string, Map<string, number>>;

/**
 * A value takes the slot of its hash, or the next free one when another value of the dimension holds it; with more values
 * than colours, slots are shared. The same values asked in the same order always get the same colours.
 */
export function createColorOf(series: readonly string[], book: ColorBook = new Map()): ColorOf {
  return (dimension, value) => {
    const taken = book.get(dimension) ?? new Map<string, number>();
    book.set(dimension, taken);
    let slot = taken.get(value);
    if (slot === undefined) {
      const used = new Set(taken.values());
      slot = slotOf(value, series.length);
      for (let step = 0; used.size < series.length && used.has(slot) && step < series.length; step += 1) {
        slot = (slot + 1) % series.length;
      }
      taken.set(value, slot);
    }
    return series[slot] ?? "#888888";
  };
}
