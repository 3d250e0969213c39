import { betaTails } from "./betainc.ts";
import { betaincInverse } from "./betainc-inverse.ts";

function tails(x: number, numerator: number, denominator: number): { readonly lower: number; readonly upper: number } {
  if (x === Infinity) return { lower: 1, upper: 0 };
  const scaled = (numerator * x) / denominator;
  return betaTails(numerator / 2, denominator / 2, scaled / (1 + scaled), 1 / (1 + scaled));
}

/**
 * Distribution function of the F distribution, P(F <= x).
 *
 * @param numerator, denominator degrees of freedom, above 0
 */
export const fCdf = (x: number, numerator: number, denominator: number): number =>
  tails(x, numerator, denominator).lower;

/** Upper tail of the F distribution, P(F > x). */
export const fUpperTail = (x: number, numerator: number, denominator: number): number =>
  tails(x, numerator, denominator).upper;

/** Quantile of the F distribution: the x with P(F <= x) = p. */
export function fQuantile(p: number, numerator: number, denominator: number): number {
  const { x, y } = betaincInverse(numerator / 2, denominator / 2, p, 1 - p);
  return (x / y) * (denominator / numerator);
}
