import type { Points } from "./k-means.ts";

/** Points looked at; the cost grows with their square. */
const mostPoints = 3000;

/**
 * How well points sit in their clusters: the mean of (b - a) / max(a, b), a being the mean distance to the own cluster's other points
 * and b that to the nearest other cluster; from -1 to 1. On evenly spaced points where there are many.
 *
 * @returns for each cluster and over all; null with a single cluster
 * @see Rousseeuw (1987), Journal of Computational and Applied Mathematics 20, 53-65
 */
export function silhouette(
  { count, dimensions, values }: Points,
  assignment: ArrayLike<number>,
  clusterCount: number,
): { readonly overall: number; readonly byCluster: readonly (number | null)[] } | null {
  const step = Math.max(1, count / mostPoints);
  const sample = Array.from({ length: Math.min(count, mostPoints) }, (_, index) => Math.floor(index * step));
  const sizes = new Float64Array(clusterCount);
  for (const point of sample) sizes[assignment[point]!] = sizes[assignment[point]!]! + 1;
  if (sizes.filter((size) => size > 0).length < 2) return null;
  const sums = new Float64Array(clusterCount);
  const scores = new Float64Array(clusterCount);
  for (const point of sample) {
    sums.fill(0);
    for (const other of sample) {
      let squares = 0;
      for (let d = 0; d < dimensions; d += 1)
        squares += (values[point * dimensions + d]! - values[other * dimensions + d]!) ** 2;
      sums[assignment[other]!] = sums[assignment[other]!]! + Math.sqrt(squares);
    }
    const own = assignment[point]!;
    // A point alone in its cluster counts 0.
    if (sizes[own]! < 2) continue;
    const a = sums[own]! / (sizes[own]! - 1);
    let b = Number.POSITIVE_INFINITY;
    for (let cluster = 0; cluster < clusterCount; cluster += 1) {
      if (cluster !== own && sizes[cluster]! > 0) b = Math.min(b, sums[cluster]! / sizes[cluster]!);
    }
    const most = Math.max(a, b);
    scores[own] = scores[own]! + (most > 0 ? (b - a) / most : 0);
  }
  return {
    overall: scores.reduce((sum, score) => sum + score, 0) / sample.length,
    byCluster: Array.from(scores, (score, cluster) => (sizes[cluster]! > 0 ? score / sizes[cluster]! : null)),
  };
}
