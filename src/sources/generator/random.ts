import { type AliasTable, buildAliasTable, drawAlias } from "./alias-table.ts";
import { Xoshiro128 } from "./xoshiro128.js";
import { zipfWeights } from "./zipf.ts";

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
  /** A count with the given mean; cost grows with the mean. */
  readonly poisson: (mean: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  /** An independent source: the same seed and label always give the same one, however many draws were made here. */
  readonly fork: (label: number) => Random;
}

/** Draws an index with fixed probabilities in constant time. */
export type IndexSampler = (random: Random) => number;

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
    poisson: (mean) => poisson(mean, open),
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

/** Sampler of an index with probabilities proportional to `weights`. */
export function weightedSampler(weights: ArrayLike<number>): IndexSampler {
  const table: AliasTable = buildAliasTable(weights);
  return (random) => drawAlias(table, random.uniform());
}

/** Sampler of a zero-based rank under Zipf's law: see {@link zipfWeights}. */
export function zipfSampler(count: number, exponent: number, shift = 0): IndexSampler {
  return weightedSampler(zipfWeights(count, exponent, shift));
}
