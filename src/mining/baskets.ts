/**
 * Baskets as item numbers: what the miners work on. Equal baskets may stand once, with how many there are.
 *
 * `items[starts[b] .. starts[b + 1]]` are the distinct items of basket `b`, `weights[b]` says how many such baskets there
 * are; `names[i]` is the natural id of item `i`.
 */
export interface Baskets {
  /** All baskets, the sum of the weights. */
  readonly basketCount: number;
  readonly names: readonly string[];
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly weights: Int32Array;
}

/**
 * Baskets out of lines that each name a transaction and an item. The same item twice in a transaction counts once; lines
 * whose transaction or item is empty are left out. Linear in the number of lines.
 *
 * @param transactions one transaction id a line, in any order
 * @param items        the item of the same line
 */
export function basketsOfLines(transactions: readonly string[], items: readonly string[]): Baskets {
  const basketOf = new Map<string, Set<string>>();
  for (const [line, transaction] of transactions.entries()) {
    const item = items[line] ?? "";
    if (transaction === "" || item === "") continue;
    const basket = basketOf.get(transaction);
    if (basket) basket.add(item);
    else basketOf.set(transaction, new Set([item]));
  }
  return basketsOfLists([...basketOf.values()].map((basket) => ({ items: [...basket], count: 1 })));
}

/**
 * Baskets that are given whole.
 *
 * @param lists distinct items, possibly none, and how many baskets have exactly them
 */
export function basketsOfLists(
  lists: readonly { readonly items: readonly string[]; readonly count: number }[],
): Baskets {
  const itemOf = new Map<string, number>();
  const starts = new Int32Array(lists.length + 1);
  for (const [index, { items }] of lists.entries()) starts[index + 1] = starts[index]! + items.length;
  const numbers = new Int32Array(starts[lists.length]!);
  const weights = Int32Array.from(lists, ({ count }) => count);
  let place = 0;
  for (const item of lists.flatMap(({ items }) => items)) {
    const number = itemOf.get(item) ?? itemOf.size;
    itemOf.set(item, number);
    numbers[place] = number;
    place += 1;
  }
  const basketCount = weights.reduce((sum, weight) => sum + weight, 0);
  return { basketCount, names: [...itemOf.keys()], starts, items: numbers, weights };
}
