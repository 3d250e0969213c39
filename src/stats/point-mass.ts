import { gammaln, stirlingCorrection } from "./gammaln.ts";

const logTwoPi = 1.8378770664093456;

/** ln Gamma(x + 1) - ((x + 1/2) ln x - x + ln(2 pi) / 2): what Stirling's formula leaves out, for x > 0. */
function stirlingError(x: number): number {
  if (x >= 10) return stirlingCorrection(x);
  return gammaln(x + 1) - (x + 0.5) * Math.log(x) + x - logTwoPi / 2;
}

/** x ln(x / mean) - difference, with difference = x - mean, without cancellation when the two are close. */
function deviance(x: number, mean: number, difference: number): number {
  if (Math.abs(difference) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - difference;
  const v = difference / (x + mean);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let j = 3; ; j += 2) {
    term *= v * v;
    const next = sum + term / j;
    if (next === sum) return sum;
    sum = next;
  }
}

/**
 * Poisson probability e^-mean mean^x / Gamma(x + 1), for real x too, at full precision however large x is: the plain formula
 * loses as many digits as ln Gamma has before the point.
 *
 * @param x at or above 0
 * @param mean above 0
 * @see Loader (2000), "Fast and Accurate Computation of Binomial Probabilities"
 */
export function poissonMass(x: number, mean: number): number {
  if (x === 0) return Math.exp(-mean);
  if (mean <= 0) return 0;
  if (x < mean * 1e-300 || x < 1e-300) return Math.exp(-mean);
  return Math.exp(-stirlingError(x) - deviance(x, mean, x - mean) - 0.5 * (logTwoPi + Math.log(x)));
}

/**
 * Logarithm of the binomial probability of x successes in n, for real x and n too.
 *
 * @param p, q probability of success and of failure: both are given, so that neither tail loses digits in 1 - p
 * @see Loader (2000), as above
 */
export function logBinomialMass(x: number, n: number, p: number, q: number): number {
  if (x === 0) return n * (q > 0.5 ? Math.log1p(-p) : Math.log(q));
  if (x === n) return n * (p > 0.5 ? Math.log1p(-q) : Math.log(p));
  const rest = n - x;
  // x - n p, without the digits that a large n p would take.
  const difference = x * q - rest * p;
  return (
    stirlingError(n) -
    stirlingError(x) -
    stirlingError(rest) -
    deviance(x, n * p, difference) -
    deviance(rest, n * q, -difference) -
    0.5 * (logTwoPi + Math.log(x) + Math.log(rest / n))
  );
}
