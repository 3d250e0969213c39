/** What stands beside the main test when it is asked for: ranks, quantiles, strata. */
import { bootstrapQuantile } from "../../stats/bootstrap-quantile.ts";
import { mannWhitney } from "../../stats/mann-whitney.ts";
import { momentsOf } from "../../stats/moments.ts";
import { postStratified, type Stratum } from "../../stats/post-stratification.ts";
import { createRandom } from "../../stats/random.ts";
import type { Summary } from "./summary.ts";
import type { Units } from "./units.ts";

export interface QuantileReadout {
  readonly quantile: number;
  readonly control: number;
  readonly treatment: number;
  readonly absolute_effect: number;
  readonly ci_lower: number;
  readonly ci_upper: number;
}

/** Mann-Whitney of an arm against the control. */
export function ranksOf(summary: Summary, index: number, isAsked: boolean) {
  const [control, arm] = [summary.arms[0], summary.arms[index]];
  if (!isAsked || !control || !arm || control.count === 0 || arm.count === 0)
    return { superiority_rate: null, rank_p_value: null };
  const found = mannWhitney(control.values, arm.values);
  return { superiority_rate: found.superiorityRate, rank_p_value: found.pValue };
}

/** Bootstrap differences of the quantiles asked for, each with its own seed. */
export function quantilesOf(
  summary: Summary,
  index: number,
  options: { readonly quantiles: readonly number[]; readonly seed: number; readonly alpha: number },
): QuantileReadout[] {
  const [control, arm] = [summary.arms[0], summary.arms[index]];
  if (!control || !arm || control.count < 2 || arm.count < 2) return [];
  return options.quantiles.map((quantile, at) => {
    const random = createRandom(options.seed, index * 1_000 + at);
    const found = bootstrapQuantile(control.values, arm.values, quantile, random, { alpha: options.alpha });
    return {
      quantile,
      control: found.control,
      treatment: found.treatment,
      absolute_effect: found.effect,
      ci_lower: found.lower,
      ci_upper: found.upper,
    };
  });
}

/** The effect within strata; null without strata, or when one of them has fewer than two units in an arm. */
export function stratifiedEffect(units: Units, summary: Summary, index: number, alpha: number) {
  const none = { stratified_effect: null, stratified_ci_lower: null, stratified_ci_upper: null };
  if (units.strata.length === 0 || units.type === "ratio") return none;
  const within = (arm: number, stratum: number) => {
    const of = units.arms[arm]?.stratum;
    return momentsOf(summary.arms[arm]?.values.filter((_, unit) => of?.[unit] === stratum) ?? []);
  };
  const strata = units.strata.map(
    (_, stratum): Stratum => ({ control: within(0, stratum), treatment: within(index, stratum) }),
  );
  const found = postStratified(
    strata.filter(({ control, treatment }) => control.count + treatment.count > 0),
    alpha,
  );
  if (!found) return none;
  return { stratified_effect: found.effect, stratified_ci_lower: found.lower, stratified_ci_upper: found.upper };
}
