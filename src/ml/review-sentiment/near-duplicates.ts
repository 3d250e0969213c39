/** Texts that are nearly the same as another. */

const shingleWords = 3;
/** Texts of fewer words agree by chance ("great product, fast delivery"). */
const fewestWords = 8;
const likeness = 0.7;
const bandCount = 12;
const rowsPerBand = 4;
/** Of texts that share a band only so many neighbours are compared: a thousand copies are found from the first. */
const mostCompared = 20;

/** A 32-bit hash of a text. @see Fowler, Noll and Vo: FNV-1a */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A bijection of 32-bit numbers, another for each seed: the finaliser of MurmurHash3. */
function mixed(value: number, seed: number): number {
  let mix = value ^ Math.imul(seed + 1, 0x9e3779b1);
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

function shinglesOf(text: string): ReadonlySet<number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length < fewestWords) return new Set();
  return new Set(
    words
      .slice(0, words.length - shingleWords + 1)
      .map((_, at) => hashOf(words.slice(at, at + shingleWords).join(" "))),
  );
}

/** Shingles in both over shingles in either. */
function jaccard(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let both = 0;
  for (const shingle of one) if (other.has(shingle)) both += 1;
  return both / (one.size + other.size - both);
}

/**
 * For each text the position of another that shares at least 0.7 of their three-word runs with it (Jaccard), the first found;
 * null where there is none, and for texts of fewer than eight words. Candidates are found by MinHash in bands, which misses one pair in
 * a thousand at 0.8 and one in forty at 0.7.
 *
 * @see Broder (1997), "On the Resemblance and Containment of Documents"; Leskovec, Rajaraman and Ullman (2014), Mining of
 *   Massive Datasets, section 3.4
 */
export function nearDuplicates(texts: readonly string[]): readonly (number | null)[] {
  const shingles = texts.map(shinglesOf);
  const found = new Array<number | null>(texts.length).fill(null);
  for (let band = 0; band < bandCount; band += 1) {
    const bucket = new Map<string, number[]>();
    for (const [row, own] of shingles.entries()) {
      if (own.size === 0) continue;
      const smallest = new Array<number>(rowsPerBand).fill(0xffffffff);
      for (const shingle of own)
        for (let line = 0; line < rowsPerBand; line += 1)
          smallest[line] = Math.min(smallest[line]!, mixed(shingle, band * rowsPerBand + line));
      const key = smallest.join();
      const others = bucket.get(key) ?? [];
      for (const other of others.slice(0, mostCompared)) {
        if (found[row] !== null && found[other] !== null) continue;
        if (jaccard(own, shingles[other]!) < likeness) continue;
        found[row] ??= other;
        found[other] ??= row;
      }
      bucket.set(key, [...others.slice(0, mostCompared), row].slice(0, mostCompared + 1));
    }
  }
  return found;
}
