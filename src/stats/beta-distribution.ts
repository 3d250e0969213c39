import { betaKernel, betaTails } from "./betainc.ts";
import { betaincInverse } from "./betainc-inverse.ts";

/** Density of the beta distribution at x in (0, 1). */
export const betaDensity = (x: number, a: number, b: number): number => betaKernel(a, b, x, 1 - x) / x / (1 - x);

/** Distribution function of the beta distribution, P(X <= x). */
export const betaCdf = (x: number, a: number, b: number): number => betaTails(a, b, x, 1 - x).lower;

/** Upper tail of the beta distribution, P(X > x). */
export const betaUpperTail = (x: number, a: number, b: number): number => betaTails(a, b, x, 1 - x).upper;

/** Quantile of the beta distribution: the x with P(X <= x) = p. */
export const betaQuantile = (p: number, a: number, b: number): number => betaincInverse(a, b, p, 1 - p).x;
