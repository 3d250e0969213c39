import type { Random } from "../../stats/random.ts";
import { type AliasTable, buildAliasTable, drawAlias } from "./alias-table.ts";
import { zipfWeights } from "./zipf.ts";

/** Draws an index with fixed probabilities in constant time. */
export type IndexSampler = (random: Random) => number;

/** Sampler of an index with probabilities proportional to `weights`. */
export function weightedSampler(weights: ArrayLike<number>): IndexSampler {
  const table: AliasTable = buildAliasTable(weights);
  return (random) => drawAlias(table, random.uniform());
}

/** Sampler of a zero-based rank under Zipf's law: see {@link zipfWeights}. */
export function zipfSampler(count: number, exponent: number, shift = 0): IndexSampler {
  return weightedSampler(zipfWeights(count, exponent, shift));
}
