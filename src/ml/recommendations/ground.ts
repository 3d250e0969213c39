/** What speaks most for an offer, in the terms and words of the analysis recommendations. */
import { type HybridWeights, type Shelf, type Source, sources } from "./hybrid.ts";

export interface Ground {
  readonly source: Source;
  /** The same in words, with the product of the history that led to it. */
  readonly reason: string;
}

/** The source with the largest part of the score, and of it the product with the largest part. @param names by product id */
export function groundOf(
  id: string,
  history: readonly string[],
  shelf: Shelf,
  weights: HybridWeights,
  names: ReadonlyMap<string, string>,
): Ground {
  const parts: Record<Source, { sum: number; most: number; from: string }> = {
    together: { sum: 0, most: 0, from: "" },
    similar: { sum: 0, most: 0, from: "" },
    popular: { sum: weights.popular * (shelf.popular.get(id) ?? 0), most: 0, from: "" },
  };
  for (const [at, product] of history.entries()) {
    for (const source of ["together", "similar"] as const) {
      const beside = shelf[source].get(product);
      const place = beside?.keys.indexOf(id) ?? -1;
      if (place < 0) continue;
      const part = parts[source];
      const value = weights[source] * weights.recency ** (history.length - 1 - at) * (beside?.weights[place] ?? 0);
      part.sum += value;
      if (value >= part.most) Object.assign(part, { most: value, from: product });
    }
  }
  // Where two weigh the same, the later name in the alphabet, as the analysis has it.
  const source = [...sources].sort((a, b) => parts[b].sum - parts[a].sum || (a < b ? 1 : -1))[0] ?? "popular";
  const name = names.get(parts[source].from) ?? "";
  const reason = { together: `goes with ${name}`, similar: `is like ${name}`, popular: "is bought by many" }[source];
  return { source, reason };
}
