/** Units of simulated shops, whose true parameters are known. */
import type { CoMoments } from "../../stats/co-moments.ts";
import type { Moments } from "../../stats/moments.ts";
import type { Random } from "../../stats/random.ts";

/** Moments of so many draws, without keeping them. */
export function drawMoments(count: number, draw: () => number): Moments {
  let mean = 0;
  let squares = 0;
  for (let n = 1; n <= count; n++) {
    const value = draw();
    const difference = value - mean;
    mean += difference / n;
    squares += difference * (value - mean);
  }
  return { count, mean, variance: squares / (count - 1) };
}

/** Co-moments of so many pairs; `draw` gives the metric and leaves the covariate in `pair.x`. */
export function drawCoMoments(count: number, draw: (pair: { x: number }) => number): CoMoments {
  const pair = { x: 0 };
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let n = 1; n <= count; n++) {
    const y = draw(pair);
    const dx = pair.x - meanX;
    const dy = y - meanY;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (pair.x - meanX);
    yy += dy * (y - meanY);
    xy += dx * (y - meanY);
  }
  const scale = 1 / (count - 1);
  return {
    count,
    x: { count, mean: meanX, variance: xx * scale },
    y: { count, mean: meanY, variance: yy * scale },
    covariance: xy * scale,
  };
}

/** Revenue of a visitor: one in ten buys, for about 40 with a log-normal tail (sigma 0.8). */
export const visitorRevenue = (random: Random): number => (random.uniform() < 0.1 ? random.logNormal(40, 0.8) : 0);

/** Revenue (returned) and orders (`pair.x`) of a customer: 1.2 orders on average, each of about 50; the mean order is 50. */
export function customerOrders(random: Random, pair: { x: number }): number {
  const loyal = random.uniform() < 0.3;
  pair.x = random.poisson(loyal ? 2.6 : 0.6);
  // The sum of as many gammas of shape 2.5 and scale 20, in one draw.
  return pair.x === 0 ? 0 : random.gamma(2.5 * pair.x, 20);
}
