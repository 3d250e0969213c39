import type { CoMoments } from "./co-moments.ts";
import { type Comparison, normalComparison } from "./comparison.ts";
import type { Estimate } from "./relative-effect.ts";

/**
 * A ratio of two sums over units, say revenue over orders with visitors as units, with the variance of the ratio by the delta
 * method. Treating every order as a unit would claim more precision than randomised visitors give.
 *
 * @param pairs numerator (y) and denominator (x) per unit
 * @returns null when the denominator is 0
 * @see Deng, Knoblich and Lu (2018), "Applying the Delta Method in Metric Analytics", KDD '18, section 3.1
 */
export function ratioEstimate({ count, y, x, covariance }: CoMoments): Estimate | null {
  if (x.mean === 0) return null;
  const ratio = y.mean / x.mean;
  const variance = y.variance - 2 * ratio * covariance + ratio * ratio * x.variance;
  return { mean: ratio, varianceOfMean: Math.max(0, variance) / (x.mean * x.mean * count) };
}

/** Difference of two ratio metrics, treatment minus control, normal by the delta method. */
export function ratioMetricZ(control: Estimate, treatment: Estimate, alpha = 0.05): Comparison {
  const standardError = Math.sqrt(control.varianceOfMean + treatment.varianceOfMean);
  return normalComparison(treatment.mean - control.mean, standardError, alpha);
}
