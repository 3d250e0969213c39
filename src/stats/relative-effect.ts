import { normalQuantile } from "./normal-quantile.ts";

/** Treatment over control minus 1, with its interval; the ends are null where the data allow any size. */
export interface RelativeEffect {
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A mean with the variance of that mean (not of its units). */
export interface Estimate {
  readonly mean: number;
  readonly varianceOfMean: number;
}

/**
 * Relative effect of two independent means with Fieller's interval, which stays right where the delta method's fails: when
 * the control's mean is uncertain. It has no finite ends when that mean is not clearly different from 0.
 *
 * @returns null when the control's mean is 0
 * @see Fieller (1954), Journal of the Royal Statistical Society B 16(2), 175-185
 */
export function relativeEffect(control: Estimate, treatment: Estimate, alpha = 0.05): RelativeEffect | null {
  if (control.mean === 0) return null;
  const ratio = treatment.mean / control.mean;
  const z = normalQuantile(1 - alpha / 2);
  const g = (z * z * control.varianceOfMean) / control.mean ** 2;
  if (g >= 1) return { value: ratio - 1, lower: null, upper: null };
  const middle = ratio / (1 - g);
  const inner = (1 - g) * treatment.varianceOfMean + ratio * ratio * control.varianceOfMean;
  const reach = ((z / (1 - g)) * Math.sqrt(Math.max(0, inner))) / Math.abs(control.mean);
  return { value: ratio - 1, lower: middle - reach - 1, upper: middle + reach - 1 };
}
