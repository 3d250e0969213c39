/**
 * Frequent item sets as a tree: node 0 is the empty set, every other node adds `item[n]` to the set of `parent[n]`. Items are
 * numbered by rank, rarest first, and a node's item has a higher rank than its parent's, so that every set has one place.
 */
export interface ItemSets {
  /** Baskets that hold all items of the node's set. */
  readonly count: readonly number[];
  readonly parent: readonly number[];
  readonly item: readonly number[];
  /** Natural id of each item by its rank; only frequent items have one. */
  readonly names: readonly string[];
  readonly basketCount: number;
  /** The node of a set of ranks in rising order; undefined when the set is not frequent. */
  readonly find: (ranks: readonly number[]) => number | undefined;
}

/** A tree that grows a node at a time. */
export class ItemSetTree implements ItemSets {
  readonly count: number[];
  readonly parent: number[] = [-1];
  readonly item: number[] = [-1];
  readonly names: readonly string[];
  readonly basketCount: number;
  readonly #children = new Map<number, number>();

  constructor(names: readonly string[], basketCount: number) {
    this.names = names;
    this.basketCount = basketCount;
    this.count = [basketCount];
  }

  /** Adds the set of `parent` and `item`; returns its node. */
  add(parent: number, item: number, count: number): number {
    const node = this.count.length;
    this.count.push(count);
    this.parent.push(parent);
    this.item.push(item);
    this.#children.set(parent * this.names.length + item, node);
    return node;
  }

  find(ranks: readonly number[]): number | undefined {
    let node = 0;
    for (const rank of ranks) {
      const child = this.#children.get(node * this.names.length + rank);
      if (child === undefined) return undefined;
      node = child;
    }
    return node;
  }
}

/** The ranks of a node's set, rising. */
export function ranksOf(sets: ItemSets, node: number): number[] {
  const ranks: number[] = [];
  for (let at = node; at > 0; at = sets.parent[at] ?? 0) ranks.push(sets.item[at] ?? 0);
  return ranks.reverse();
}
