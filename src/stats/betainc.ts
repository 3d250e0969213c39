import { logBinomialMass } from "./point-mass.ts";

const tiny = 1e-300;
const accuracy = 2e-16;

/** x^a y^b / B(a, b), with y = 1 - x given. */
export function betaKernel(a: number, b: number, x: number, y: number): number {
  if (x <= 0 || y <= 0) return 0;
  return (a / (a + b)) * b * Math.exp(logBinomialMass(a, a + b, x, y));
}

/** The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), evaluated as Lentz (1976) does. */
function continuedFraction(a: number, b: number, x: number): number {
  const bounded = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / bounded(1 - ((a + b) * x) / (a + 1));
  let h = d;
  const limit = 1_000 + 20 * Math.ceil(Math.sqrt(Math.max(a, b)));
  for (let m = 1; m <= limit; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / bounded(1 + even * d);
    c = bounded(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / bounded(1 + odd * d);
    c = bounded(1 + odd / c);
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < accuracy) break;
  }
  return h;
}

/**
 * Both tails of the regularised incomplete beta function: `lower` is I_x(a, b), `upper` is 1 - I_x(a, b), each with its own
 * precision where it is the smaller one.
 *
 * @param a, b above 0
 * @param x, y with x + y = 1: both are given, so that neither end loses digits
 */
export function betaTails(
  a: number,
  b: number,
  x: number,
  y: number,
): { readonly lower: number; readonly upper: number } {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return { lower: Number.NaN, upper: Number.NaN };
  if (x <= 0) return { lower: 0, upper: 1 };
  if (y <= 0) return { lower: 1, upper: 0 };
  const kernel = betaKernel(a, b, x, y);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = (kernel / a) * continuedFraction(a, b, x);
    return { lower, upper: 1 - lower };
  }
  const upper = (kernel / b) * continuedFraction(b, a, y);
  return { lower: 1 - upper, upper };
}

/** Regularised incomplete beta function I_x(a, b): the share of a beta distribution below x. */
export function betainc(a: number, b: number, x: number): number {
  return betaTails(a, b, x, 1 - x).lower;
}
