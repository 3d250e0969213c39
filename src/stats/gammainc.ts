import { poissonMass } from "./point-mass.ts";

const tiny = 1e-300;
const accuracy = 2e-16;

/** Terms needed grow with the square root of the shape near the mean. */
const maxTerms = (a: number): number => 500 + 20 * Math.ceil(Math.sqrt(a));

/** P(a, x) by its series in rising powers of x (Abramowitz and Stegun 6.5.29). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= maxTerms(a); n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * accuracy) break;
  }
  return sum * poissonMass(a, x);
}

/** Q(a, x) by its continued fraction (Abramowitz and Stegun 6.5.31), evaluated as Lentz (1976) does. */
function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n <= maxTerms(a); n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < accuracy) break;
  }
  return h * a * poissonMass(a, x);
}

/**
 * Regularised lower incomplete gamma function P(a, x): the share of a gamma distribution of shape a and scale 1 below x.
 *
 * @param a above 0
 * @param x at or above 0
 */
export function gammaincLower(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? series(a, x) : 1 - continuedFraction(a, x);
}

/** Regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), with its own precision in the tail. */
export function gammaincUpper(a: number, x: number): number {
  if (!(a > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - series(a, x) : continuedFraction(a, x);
}
