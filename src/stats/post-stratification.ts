import { type Comparison, normalComparison } from "./comparison.ts";
import type { Moments } from "./moments.ts";

/** The two arms within one stratum; each with at least two units. */
export interface Stratum {
  readonly control: Moments;
  readonly treatment: Moments;
}

/**
 * Difference of means within strata (say countries or segments known before the experiment), weighted by the strata's shares
 * of all units: what chance imbalance between arms put into the plain difference is taken out.
 *
 * @returns null when a stratum has fewer than two units in an arm: merge it with another
 * @see Miratrix, Sekhon and Yu (2013), "Adjusting treatment effect estimates by post-stratification", JRSS B 75(2), 369-396
 */
export function postStratified(strata: readonly Stratum[], alpha = 0.05): Comparison | null {
  const total = strata.reduce((sum, { control, treatment }) => sum + control.count + treatment.count, 0);
  if (total === 0 || strata.some(({ control, treatment }) => control.count < 2 || treatment.count < 2)) return null;
  let effect = 0;
  let variance = 0;
  for (const { control, treatment } of strata) {
    const weight = (control.count + treatment.count) / total;
    effect += weight * (treatment.mean - control.mean);
    variance += weight ** 2 * (control.variance / control.count + treatment.variance / treatment.count);
  }
  return normalComparison(effect, Math.sqrt(variance), alpha);
}
