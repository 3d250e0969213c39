import type { CoMoments } from "./co-moments.ts";
import type { Moments } from "./moments.ts";

/** Arms after the part a covariate explains has been taken off. */
export interface CupedAdjustment {
  /** In the order given; means are comparable with the raw ones, variances are those of the rest. */
  readonly arms: readonly Moments[];
  /** Metric per unit of the covariate. */
  readonly theta: number;
  /** Share of the variance the covariate explains within arms, in [0, 1]. */
  readonly explainedRate: number;
}

/**
 * CUPED: takes theta x (covariate - its overall mean) off the metric, with the theta that leaves the least variance within
 * arms. The covariate must have been measured before the experiment, else the effect itself is taken off.
 *
 * Theta is estimated on the data it adjusts; the bias is of the order 1 / count.
 *
 * @param arms metric (y) and covariate (x) per unit
 * @see Deng, Xu, Kohavi and Walker (2013), "Improving the Sensitivity of Online Controlled Experiments", WSDM '13
 */
export function cuped(arms: readonly CoMoments[]): CupedAdjustment {
  let xy = 0;
  let xx = 0;
  let yy = 0;
  let total = 0;
  let sum = 0;
  for (const { count, x, y, covariance } of arms) {
    xy += covariance * (count - 1);
    xx += x.variance * (count - 1);
    yy += y.variance * (count - 1);
    total += count;
    sum += x.mean * count;
  }
  const theta = xx > 0 ? xy / xx : 0;
  const centre = sum / total;
  return {
    theta,
    explainedRate: xx > 0 && yy > 0 ? (xy * xy) / (xx * yy) : 0,
    arms: arms.map(({ count, x, y, covariance }) => ({
      count,
      mean: y.mean - theta * (x.mean - centre),
      variance: Math.max(0, y.variance - 2 * theta * covariance + theta * theta * x.variance),
    })),
  };
}
