/** What to offer to somebody with a history: products seen together, products alike, products that sell. */

/** Products beside one, the heaviest first. */
export interface Beside {
  readonly keys: readonly string[];
  readonly weights: readonly number[];
}

/** What recommendations are made of, by product key. */
export interface Shelf {
  /** Chance, roughly, that the product follows; see `togetherOf`. */
  readonly together: ReadonlyMap<string, Beside>;
  /** Likeness of category, brand, price and name, from 0 to 1. */
  readonly similar: ReadonlyMap<string, Beside>;
  /** Share of the recent buyers who bought it, the most bought first. */
  readonly popular: ReadonlyMap<string, number>;
}

export const sources = ["together", "similar", "popular"] as const;
export type Source = (typeof sources)[number];

/** How the sources are weighed against each other, and recent products against older ones. */
export interface HybridWeights extends Readonly<Record<Source, number>> {
  /** Weight of a product of the history against the one after it, in (0, 1]. */
  readonly recency: number;
}

/** Products a neighbour's chance is held back by: few sightings prove little. */
const shrinkage = 10;
/** Power of a neighbour's popularity by which it is divided. */
const commonness = 0.1;
const mostNeighbours = 50;

/**
 * Counts as chances: the weight over the people who touched the product (and ten more), and a little less for what everybody touches.
 *
 * @param counts neighbours of each product with the summed weights
 * @param people people who touched each product
 */
export function togetherOf(
  counts: ReadonlyMap<string, Beside>,
  people: ReadonlyMap<string, number>,
): ReadonlyMap<string, Beside> {
  return new Map(
    [...counts].map(([product, { keys, weights }]) => {
      const own = (people.get(product) ?? 0) + shrinkage;
      const ranked = keys
        .map((key, at) => ({ key, weight: weights[at]! / own / Math.max(1, people.get(key) ?? 1) ** commonness }))
        .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
        .slice(0, mostNeighbours);
      return [product, { keys: ranked.map(({ key }) => key), weights: ranked.map(({ weight }) => weight) }];
    }),
  );
}

/**
 * Scores of products for one history; what is not in the result has none.
 *
 * @param history product keys, the oldest first
 */
export function scoreHybrid(
  history: readonly string[],
  { together, similar, popular }: Shelf,
  weights: HybridWeights,
): Map<string, number> {
  const scores = new Map<string, number>();
  const add = (key: string, score: number): void => {
    scores.set(key, (scores.get(key) ?? 0) + score);
  };
  for (const [key, share] of popular) if (weights.popular > 0) add(key, weights.popular * share);
  let importance = 1;
  for (let at = history.length - 1; at >= 0; at -= 1) {
    for (const [source, lists] of [
      ["together", together],
      ["similar", similar],
    ] as const) {
      const beside = weights[source] > 0 ? lists.get(history[at]!) : undefined;
      for (const [place, key] of beside?.keys.entries() ?? [])
        add(key, importance * weights[source] * beside!.weights[place]!);
    }
    importance *= weights.recency;
  }
  return scores;
}

/** The best-scored products without those left out; ties by key. */
export function best(
  scores: ReadonlyMap<string, number>,
  leftOut: ReadonlySet<string>,
  count: number,
): readonly string[] {
  return [...scores]
    .filter(([key]) => !leftOut.has(key))
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([key]) => key);
}
