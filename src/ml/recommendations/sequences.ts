/** What users did, in order: user u's items are at [starts[u], starts[u + 1]), the oldest first. */
export interface Sequences {
  readonly itemCount: number;
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
}

export const userCountOf = ({ starts }: Sequences): number => starts.length - 1;

/** A user's items without the last `leftOut`; empty when there are no more. */
export const historyOf = ({ starts, items }: Sequences, user: number, leftOut: number): Uint32Array =>
  items.subarray(starts[user]!, Math.max(starts[user]!, starts[user + 1]! - leftOut));

/** How many users' histories hold each item. */
export function popularityOf(sequences: Sequences, leftOut: number): Float64Array {
  const popularity = new Float64Array(sequences.itemCount);
  for (let user = 0; user < userCountOf(sequences); user += 1) {
    for (const item of new Set(historyOf(sequences, user, leftOut))) popularity[item] = popularity[item]! + 1;
  }
  return popularity;
}
