/** Scores of items for one history. */
import type { Neighbours } from "./co-visits.ts";

/** Adds the scores of items to `scores` and returns those that now have one; all others stay 0. */
export type ScoreItems = (history: Uint32Array, scores: Float64Array) => readonly number[];

/**
 * The neighbours of each item in the history, weighed by how recent the item is and held against how common each end is.
 *
 * @param recency weight of an item against the one after it, in (0, 1]
 * @param commonness power of the popularity by which a neighbour is divided: 0 favours the popular, 1 the rare
 * @param ownCommonness the same of the item in the history
 */
export function scoreByNeighbours(
  { starts, item, weight }: Neighbours,
  popularity: Float64Array,
  recency: number,
  commonness: number,
  ownCommonness: number,
): ScoreItems {
  const share = popularity.map((count) => Math.max(1, count) ** -commonness);
  const ownShare = popularity.map((count) => Math.max(1, count) ** -ownCommonness);
  return (history, scores) => {
    const touched: number[] = [];
    let importance = 1;
    for (let at = history.length - 1; at >= 0; at -= 1) {
      const own = history[at]!;
      for (let edge = starts[own]!; edge < starts[own + 1]!; edge += 1) {
        const other = item[edge]!;
        if (scores[other] === 0) touched.push(other);
        scores[other] = scores[other]! + importance * ownShare[own]! * weight[edge]! * share[other]!;
      }
      importance *= recency;
    }
    return touched;
  };
}

/** The most popular for everyone. */
export function scoreByPopularity(popularity: Float64Array): ScoreItems {
  const known = [...popularity.keys()].filter((item) => popularity[item]! > 0);
  return (_, scores) => {
    for (const item of known) scores[item] = popularity[item]!;
    return known;
  };
}
