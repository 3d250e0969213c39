/** How good a short list is, against what came true. */

/** Quality of one list; each from 0 to 1. */
export interface ListQuality {
  readonly averagePrecision: number;
  readonly recall: number;
  readonly ndcg: number;
}

/**
 * Average precision, recall and normalised discounted cumulative gain of a list cut at its length.
 *
 * @param list different items, the best first
 * @param relevant what came true, at least one item
 * @param cutoff length the list may have: an ideal list has min(cutoff, relevant) hits
 * @see Järvelin and Kekäläinen (2002), ACM TOIS 20(4), 422-446, for the gain with binary relevance
 */
export function listQuality(list: readonly string[], relevant: ReadonlySet<string>, cutoff: number): ListQuality {
  const most = Math.min(cutoff, relevant.size);
  let [hits, precisions, gain, ideal] = [0, 0, 0, 0];
  for (const [place, item] of list.slice(0, cutoff).entries()) {
    if (!relevant.has(item)) continue;
    hits += 1;
    precisions += hits / (place + 1);
    gain += 1 / Math.log2(place + 2);
  }
  for (let place = 0; place < most; place += 1) ideal += 1 / Math.log2(place + 2);
  return { averagePrecision: precisions / most, recall: hits / relevant.size, ndcg: gain / ideal };
}
