import { type Comparison, normalComparison, statisticOf } from "./comparison.ts";
import { normalUpperTail } from "./normal.ts";

/** Successes among units. */
export interface Proportion {
  readonly successes: number;
  readonly count: number;
}

/**
 * Two-proportion z-test. The statistic divides by the **pooled** standard error, which holds when there is no difference; the
 * interval is built on the **unpooled** one, which holds when there is. Close to the boundary the two may disagree.
 *
 * Without continuity correction. With fewer than about ten successes or failures expected in an arm the true error rate leaves
 * its nominal value: see bench/results/experiment-simulations.md.
 *
 * @see Fleiss, Levin and Paik (2003), "Statistical Methods for Rates and Proportions", 3rd ed., section 3.2
 */
export function twoProportionZ(control: Proportion, treatment: Proportion, alpha = 0.05): Comparison {
  const p0 = control.successes / control.count;
  const p1 = treatment.successes / treatment.count;
  const unpooled = Math.sqrt((p0 * (1 - p0)) / control.count + (p1 * (1 - p1)) / treatment.count);
  const pooled = (control.successes + treatment.successes) / (control.count + treatment.count);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / control.count + 1 / treatment.count));
  const statistic = statisticOf(p1 - p0, pooledError);
  return { ...normalComparison(p1 - p0, unpooled, alpha), statistic, pValue: 2 * normalUpperTail(Math.abs(statistic)) };
}
