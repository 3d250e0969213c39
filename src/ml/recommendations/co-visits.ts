/** Which items go together, counted from what users did. */
import { historyOf, type Sequences, userCountOf } from "./sequences.ts";

/** For each item the items seen with it: item i's are at [starts[i], starts[i + 1]). */
export interface Neighbours {
  readonly starts: Uint32Array;
  readonly item: Uint32Array;
  readonly weight: Float64Array;
}

export interface CoVisitRules {
  /** Weight of an item that came later, so many items apart. */
  readonly forward: (gap: number) => number;
  /** Weight of an item that came earlier. */
  readonly backward: (gap: number) => number;
  /** Items further apart than this do not go together. */
  readonly furthest: number;
}

/** Equal weights however far apart: what cosine similarity counts. */
export const unordered: CoVisitRules = { forward: () => 1, backward: () => 1, furthest: 50 };

/** Near items weigh more, and earlier ones `backwardShare` as much as later ones. */
export const sequenceAware = (backwardShare: number): CoVisitRules => ({
  forward: (gap) => 1 / gap,
  backward: (gap) => backwardShare / gap,
  furthest: 50,
});

/**
 * Adds up the weights of all pairs; cost grows with users times history times `furthest`.
 *
 * @param leftOut how many of each user's last items are not counted
 */
export function countCoVisits(sequences: Sequences, rules: CoVisitRules, leftOut: number): Neighbours {
  const occurrences = occurrencesOf(sequences, leftOut);
  const forward = Float64Array.from({ length: rules.furthest + 1 }, (_, gap) => (gap === 0 ? 0 : rules.forward(gap)));
  const backward = Float64Array.from({ length: rules.furthest + 1 }, (_, gap) => (gap === 0 ? 0 : rules.backward(gap)));
  const { itemCount, items } = sequences;
  const sums = new Float64Array(itemCount);
  const starts = new Uint32Array(itemCount + 1);
  const item: number[] = [];
  const weight: number[] = [];
  for (let one = 0; one < itemCount; one += 1) {
    const touched: number[] = [];
    for (let at = occurrences.starts[one]!; at < occurrences.starts[one + 1]!; at += 1) {
      const place = occurrences.place[at]!;
      const first = Math.max(occurrences.first[at]!, place - rules.furthest);
      const end = Math.min(occurrences.end[at]!, place + rules.furthest + 1);
      for (let other = first; other < end; other += 1) {
        const neighbour = items[other]!;
        if (neighbour === one) continue;
        if (sums[neighbour] === 0) touched.push(neighbour);
        sums[neighbour] = sums[neighbour]! + (other > place ? forward[other - place]! : backward[place - other]!);
      }
    }
    for (const neighbour of touched) {
      item.push(neighbour);
      weight.push(sums[neighbour]!);
      sums[neighbour] = 0;
    }
    starts[one + 1] = item.length;
  }
  return { starts, item: Uint32Array.from(item), weight: Float64Array.from(weight) };
}

interface Occurrences {
  readonly starts: Uint32Array;
  /** Position of the occurrence, and of the first item and past the last of its user, in the sequences' items. */
  readonly place: Uint32Array;
  readonly first: Uint32Array;
  readonly end: Uint32Array;
}

function occurrencesOf(sequences: Sequences, leftOut: number): Occurrences {
  const { itemCount, items, starts: users } = sequences;
  const starts = new Uint32Array(itemCount + 1);
  for (let user = 0; user < userCountOf(sequences); user += 1)
    for (const item of historyOf(sequences, user, leftOut)) starts[item + 1]! += 1;
  for (let item = 0; item < itemCount; item += 1) starts[item + 1]! += starts[item]!;
  const next = starts.slice(0, itemCount);
  const [place, first, end] = [0, 1, 2].map(() => new Uint32Array(starts[itemCount]!)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  for (let user = 0; user < userCountOf(sequences); user += 1) {
    const stop = users[user]! + historyOf(sequences, user, leftOut).length;
    for (let at = users[user]!; at < stop; at += 1) {
      const slot = next[items[at]!]!;
      next[items[at]!] = slot + 1;
      place[slot] = at;
      first[slot] = users[user]!;
      end[slot] = stop;
    }
  }
  return { starts, place, first, end };
}
