/**
 * Which variant a unit sees: a function of its id and the experiment's settings, the same in a page, a server and here. This file
 * imports nothing, so that it can be bundled into a shop's own code as it stands.
 */

export interface AssignmentSettings {
  /** Makes one experiment's draw independent of any other's; never changed while it runs. */
  readonly salt: string;
  /** Names and weights (any positive scale), the control first. */
  readonly variants: readonly { readonly name: string; readonly weight: number }[];
  /** Share of units let in, from 0 to 1. Raising it lets more in and moves nobody. */
  readonly ramp_rate: number;
  /** Experiments of one namespace share its units out among them: each owns a part from `from` up to, not including, `to`. */
  readonly namespace: { readonly name: string; readonly from: number; readonly to: number } | null;
}

/** The variant of a unit, or null when it stays outside: another part of the namespace, or not yet ramped up. */
export function assign(unitId: string, settings: AssignmentSettings): string | null {
  const { salt, variants, ramp_rate: rampRate, namespace } = settings;
  if (namespace) {
    const place = position(`namespace:${namespace.name}`, unitId);
    if (place < namespace.from || place >= namespace.to) return null;
  }
  if (position(`ramp:${salt}`, unitId) >= rampRate) return null;
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  const place = position(`variant:${salt}`, unitId) * total;
  let edge = 0;
  for (const variant of variants) {
    edge += variant.weight;
    if (place < edge) return variant.name;
  }
  return variants.at(-1)?.name ?? null;
}

/** A place in [0, 1) that looks random, is always the same, and differs from purpose to purpose. */
export const position = (purpose: string, unitId: string): number => murmur3(`${purpose}:${unitId}`) / 2 ** 32;

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

const scramble = (word: number): number => Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);

/**
 * MurmurHash3, 32 bits, of a text's UTF-8 bytes with seed 0 unless given.
 *
 * @see Appleby (2011), MurmurHash3_x86_32, public domain
 */
export function murmur3(text: string, seed = 0): number {
  const bytes = new TextEncoder().encode(text);
  const blocks = bytes.length >> 2;
  let h = seed;
  for (let block = 0; block < blocks; block++) {
    const at = block * 4;
    const word =
      (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    h = Math.imul(rotate(h ^ scramble(word), 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= blocks * 4; at--) tail = (tail << 8) | (bytes[at] ?? 0);
  h ^= scramble(tail) ^ bytes.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
