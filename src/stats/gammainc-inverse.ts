import { gammaincLower, gammaincUpper } from "./gammainc.ts";
import { monotoneRoot } from "./monotone-root.ts";
import { poissonMass } from "./point-mass.ts";

/**
 * The x at which P(a, x) = p, or Q(a, x) = q: whichever tail is the smaller one is inverted, on a logarithmic scale, so that a
 * probability of 1e-300 has its quantile as exactly as one of a half.
 *
 * @param a above 0
 * @param p, q the two tails, summing to 1
 */
export function gammaincInverse(a: number, p: number, q: number): number {
  if (!(a > 0 && p >= 0 && q >= 0)) return Number.NaN;
  if (p === 0) return 0;
  if (q === 0) return Infinity;
  const target = Math.log(Math.min(p, q));
  const f = (u: number): readonly [number, number] => {
    const x = Math.exp(u);
    const density = a * poissonMass(a, x);
    if (p <= q) {
      const tail = gammaincLower(a, x);
      return tail === 0 ? [-Infinity, 0] : [Math.log(tail) - target, density / tail];
    }
    const tail = gammaincUpper(a, x);
    return tail === 0 ? [Infinity, 0] : [target - Math.log(tail), density / tail];
  };
  // Below the mean P(a, x) is near x^a / Gamma(a + 1), so that its logarithm is near a line of slope a.
  const start = p < 0.1 && a < 2 ? (Math.log(p) + Math.log(a)) / a : Math.log(a);
  return Math.exp(monotoneRoot(f, -745, 709, Math.max(-740, start)));
}
