import { gammaincLower, gammaincUpper } from "./gammainc.ts";
import { gammaincInverse } from "./gammainc-inverse.ts";
import { poissonMass } from "./point-mass.ts";

/** Density of the gamma distribution of a shape and a scale (mean = shape x scale) at x above 0. */
export const gammaDensity = (x: number, shape: number, scale: number): number =>
  (shape * poissonMass(shape, x / scale)) / x;

/** Distribution function of the gamma distribution, P(X <= x). */
export const gammaCdf = (x: number, shape: number, scale: number): number => gammaincLower(shape, x / scale);

/** Upper tail of the gamma distribution, P(X > x). */
export const gammaUpperTail = (x: number, shape: number, scale: number): number => gammaincUpper(shape, x / scale);

/** Quantile of the gamma distribution: the x with P(X <= x) = p. */
export const gammaQuantile = (p: number, shape: number, scale: number): number =>
  scale * gammaincInverse(shape, p, 1 - p);
