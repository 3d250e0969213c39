import { normalCdf } from "./normal.ts";
import { poissonMass } from "./point-mass.ts";

/**
 * Both tails of the non-central t distribution: of (Z + shift) / sqrt(chi-squared / degrees) with Z standard normal. The power
 * of a t-test is the tail beyond its critical value.
 *
 * P(T <= t) is the mean of Phi(t s - shift) over s = sqrt(chi-squared / degrees). With s = exp(u) the integrand is analytic and
 * falls off on both sides, so that the trapezoidal rule converges faster than any power of its step.
 *
 * @param shift the non-centrality: the true effect in standard errors
 * @see Trefethen and Weideman (2014), "The Exponentially Convergent Trapezoidal Rule", SIAM Review 56(3), 385-458
 */
export function noncentralTTails(
  t: number,
  degrees: number,
  shift: number,
): { readonly lower: number; readonly upper: number } {
  const half = degrees / 2;
  const spread = 1 / Math.sqrt(2 * degrees);
  const from = -Math.max(12 * spread, 45 / degrees);
  const to = Math.min(12 * spread, 4);
  const points = Math.ceil((to - from) / Math.min(0.15 * spread, 0.05));
  const step = (to - from) / points;
  let lower = 0;
  let upper = 0;
  for (let k = 0; k <= points; k++) {
    const s = Math.exp(from + k * step);
    const weight = degrees * poissonMass(half, half * s * s) * step;
    lower += weight * normalCdf(t * s - shift);
    upper += weight * normalCdf(shift - t * s);
  }
  return { lower, upper };
}
