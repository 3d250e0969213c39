/** Planning an experiment: how many units, for how long, to see how small an effect. */
import { CartwrightError } from "../../errors.ts";
import { detectableDifference, powerOfMeans, sampleSizeOfMeans } from "../../stats/power-means.ts";
import {
  detectableRise,
  powerOfProportions,
  sampleSizeOfProportions,
  type TestGoal,
} from "../../stats/power-proportions.ts";

export interface DesignQuestion {
  /** The metric without the change: a share in (0, 1), or a mean. */
  readonly baseline: number;
  /** The change to find: in the metric's unit, or as a share of the baseline. */
  readonly effect: number;
  readonly isRelative: boolean;
  /** Of the metric between units; given for means and ratios (of the linearised units), null for a proportion. */
  readonly standardDeviation: number | null;
  readonly alpha: number;
  readonly power: number;
  readonly sides: 1 | 2;
  /** Arms, the control included. */
  readonly variantCount: number;
  /** Correlation of the metric with a covariate from before; CUPED leaves 1 - correlation^2 of the variance. */
  readonly covariateCorrelation: number;
  /** Units entering the experiment a day, over all arms; null when unknown. */
  readonly dailyUnits: number | null;
  /** Units per variant one has; null to ask how many are needed. */
  readonly unitsPerVariant: number | null;
}

export interface Design {
  readonly metric_type: "proportion" | "mean";
  readonly baseline: number;
  readonly treated: number;
  readonly absolute_effect: number;
  readonly relative_effect: number | null;
  readonly alpha: number;
  /** alpha shared among the comparisons with the control (Bonferroni). */
  readonly alpha_per_comparison: number;
  readonly power: number;
  readonly sides: 1 | 2;
  readonly variant_count: number;
  readonly sample_size_per_variant: number;
  readonly total_sample_size: number;
  readonly duration_days: number | null;
  /** The smallest effect in the wanted direction, without its sign, found with the wanted power at that size; null when not even the largest would be. */
  readonly minimum_detectable_effect: number | null;
  /** Power for the effect asked about, at that size. */
  readonly achieved_power: number;
  readonly formula: string;
  readonly decision_rule: string;
}

/**
 * Plans an experiment. Proportions by the normal formula with unpooled variances, means by the exact power of the t-test.
 *
 * @throws invalid_parameter naming parameter, value and limit
 */
export function design(question: DesignQuestion): Design {
  check(question);
  const { baseline, alpha, power, sides, variantCount } = question;
  const effect = question.isRelative ? question.effect * baseline : question.effect;
  const treated = baseline + effect;
  const isMean = question.standardDeviation !== null;
  if (!isMean && !(treated > 0 && treated < 1)) {
    throw invalid("effect", `must leave a share between 0 and 1: ${baseline} becomes ${round(treated)}`);
  }
  const shared = alpha / (variantCount - 1);
  const goal: TestGoal = { alpha: shared, power, sides };
  const rest = 1 - question.covariateCorrelation ** 2;
  const spread = (question.standardDeviation ?? 0) * Math.sqrt(rest);
  const needed = isMean
    ? sampleSizeOfMeans(effect, spread, goal)
    : Math.max(2, Math.ceil(sampleSizeOfProportions(baseline, treated, goal) * rest - 1e-9));
  const units = question.unitsPerVariant ?? needed;
  const total = units * variantCount;
  // A proportion's units count for more once a covariate has taken its share of the variance away.
  const effective = units / rest;
  const minimum = isMean
    ? detectableDifference(spread, units, goal)
    : detectableChange(baseline, Math.sign(effect), effective, goal);
  const achieved = isMean
    ? powerOfMeans(effect, spread, units, goal)
    : powerOfProportions(baseline, treated, effective, goal);
  return {
    metric_type: isMean ? "mean" : "proportion",
    baseline,
    treated,
    absolute_effect: effect,
    relative_effect: baseline === 0 ? null : effect / baseline,
    alpha,
    alpha_per_comparison: shared,
    power,
    sides,
    variant_count: variantCount,
    sample_size_per_variant: units,
    total_sample_size: total,
    duration_days: question.dailyUnits === null ? null : Math.ceil(total / question.dailyUnits),
    minimum_detectable_effect: minimum,
    achieved_power: achieved,
    formula: isMean
      ? "t-test of two means, exact power from the non-central t"
      : "two-proportion z, unpooled variances: n = (z_alpha + z_beta)^2 (p0 q0 + p1 q1) / (p1 - p0)^2",
    decision_rule: decisionRule(question, effect, total),
  };
}

/** A fall of a share is the rise of the share of those who do not. */
function detectableChange(baseline: number, sign: number, units: number, goal: TestGoal): number | null {
  const from = sign > 0 ? baseline : 1 - baseline;
  const rise = detectableRise(from, units, goal);
  return from + rise < 1 ? rise : null;
}

function decisionRule(question: DesignQuestion, effect: number, total: number): string {
  const direction = effect > 0 ? "above" : "below";
  const side = question.sides === 2 ? "two-sided" : "one-sided";
  const adjusted = question.variantCount > 2 ? " after Holm's adjustment" : "";
  return (
    `Stop when ${total.toLocaleString("en")} units have been seen, not before. Take the variant if its effect is ${direction} 0 ` +
    `with a ${side} p-value under ${round(question.alpha)}${adjusted}, the sample ratio holds (p above 0.001) and no guardrail is worse; ` +
    "otherwise keep the control."
  );
}

const round = (value: number): number => Number(value.toPrecision(6));

const invalid = (name: string, message: string): CartwrightError =>
  new CartwrightError("invalid_parameter", `${name} ${message}`, { name });

function check(question: DesignQuestion): void {
  const { baseline, effect, standardDeviation, alpha, power, variantCount, covariateCorrelation } = question;
  const isShare = (value: number): boolean => value > 0 && value < 1;
  if (standardDeviation === null && !isShare(baseline))
    throw invalid(
      "baseline",
      `must be a share between 0 and 1 (for a mean give its standard deviation), got ${baseline}`,
    );
  if (!Number.isFinite(baseline)) throw invalid("baseline", `must be a number, got ${baseline}`);
  if (!Number.isFinite(effect) || effect === 0) throw invalid("effect", `must be a number other than 0, got ${effect}`);
  if (question.isRelative && baseline === 0) throw invalid("effect", "cannot be relative to a baseline of 0");
  if (standardDeviation !== null && !(standardDeviation > 0 && Number.isFinite(standardDeviation)))
    throw invalid("standard_deviation", `must be above 0, got ${standardDeviation}`);
  if (!isShare(alpha)) throw invalid("alpha", `must be between 0 and 1, got ${alpha}`);
  if (!isShare(power) || power <= alpha) throw invalid("power", `must be between alpha (${alpha}) and 1, got ${power}`);
  if (!Number.isInteger(variantCount) || variantCount < 2 || variantCount > 20)
    throw invalid("variants", `must be a whole number from 2 to 20, got ${variantCount}`);
  if (!(Math.abs(covariateCorrelation) < 1))
    throw invalid("covariate_correlation", `must be between -1 and 1, got ${covariateCorrelation}`);
  for (const [name, value] of [
    ["daily_units", question.dailyUnits],
    ["sample_size", question.unitsPerVariant],
  ] as const) {
    if (value !== null && !(value >= 1 && Number.isFinite(value)))
      throw invalid(name, `must be at least 1, got ${value}`);
  }
  if (question.unitsPerVariant !== null && question.unitsPerVariant < 2)
    throw invalid("sample_size", `must be at least 2, got ${question.unitsPerVariant}`);
}
