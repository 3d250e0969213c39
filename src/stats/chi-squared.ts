import { gammaincLower, gammaincUpper } from "./gammainc.ts";
import { gammaincInverse } from "./gammainc-inverse.ts";

/** Distribution function of the chi-squared distribution, P(X <= x). */
export const chiSquaredCdf = (x: number, degrees: number): number => gammaincLower(degrees / 2, x / 2);

/** Upper tail of the chi-squared distribution, P(X > x): the p-value of a goodness-of-fit test. */
export const chiSquaredUpperTail = (x: number, degrees: number): number => gammaincUpper(degrees / 2, x / 2);

/** Quantile of the chi-squared distribution: the x with P(X <= x) = p. */
export const chiSquaredQuantile = (p: number, degrees: number): number => 2 * gammaincInverse(degrees / 2, p, 1 - p);
