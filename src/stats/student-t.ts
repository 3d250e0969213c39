import { betaTails } from "./betainc.ts";
import { betaincInverse } from "./betainc-inverse.ts";
import { gammaln } from "./gammaln.ts";

/**
 * Upper tail of Student's t distribution, P(T > t).
 *
 * @param degrees degrees of freedom, above 0, not necessarily whole (Welch); Infinity is not taken: use the normal
 */
export function studentUpperTail(t: number, degrees: number): number {
  if (Number.isNaN(t) || !(degrees > 0)) return Number.NaN;
  const half = halfTail(Math.abs(t), degrees);
  return t >= 0 ? half : 1 - half;
}

/** P(T > t) for t at or above 0. */
function halfTail(t: number, degrees: number): number {
  if (t === Infinity) return 0;
  const square = (t / degrees) * t;
  if (square === Infinity) return 0;
  return 0.5 * betaTails(degrees / 2, 0.5, 1 / (1 + square), square / (1 + square)).lower;
}

/** Distribution function of Student's t distribution, P(T <= t). */
export const studentCdf = (t: number, degrees: number): number => studentUpperTail(-t, degrees);

/** Two-sided p-value of a t statistic, P(|T| >= |t|). */
export const studentTwoSided = (t: number, degrees: number): number => 2 * studentUpperTail(Math.abs(t), degrees);

/** Density of Student's t distribution. */
export const studentDensity = (t: number, degrees: number): number =>
  Math.exp(
    gammaln((degrees + 1) / 2) -
      gammaln(degrees / 2) -
      0.5 * Math.log(Math.PI * degrees) -
      ((degrees + 1) / 2) * Math.log1p((t * t) / degrees),
  );

/** Quantile of Student's t distribution: the t with P(T <= t) = p. */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p >= 0 && p <= 1 && degrees > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  if (tail === 0) return p < 0.5 ? -Infinity : Infinity;
  const { x, y } = betaincInverse(degrees / 2, 0.5, 2 * tail, 1 - 2 * tail);
  const size = Math.sqrt(degrees) * Math.sqrt(y / x);
  return p < 0.5 ? -size : size;
}
