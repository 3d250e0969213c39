import { betaKernel, betaTails } from "./betainc.ts";
import { monotoneRoot } from "./monotone-root.ts";

/** A share and its complement, each exact where it is small. */
export interface Share {
  readonly x: number;
  readonly y: number;
}

/**
 * The share x (and y = 1 - x) at which the lower tail of the beta distribution is p and the upper one q. The smaller tail is
 * inverted, on the scale ln(x / y), so that shares near 0 and near 1 are as exact as the others.
 *
 * @param a, b above 0
 * @param p, q the two tails, summing to 1
 */
export function betaincInverse(a: number, b: number, p: number, q: number): Share {
  if (!(a > 0 && b > 0 && p >= 0 && q >= 0)) return { x: Number.NaN, y: Number.NaN };
  if (p === 0) return { x: 0, y: 1 };
  if (q === 0) return { x: 1, y: 0 };
  const target = Math.log(Math.min(p, q));
  const f = (u: number): readonly [number, number] => {
    const { x, y } = shareAt(u);
    const { lower, upper } = betaTails(a, b, x, y);
    const slope = betaKernel(a, b, x, y);
    if (p <= q) return lower <= 0 ? [-Infinity, 0] : [Math.log(lower) - target, slope / lower];
    return upper <= 0 ? [Infinity, 0] : [target - Math.log(upper), slope / upper];
  };
  return shareAt(monotoneRoot(f, -745, 745, Math.log(a / b)));
}

/** The share whose log-odds are u. */
const shareAt = (u: number): Share => {
  const small = Math.exp(-Math.abs(u));
  const less = small / (1 + small);
  const more = 1 / (1 + small);
  return u < 0 ? { x: less, y: more } : { x: more, y: less };
};
