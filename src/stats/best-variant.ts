import type { Posterior } from "./posterior.ts";

/** How a variant stands among all of them. */
export interface Standing {
  /** Probability that its true mean is the highest. */
  readonly probabilityBest: number;
  /** How much lower its true mean is, on average over the belief, than the best one's: what choosing it would cost. */
  readonly expectedLoss: number;
}

const pointsPerVariant = 300;
const maxPoints = 30_000;

/**
 * Probability to be best and expected loss of each variant, by integrating the posteriors (no random draws: the same figures
 * every time). All posteriors must be on the same scale.
 *
 * @see Stucchi (2015), "Bayesian A/B Testing at VWO": the expected loss as a stopping rule
 */
export function standings(posteriors: readonly Posterior[]): Standing[] {
  const low = Math.min(...posteriors.map((one) => one.low));
  const high = Math.max(...posteriors.map((one) => one.high));
  const narrowest = Math.min(...posteriors.map((one) => one.high - one.low));
  const points = Math.min(maxPoints, Math.ceil(((high - low) / narrowest) * pointsPerVariant));
  const step = (high - low) / points;
  const best = new Float64Array(posteriors.length);
  const loss = new Float64Array(posteriors.length);
  for (let k = 0; k <= points; k++) {
    const u = low + k * step;
    const cdfs = posteriors.map((one) => one.cdf(u));
    const allBelow = cdfs.reduce((product, cdf) => product * cdf, 1);
    posteriors.forEach((one, variant) => {
      let othersBelow = 1;
      cdfs.forEach((cdf, other) => {
        if (other !== variant) othersBelow *= cdf;
      });
      best[variant] = best[variant]! + step * one.density(u) * othersBelow;
      loss[variant] = loss[variant]! + step * (cdfs[variant]! - allBelow) * one.slopeAt(u);
    });
  }
  return posteriors.map((_, variant) => ({
    probabilityBest: Math.min(1, best[variant]!),
    expectedLoss: Math.max(0, loss[variant]!),
  }));
}
