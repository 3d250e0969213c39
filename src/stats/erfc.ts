import { normalUpperTail } from "./normal.ts";

/** Complementary error function, 2 / sqrt(pi) times the integral of exp(-t^2) from x to infinity. */
export const erfc = (x: number): number => 2 * normalUpperTail(x * Math.SQRT2);
