import { Xoshiro128 } from "./xoshiro128.js";

/** A seeded source of random draws. Every draw is a function of the seed and of the draws before it, on any machine. */
export interface Random {
  /** An integer in [0, 2^32). */
  readonly uint32: () => number;
  /** In [0, 1), a multiple of 2^-32. */
  readonly uniform: () => number;
  /** An integer in [low, high], both included. */
  readonly integer: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly normal: (mean?: number, standardDeviation?: number) => number;
  /** Positive, with the given mean. */
  readonly exponential: (mean: number) => number;
  /** exp(normal): `median` in the unit wanted, `sigma` the standard deviation of the logarithm. */
  readonly logNormal: (median: number, sigma: number) => number;
  /** Gamma with the given shape and scale (mean = shape x scale). */
  readonly gamma: (shape: number, scale: number) => number;
  /** Beta with the given shapes, both above 0: a random share with mean a / (a + b). */
  readonly beta: (a: number, b: number) => number;
  /** A count with the given mean; cost grows with the mean. */
  readonly poisson: (mean: number) => number;
  /** Successes in `trials` tries of the given probability; cost grows with the logarithm of `trials`. */
  readonly binomial: (trials: number, probability: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** An independent source: the same seed and label always give the same one, however many draws were made here. */
  readonly fork: (label: number) => Random;
}

/** Starts a source at a seed (32-bit integer). `label` separates streams that share a seed. */
export function createRandom(seed: number, label = 0): Random {
  const generator = new Xoshiro128().reseed(seed, label);
  const uniform = () => generator.uniform();
  const open = () => (generator.uint32() + 0.5) * 2 ** -32;
  // Box and Muller (1958), Annals of Mathematical Statistics 29(2), 610-611. The second value is dropped: no hidden state.
  const normal = (mean = 0, standardDeviation = 1) =>
    mean + standardDeviation * Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * uniform());
  const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
  return {
    uint32: () => generator.uint32(),
    uniform,
    integer,
    chance: (probability) => uniform() < probability,
    normal,
    exponential: (mean) => -mean * Math.log(open()),
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    gamma: (shape, scale) => scale * standardGamma(shape, normal, open),
    beta: (a, b) => beta(a, b, normal, open),
    poisson: (mean) => poisson(mean, open),
    binomial: (trials, probability) => binomial(trials, probability, uniform, (a, b) => beta(a, b, normal, open)),
    pick: (from) => {
      const found = from[integer(0, from.length - 1)];
      if (found === undefined) throw new RangeError("nothing to pick from");
      return found;
    },
    fork: (child) => createRandom(seed, (label * 0x01000193) ^ (child + 1)),
  };
}

/** Marsaglia and Tsang (2000), ACM TOMS 26(3), 363-372; shapes below 1 by their boost, section 6. */
function standardGamma(shape: number, normal: () => number, open: () => number): number {
  if (shape < 1) return standardGamma(shape + 1, normal, open) * open() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(open()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Knuth's product of uniforms, in steps of 30 so that exp(-mean) does not underflow (a Poisson is a sum of Poissons). */
function poisson(mean: number, open: () => number): number {
  let left = mean;
  let count = 0;
  while (left > 0) {
    const step = Math.min(left, 30);
    left -= step;
    const limit = Math.exp(-step);
    for (let product = open(); product > limit; product *= open()) count++;
  }
  return count;
}

/** A share of two gammas; for shapes so small that both underflow, Johnk's limit: one of the ends. */
function beta(a: number, b: number, normal: () => number, open: () => number): number {
  const first = standardGamma(a, normal, open);
  const second = standardGamma(b, normal, open);
  if (first + second === 0) return open() < a / (a + b) ? 1 : 0;
  return first / (first + second);
}

/**
 * Halves the trials by the middle one in size, which is beta distributed, until few are left to be tried one by one.
 *
 * @see Relles (1972), "A Simple Algorithm for Generating Binomial Random Variables when N is Large", JASA 67, 612-613
 */
function binomial(
  trials: number,
  probability: number,
  uniform: () => number,
  drawBeta: (a: number, b: number) => number,
): number {
  let left = trials;
  let p = probability;
  let count = 0;
  while (left > 40) {
    const middle = 1 + Math.floor(left / 2);
    const value = drawBeta(middle, left + 1 - middle);
    if (value <= p) {
      count += middle;
      left -= middle;
      p = (p - value) / (1 - value);
    } else {
      left = middle - 1;
      p /= value;
    }
  }
  for (; left > 0; left--) if (uniform() < p) count++;
  return count;
}
