/** Thompson sampling: send more units to what seems better, in proportion to the chance that it is. */
import { standings } from "../../stats/best-variant.ts";
import { betaPosterior, normalPosterior, type Posterior } from "../../stats/posterior.ts";

/** What an arm has seen: units, and the sum and sum of squares of their rewards (1 or 0, or revenue). */
export interface ArmRewards {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

export type RewardType = "conversion" | "revenue";

/** An arm with fewer units of revenue than this has no spread to speak of yet, and keeps its equal share. */
const warmUp = 30;

/**
 * Shares of the next units for each arm: the probability that it is the best one, but never less than `floor`, so that every arm
 * stays measured and a change of taste can be noticed. The probabilities are integrated, not drawn: the same data, the same shares.
 *
 * @param floor least share, at most 1 / arms
 * @see Thompson (1933), Biometrika 25(3/4), 285-294; Scott (2010), "A modern Bayesian look at the multi-armed bandit"
 */
export function thompsonShares(arms: readonly ArmRewards[], type: RewardType, floor: number): number[] {
  const equal = arms.map(() => 1 / arms.length);
  if (!(floor >= 0 && floor <= 1 / arms.length)) throw new RangeError(`floor must be from 0 to ${1 / arms.length}`);
  const posteriors = arms.map((arm) => beliefOf(arm, type));
  const known = posteriors.flatMap((one) => one ?? []);
  if (known.length < arms.length) return equal;
  const free = 1 - floor * arms.length;
  const best = standings(known).map((one) => one.probabilityBest);
  const total = best.reduce((sum, share) => sum + share, 0);
  return best.map((share) => floor + (free * share) / total);
}

function beliefOf({ count, sum, squares }: ArmRewards, type: RewardType): Posterior | null {
  if (type === "conversion") return betaPosterior(1 + sum, 1 + count - sum);
  if (count < warmUp) return null;
  const variance = (squares - (sum * sum) / count) / (count - 1);
  return variance > 0 ? normalPosterior(sum / count, Math.sqrt(variance / count)) : null;
}
