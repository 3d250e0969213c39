import { gammaln } from "./gammaln.ts";

const mostTerms = 2_000_000;

/**
 * Gauss's hypergeometric function 2F1(a, b; c; z) for z below 1, c not 0 or a negative whole number.
 *
 * Sums the series after the transformation that makes it converge fastest: Pfaff's for negative z, Euler's where the
 * parameters shrink by it, the one to 1 - z beyond 0.9. About 1e-12 of the value, near z = 1 about 1e-10; where c - a - b is
 * within a thousandth of a whole number the last does not exist, and about 35 / (1 - z) terms are summed.
 *
 * @see Abramowitz and Stegun (1964), 15.1.1, 15.3.3 (Euler), 15.3.4 (Pfaff) and 15.3.6 (1 - z)
 */
export function hyp2f1(a: number, b: number, c: number, z: number): number {
  if (z === 0 || a === 0 || b === 0) return 1;
  if (!(z < 1)) return Number.NaN;
  if (z < 0) return (1 - z) ** -a * hyp2f1(a, c - b, c, z / (z - 1));
  const isShrunkByEuler = Math.abs(c - a) + Math.abs(c - b) < Math.abs(a) + Math.abs(b);
  return isShrunkByEuler ? (1 - z) ** (c - a - b) * sumAt(c - a, c - b, c, z) : sumAt(a, b, c, z);
}

function sumAt(a: number, b: number, c: number, z: number): number {
  const d = c - a - b;
  if (z <= 0.9 || Math.abs(d - Math.round(d)) < 1e-3) return series(a, b, c, z);
  const first = gammaRatio([c, d], [c - a, c - b]);
  const second = gammaRatio([c, -d], [a, b]) * (1 - z) ** d;
  const sum =
    (first === 0 ? 0 : first * series(a, b, 1 - d, 1 - z)) +
    (second === 0 ? 0 : second * series(c - a, c - b, 1 + d, 1 - z));
  return Number.isFinite(sum) ? sum : series(a, b, c, z);
}

/** Product of gamma functions over another; arguments may be negative. */
function gammaRatio(over: readonly number[], under: readonly number[]): number {
  let log = 0;
  let sign = 1;
  for (const [list, side] of [
    [over, 1],
    [under, -1],
  ] as const) {
    for (const x of list) {
      if (x <= 0 && Number.isInteger(x)) return side === 1 ? Number.NaN : 0;
      // Reflection: gamma(x) gamma(1 - x) = pi / sin(pi x).
      const sine = Math.sin(Math.PI * x);
      log += side * (x > 0 ? gammaln(x) : Math.log(Math.PI / Math.abs(sine)) - gammaln(1 - x));
      if (x < 0 && sine < 0) sign = -sign;
    }
  }
  return sign * Math.exp(log);
}

function series(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < mostTerms; k += 1) {
    const ratio = (((a + k) * (b + k)) / ((c + k) * (k + 1))) * z;
    term *= ratio;
    sum += term;
    // The rest is at most a geometric series once the ratio has settled below 1.
    if (Math.abs(ratio) < 1 && Math.abs(term) <= 1e-16 * Math.abs(sum) * (1 - Math.abs(ratio))) break;
    if (term === 0) break;
  }
  return sum;
}
