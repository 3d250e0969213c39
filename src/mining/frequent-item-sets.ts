import { CartwrightError } from "../errors.ts";
import type { Baskets } from "./baskets.ts";
import { type ItemSets, ItemSetTree } from "./item-sets.ts";

export interface FrequentOptions {
  /** Fewest baskets a set must be in. */
  readonly minCount: number;
  /** Most items of a set. */
  readonly maxLength: number;
  /** Most sets kept before the search is given up as too wide. */
  readonly maxSets?: number;
}

/** Baskets by a share: the fewest that are at least `share` of `basketCount`. */
export function countOfShare(share: number, basketCount: number): number {
  let count = Math.ceil(share * basketCount);
  while (count > 0 && (count - 1) / basketCount >= share) count -= 1;
  while (basketCount > 0 && count / basketCount < share) count += 1;
  return count;
}

/**
 * Every item set that at least `minCount` baskets hold, with its exact count, depth first.
 *
 * Occurrence deliver: the baskets of a set are gone through once, each handed on to the sets that one more of its items
 * makes. Costs are those of the occurrences themselves, never of pairs of items that no basket holds, so a catalogue of
 * many rare products is as cheap as one of few.
 *
 * @throws too_many_item_sets when more than `maxSets` (2,000,000) sets are frequent
 * @see Uno, Kiyomi, Arimura (2004), LCM ver. 2: Efficient Mining Algorithms for Frequent/Closed/Maximal Itemsets, FIMI'04
 */
export function frequentItemSets(baskets: Baskets, options: FrequentOptions): ItemSets {
  const { maxLength, maxSets = 2_000_000 } = options;
  const minCount = Math.max(1, options.minCount);
  const ranked = rankItems(baskets, minCount);
  const { starts, ranks, names } = ranked;
  const { weights } = baskets;
  const tree = new ItemSetTree(names, baskets.basketCount);
  const tally = new Int32Array(names.length);
  const rows = new Int32Array(names.length);

  /** Sets that extend `node` by one item above `last`; `occurrences` are the node's baskets. */
  const extend = (node: number, last: number, occurrences: Int32Array, length: number): void => {
    const touched: number[] = [];
    for (const basket of occurrences) {
      for (let place = starts[basket + 1]! - 1; place >= starts[basket]!; place -= 1) {
        const rank = ranks[place]!;
        if (rank <= last) break;
        if (tally[rank] === 0) touched.push(rank);
        tally[rank] = tally[rank]! + weights[basket]!;
        rows[rank] = rows[rank]! + 1;
      }
    }
    const frequent = touched.filter((rank) => tally[rank]! >= minCount).sort((a, b) => a - b);
    const slots = new Map<number, { readonly baskets: Int32Array; filled: number }>();
    const children = frequent.map((rank) => {
      if (tree.count.length > maxSets) throw tooMany(maxSets, minCount);
      if (length + 1 < maxLength) slots.set(rank, { baskets: new Int32Array(rows[rank]!), filled: 0 });
      return { rank, child: tree.add(node, rank, tally[rank]!) };
    });
    for (const rank of touched) {
      tally[rank] = 0;
      rows[rank] = 0;
    }
    if (slots.size === 0) return;
    for (const basket of occurrences) {
      for (let place = starts[basket + 1]! - 1; place >= starts[basket]!; place -= 1) {
        const rank = ranks[place]!;
        if (rank <= last) break;
        const slot = slots.get(rank);
        if (!slot) continue;
        slot.baskets[slot.filled] = basket;
        slot.filled += 1;
      }
    }
    for (const { rank, child } of children) {
      const slot = slots.get(rank);
      slots.delete(rank);
      if (slot) extend(child, rank, slot.baskets, length + 1);
    }
  };

  const all = Int32Array.from({ length: starts.length - 1 }, (_, basket) => basket);
  if (maxLength > 0) extend(0, -1, all, 0);
  return tree;
}

const tooMany = (maxSets: number, minCount: number): CartwrightError =>
  new CartwrightError(
    "too_many_item_sets",
    `more than ${maxSets.toLocaleString("en")} item sets are in at least ${minCount} baskets`,
  );

/** The baskets with frequent items only, as ranks in rising order: rarest first, ties by name. */
function rankItems(baskets: Baskets, minCount: number) {
  const { starts, items, names, weights } = baskets;
  const counts = new Int32Array(names.length);
  for (const [basket, weight] of weights.entries()) {
    for (let place = starts[basket]!; place < starts[basket + 1]!; place += 1) {
      counts[items[place]!] = counts[items[place]!]! + weight;
    }
  }
  const frequent = names
    .map((name, item) => ({ name, item, count: counts[item]! }))
    .filter(({ count }) => count >= minCount)
    .sort((a, b) => a.count - b.count || (a.name < b.name ? -1 : 1));
  const rankOf = new Int32Array(names.length).fill(-1);
  for (const [rank, { item }] of frequent.entries()) rankOf[item] = rank;
  const keptStarts = new Int32Array(starts.length);
  const ranks = new Int32Array(items.length);
  let place = 0;
  for (let basket = 0; basket + 1 < starts.length; basket += 1) {
    for (let from = starts[basket]!; from < starts[basket + 1]!; from += 1) {
      const rank = rankOf[items[from]!]!;
      if (rank < 0) continue;
      ranks[place] = rank;
      place += 1;
    }
    keptStarts[basket + 1] = place;
    ranks.subarray(keptStarts[basket], place).sort();
  }
  return { starts: keptStarts, ranks, names: frequent.map(({ name }) => name) };
}
