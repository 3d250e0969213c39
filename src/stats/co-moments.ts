import type { Moments } from "./moments.ts";

/** Moments of two values measured on the same units: a metric with its covariate, or numerator with denominator. */
export interface CoMoments {
  readonly count: number;
  readonly y: Moments;
  readonly x: Moments;
  /** Unbiased. */
  readonly covariance: number;
}

/** The co-moments of pairs, in two passes. */
export function coMomentsOf(ys: ArrayLike<number>, xs: ArrayLike<number>): CoMoments {
  const count = ys.length;
  let sumY = 0;
  let sumX = 0;
  for (let i = 0; i < count; i++) {
    sumY += ys[i]!;
    sumX += xs[i]!;
  }
  const meanY = sumY / count;
  const meanX = sumX / count;
  let yy = 0;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < count; i++) {
    const dy = ys[i]! - meanY;
    const dx = xs[i]! - meanX;
    yy += dy * dy;
    xx += dx * dx;
    xy += dx * dy;
  }
  const scale = count < 2 ? 0 : 1 / (count - 1);
  return {
    count,
    y: { count, mean: meanY, variance: yy * scale },
    x: { count, mean: meanX, variance: xx * scale },
    covariance: xy * scale,
  };
}
