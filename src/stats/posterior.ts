import { betaKernel, betaTails } from "./betainc.ts";
import { betaincInverse } from "./betainc-inverse.ts";
import { normalCdf, normalDensity } from "./normal.ts";
import { normalQuantile } from "./normal-quantile.ts";

/**
 * What is believed about a variant's true mean after the data, on a scale u on which it is smooth: the log-odds for a share, the
 * value itself for a mean.
 */
export interface Posterior {
  readonly mean: number;
  /** Range of u that holds all but about 1e-12 of the belief. */
  readonly low: number;
  readonly high: number;
  /** Per unit of u. */
  readonly density: (u: number) => number;
  readonly cdf: (u: number) => number;
  /** The mean's value at u, the slope of that value, and u at a value. */
  readonly valueAt: (u: number) => number;
  readonly slopeAt: (u: number) => number;
  readonly positionOf: (value: number) => number;
  /** The value below which a share p of the belief lies. */
  readonly quantile: (p: number) => number;
}

const edge = 1e-13;
const shareAt = (u: number): number => (u < 0 ? Math.exp(u) / (1 + Math.exp(u)) : 1 / (1 + Math.exp(-u)));

/**
 * Posterior of a proportion: Beta(prior a + successes, prior b + failures).
 *
 * @see Gelman et al. (2013), "Bayesian Data Analysis", 3rd ed., section 2.4
 */
export function betaPosterior(a: number, b: number): Posterior {
  const ends = [betaincInverse(a, b, edge, 1 - edge), betaincInverse(a, b, 1 - edge, edge)] as const;
  return {
    mean: a / (a + b),
    low: Math.log(ends[0].x / ends[0].y),
    high: Math.log(ends[1].x / ends[1].y),
    density: (u) => betaKernel(a, b, shareAt(u), shareAt(-u)),
    cdf: (u) => betaTails(a, b, shareAt(u), shareAt(-u)).lower,
    valueAt: shareAt,
    slopeAt: (u) => shareAt(u) * shareAt(-u),
    positionOf: (value) => Math.log(value / (1 - value)),
    quantile: (p) => betaincInverse(a, b, p, 1 - p).x,
  };
}

/** A normal belief about a mean before the data; null for none (a flat prior). */
export interface NormalPrior {
  readonly mean: number;
  readonly standardDeviation: number;
}

/**
 * Posterior of a mean whose estimate is normal with a known standard error, as the mean of many units is.
 *
 * @see Gelman et al. (2013), section 2.5
 */
export function normalPosterior(estimate: number, standardError: number, prior: NormalPrior | null = null): Posterior {
  const precision = 1 / standardError ** 2;
  const priorPrecision = prior ? 1 / prior.standardDeviation ** 2 : 0;
  const spread = 1 / Math.sqrt(precision + priorPrecision);
  const mean = (precision * estimate + priorPrecision * (prior?.mean ?? 0)) * spread ** 2;
  return {
    mean,
    low: mean - 7.4 * spread,
    high: mean + 7.4 * spread,
    density: (u) => normalDensity((u - mean) / spread) / spread,
    cdf: (u) => normalCdf((u - mean) / spread),
    valueAt: (u) => u,
    slopeAt: () => 1,
    positionOf: (value) => value,
    quantile: (p) => mean + spread * normalQuantile(p),
  };
}
