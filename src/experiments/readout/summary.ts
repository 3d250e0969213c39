/** The arms of an experiment brought down to what the tests need. */
import { type CoMoments, coMomentsOf } from "../../stats/co-moments.ts";
import type { Comparison } from "../../stats/comparison.ts";
import { type CupedAdjustment, cuped } from "../../stats/cuped.ts";
import { type Moments, momentsOf } from "../../stats/moments.ts";
import { betaPosterior, normalPosterior, type Posterior } from "../../stats/posterior.ts";
import { quantileSorted } from "../../stats/quantile.ts";
import { ratioEstimate, ratioMetricZ } from "../../stats/ratio-metric.ts";
import type { Estimate } from "../../stats/relative-effect.ts";
import { twoProportionZ } from "../../stats/two-proportion-z.ts";
import { welchT } from "../../stats/welch-t.ts";
import { winsorise } from "../../stats/winsorise.ts";
import type { Prior } from "./readout.ts";
import type { Arm, Units } from "./units.ts";

export interface ArmSummary {
  readonly variant: string;
  readonly count: number;
  /** As measured, after capping; of a ratio metric, sum over sum. */
  readonly mean: number;
  /** Variance between units; of a ratio metric, of its linearised units. */
  readonly unitVariance: number;
  readonly adjustedMean: number | null;
  /** What the comparison of means uses: adjusted when there is a covariate. */
  readonly moments: Moments;
  readonly estimate: Estimate;
  /** The values per unit, after capping. */
  readonly values: Float64Array;
}

export interface Summary {
  readonly type: Units["type"];
  readonly method: "two_proportion_z" | "welch_t" | "cuped_welch_t" | "ratio_delta_z";
  readonly arms: readonly ArmSummary[];
  readonly covariate: CupedAdjustment | null;
  readonly winsorised: { readonly limit: number; readonly capped_count: number } | null;
}

/** Summarises the arms, capped at a quantile of all of them together when one is given. */
export function summarise(units: Units, winsoriseRate: number | null): Summary {
  const { arms, winsorised } = capped(units, winsoriseRate);
  if (units.type === "ratio") {
    const ratios = arms.map((arm) => ratioSummary(arm));
    return { type: units.type, method: "ratio_delta_z", arms: ratios, covariate: null, winsorised };
  }
  const moments = arms.map((arm) => momentsOf(arm.metric));
  const pairs = arms.map((arm) => (arm.covariate ? coMomentsOf(arm.metric, arm.covariate) : null));
  const covariate = pairs.every((pair): pair is CoMoments => pair !== null && pair.count > 1) ? cuped(pairs) : null;
  return {
    type: units.type,
    method: covariate ? "cuped_welch_t" : units.type === "proportion" ? "two_proportion_z" : "welch_t",
    covariate,
    winsorised,
    arms: arms.map((arm, index): ArmSummary => {
      const raw = moments[index] ?? momentsOf([]);
      const used = covariate?.arms[index] ?? raw;
      const variance = units.type === "proportion" && !covariate ? raw.mean * (1 - raw.mean) : used.variance;
      return {
        variant: arm.variant,
        count: raw.count,
        mean: raw.mean,
        unitVariance: raw.variance,
        adjustedMean: covariate ? used.mean : null,
        moments: used,
        estimate: { mean: used.mean, varianceOfMean: variance / raw.count },
        values: arm.metric,
      };
    }),
  };
}

function capped(units: Units, rate: number | null) {
  if (rate === null || units.type !== "mean") return { arms: units.arms, winsorised: null };
  const all = new Float64Array(units.arms.reduce((sum, arm) => sum + arm.metric.length, 0));
  let at = 0;
  for (const arm of units.arms) {
    all.set(arm.metric, at);
    at += arm.metric.length;
  }
  const limit = quantileSorted(all.sort(), rate);
  let cappedCount = 0;
  const arms = units.arms.map((arm): Arm => {
    const found = winsorise(arm.metric, limit);
    cappedCount += found.cappedCount;
    return { ...arm, metric: found.values };
  });
  return { arms, winsorised: { limit, capped_count: cappedCount } };
}

function ratioSummary(arm: Arm): ArmSummary {
  const pairs = coMomentsOf(arm.metric, arm.denominator ?? new Float64Array(arm.metric.length).fill(1));
  const estimate = ratioEstimate(pairs) ?? { mean: Number.NaN, varianceOfMean: Number.NaN };
  const unitVariance = estimate.varianceOfMean * pairs.count;
  return {
    variant: arm.variant,
    count: Number.isNaN(estimate.mean) ? 0 : pairs.count,
    mean: estimate.mean,
    unitVariance,
    adjustedMean: null,
    moments: { count: pairs.count, mean: estimate.mean, variance: unitVariance },
    estimate,
    values: arm.metric,
  };
}

/** The test of a treatment against the control; null when either has fewer than two units. */
export function compareArms(
  summary: Summary,
  control: ArmSummary,
  treatment: ArmSummary,
  alpha: number,
): Comparison | null {
  if (control.count < 2 || treatment.count < 2) return null;
  switch (summary.method) {
    case "two_proportion_z":
      return twoProportionZ(successes(control), successes(treatment), alpha);
    case "ratio_delta_z":
      return ratioMetricZ(control.estimate, treatment.estimate, alpha);
    case "welch_t":
    case "cuped_welch_t":
      return welchT(control.moments, treatment.moments, alpha);
  }
}

const successes = (arm: ArmSummary) => ({ successes: Math.round(arm.mean * arm.count), count: arm.count });

/** What is believed about an arm's true mean; null when there is nothing to believe on. */
export function posteriorOf(summary: Summary, arm: ArmSummary, prior: Prior): Posterior | null {
  if (arm.count < 2) return null;
  if (summary.method === "two_proportion_z") {
    const { successes: won, count } = successes(arm);
    return betaPosterior(prior.beta[0] + won, prior.beta[1] + count - won);
  }
  const error = Math.sqrt(arm.estimate.varianceOfMean);
  return error > 0 ? normalPosterior(arm.estimate.mean, error, prior.normal) : null;
}
