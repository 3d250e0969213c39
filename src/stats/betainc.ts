import { logBinomialMass } from "./point-mass.ts";

const accuracy = 2e-16;

/** x^a y^b / B(a, b), with y = 1 - x given. */
export function betaKernel(a: number, b: number, x: number, y: number): number {
  if (x <= 0 || y <= 0) return 0;
  return (a / (a + b)) * b * Math.exp(logBinomialMass(a, a + b, x, y));
}

/**
 * I_x(a, b) over its kernel, by the continued fraction of Didonato and Morris (1992), "Algorithm 708", ACM TOMS 18(3), 360-373,
 * equation 9: it takes a y - b x as it is, where other forms lose the digits of large parameters. Best below the mean.
 */
function continuedFraction(a: number, b: number, x: number, y: number): number {
  const c = 1 + a * y - b * x;
  const c1 = 1 + 1 / a;
  let p = 1;
  let s = a + 1;
  let r = c1 / c;
  // Numerators and denominators of two convergents in turn, scaled so that the later denominator is 1.
  let above = 0;
  let below = r;
  const limit = 1_000 + 20 * Math.ceil(Math.sqrt(Math.max(a, b)));
  for (let n = 1; n <= limit; n++) {
    const t = n / a;
    const w = n * (b - n) * x;
    const e = a / s;
    const alpha = p * (p + b / a) * e * e * (w * x);
    const beta = n + w / s + ((t + 1) / (c1 + t + t)) * (c + n * (y + 1));
    p = 1 + t;
    s += 2;
    const denominator = alpha * below + beta;
    const ratio = (alpha * above + beta * r) / denominator;
    above = r / denominator;
    below = 1 / denominator;
    if (Math.abs(ratio - r) <= accuracy * Math.abs(ratio)) return ratio;
    r = ratio;
  }
  return r;
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
    const lower = kernel * continuedFraction(a, b, x, y);
    return { lower, upper: 1 - lower };
  }
  const upper = kernel * continuedFraction(b, a, y, x);
  return { lower: 1 - upper, upper };
}

/** Regularised incomplete beta function I_x(a, b): the share of a beta distribution below x. */
export function betainc(a: number, b: number, x: number): number {
  return betaTails(a, b, x, 1 - x).lower;
}
