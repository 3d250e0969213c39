import { quantileSorted } from "./quantile.ts";
import type { Random } from "./random.ts";

export interface QuantileDifference {
  readonly control: number;
  readonly treatment: number;
  /** Treatment minus control. */
  readonly effect: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Difference of a quantile between two arms with its bootstrap interval (percentiles of the resampled differences).
 *
 * No resample is drawn: the rank that a bootstrap sample's quantile has in the sorted data is very nearly binomial, so a draw
 * of two ranks stands for a resample of two arms, and a million units cost one sort.
 *
 * @param p the quantile, in (0, 1)
 * @param random a seeded generator; @param replicates how many differences
 * @see Schultzberg and Ankargren (2022), "Resampling-free bootstrap inference for quantiles", arXiv:2202.10992
 */
export function bootstrapQuantile(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  p: number,
  random: Random,
  { alpha = 0.05, replicates = 4_000 }: { readonly alpha?: number; readonly replicates?: number } = {},
): QuantileDifference {
  const a = Float64Array.from(control).sort();
  const b = Float64Array.from(treatment).sort();
  const draw = (sorted: Float64Array): number => {
    const rank = random.binomial(sorted.length + 1, p);
    return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1]!;
  };
  const differences = Float64Array.from({ length: replicates }, () => draw(b) - draw(a)).sort();
  const controlQuantile = quantileSorted(a, p);
  const treatmentQuantile = quantileSorted(b, p);
  return {
    control: controlQuantile,
    treatment: treatmentQuantile,
    effect: treatmentQuantile - controlQuantile,
    lower: quantileSorted(differences, alpha / 2),
    upper: quantileSorted(differences, 1 - alpha / 2),
  };
}
