/** The readout of an experiment: every variant against the control, and whether the figures can be trusted. */
import { benjaminiHochberg, holm } from "../../stats/adjust-p-values.ts";
import { alwaysValid } from "../../stats/always-valid.ts";
import { standings } from "../../stats/best-variant.ts";
import type { Comparison } from "../../stats/comparison.ts";
import { credibleDifference } from "../../stats/credible-difference.ts";
import { normalCdf } from "../../stats/normal.ts";
import { normalQuantile } from "../../stats/normal-quantile.ts";
import type { NormalPrior } from "../../stats/posterior.ts";
import { relativeEffect } from "../../stats/relative-effect.ts";
import { sampleRatio } from "../../stats/sample-ratio.ts";
import { type ArmSummary, compareArms, posteriorOf, type Summary, summarise } from "./summary.ts";
import { type QuantileReadout, quantilesOf, ranksOf, stratifiedEffect } from "./supplements.ts";
import type { Dropped, Units } from "./units.ts";
import { warningsOf } from "./warnings.ts";

/** The prior of the Bayesian readout: a beta for a proportion, a normal one (null: none) for a mean. */
export interface Prior {
  readonly beta: readonly [a: number, b: number];
  readonly normal: NormalPrior | null;
}

export interface ReadoutOptions {
  readonly alpha: number;
  /** Planned shares in the order of the arms; null for equal ones. */
  readonly weights: readonly number[] | null;
  /** Units for which the always-valid interval is narrowest, over all arms; null for no such interval. */
  readonly sequentialPlannedCount: number | null;
  readonly prior: Prior | null;
  readonly adjustment: "holm" | "benjamini-hochberg";
  /** Values above this quantile of all arms are capped to it; null for none. */
  readonly winsoriseRate: number | null;
  /** The effect planned for, absolute, for the power; null for the one observed. */
  readonly plannedEffect: number | null;
  readonly isRankTested: boolean;
  readonly quantiles: readonly number[];
  /** Of the bootstrap. */
  readonly seed: number;
}

export const defaultOptions: ReadoutOptions = {
  alpha: 0.05,
  weights: null,
  sequentialPlannedCount: null,
  prior: null,
  adjustment: "holm",
  winsoriseRate: null,
  plannedEffect: null,
  isRankTested: false,
  quantiles: [],
  seed: 1,
};

/** One variant. Effects are against the control, and null for the control itself. */
export interface VariantReadout {
  readonly variant: string;
  readonly is_control: boolean;
  readonly unit_count: number;
  /** As measured (after capping, before the covariate's adjustment). */
  readonly mean: number | null;
  readonly standard_deviation: number | null;
  /** With the part the covariate explains taken off; null without a covariate. */
  readonly adjusted_mean: number | null;
  readonly absolute_effect: number | null;
  readonly relative_effect: number | null;
  readonly ci_lower: number | null;
  readonly ci_upper: number | null;
  /** Null where the data allow any relative size: the control's mean is not clearly different from 0. */
  readonly relative_ci_lower: number | null;
  readonly relative_ci_upper: number | null;
  readonly statistic: number | null;
  readonly degrees_of_freedom: number | null;
  readonly p_value: number | null;
  readonly p_value_adjusted: number | null;
  readonly sequential_ci_lower: number | null;
  readonly sequential_ci_upper: number | null;
  readonly sequential_p_value: number | null;
  readonly probability_best: number | null;
  readonly expected_loss: number | null;
  readonly credible_lower: number | null;
  readonly credible_upper: number | null;
  /** Chance that a unit of this variant has the larger value; null unless ranks were asked for. */
  readonly superiority_rate: number | null;
  readonly rank_p_value: number | null;
  readonly stratified_effect: number | null;
  readonly stratified_ci_lower: number | null;
  readonly stratified_ci_upper: number | null;
  readonly quantiles: readonly QuantileReadout[];
}

export interface Readout {
  readonly metric: string;
  readonly type: Units["type"];
  /** The test behind statistic and p_value. */
  readonly method: Summary["method"];
  readonly alpha: number;
  readonly adjustment: ReadoutOptions["adjustment"];
  readonly variants: readonly VariantReadout[];
  readonly srm: { readonly chi_squared: number; readonly p_value: number; readonly is_mismatch: boolean };
  readonly dropped: Dropped;
  readonly row_count: number;
  readonly used_row_count: number;
  /** Chance that this many units would show the planned effect (the observed one when none was planned); the least over variants. */
  readonly power: number | null;
  /** The smallest absolute effect that this many units would show in four of five experiments. */
  readonly minimum_detectable_effect: number | null;
  readonly covariate: {
    readonly theta: number;
    readonly explained_rate: number;
    readonly missing_count: number;
  } | null;
  readonly winsorised: { readonly limit: number; readonly capped_count: number } | null;
  readonly warnings: readonly string[];
}

/** Below this p-value the sample ratio is called mismatched: strict, for it is looked at in every experiment. */
const mismatchLevel = 0.001;

/** Computes the readout. Cost is linear in the units, n log n with ranks or quantiles. */
export function readout(units: Units, options: ReadoutOptions): Readout {
  const summary = summarise(units, options.winsoriseRate);
  const [control, ...treatments] = summary.arms;
  if (!control) throw new RangeError("an experiment has at least one arm");
  const comparisons = treatments.map((treatment) => compareArms(summary, control, treatment, options.alpha));
  const known = comparisons.flatMap((comparison) => comparison ?? []);
  const adjust = options.adjustment === "holm" ? holm : benjaminiHochberg;
  const adjusted = adjust(known.map((comparison) => comparison.pValue));
  const beliefs = bayesian(summary, options);
  const plannedOrObserved = known.map((one) =>
    chanceToShow(options.plannedEffect ?? one.effect, one.standardError, options.alpha),
  );
  const counts = units.arms.map((arm) => arm.metric.length);
  const ratio = sampleRatio(counts, options.weights ?? counts.map(() => 1));
  const srm = { chi_squared: ratio.chiSquared, p_value: ratio.pValue, is_mismatch: ratio.pValue < mismatchLevel };
  const variants = summary.arms.map((arm, index): VariantReadout => {
    const comparison = index === 0 ? null : (comparisons[index - 1] ?? null);
    return {
      ...described(arm, index === 0),
      ...effects(control, arm, comparison, options.alpha),
      p_value_adjusted: comparison ? (adjusted[known.indexOf(comparison)] ?? null) : null,
      ...sequential(comparison, control.count + arm.count, summary, options),
      ...(beliefs[index] ?? noBelief),
      ...(index > 0 ? ranksOf(summary, index, options.isRankTested) : noRanks),
      ...(index > 0 ? stratifiedEffect(units, summary, index, options.alpha) : noStrata),
      quantiles: index > 0 ? quantilesOf(summary, index, options) : [],
    };
  });
  return {
    metric: units.metric,
    type: units.type,
    method: summary.method,
    alpha: options.alpha,
    adjustment: options.adjustment,
    variants,
    srm,
    dropped: units.dropped,
    row_count: units.rowCount,
    used_row_count: counts.reduce((sum, count) => sum + count, 0),
    power: plannedOrObserved.length > 0 ? Math.min(...plannedOrObserved) : null,
    minimum_detectable_effect: detectable(known, options.alpha),
    covariate: summary.covariate && {
      theta: summary.covariate.theta,
      explained_rate: summary.covariate.explainedRate,
      missing_count: units.covariateMissingCount,
    },
    winsorised: summary.winsorised,
    warnings: warningsOf(units, summary, srm, options),
  };
}

const noBelief = { probability_best: null, expected_loss: null, credible_lower: null, credible_upper: null };
const noRanks = { superiority_rate: null, rank_p_value: null };
const noStrata = { stratified_effect: null, stratified_ci_lower: null, stratified_ci_upper: null };

function described(arm: ArmSummary, isControl: boolean) {
  const isKnown = arm.count > 0;
  return {
    variant: arm.variant,
    is_control: isControl,
    unit_count: arm.count,
    mean: isKnown ? arm.mean : null,
    standard_deviation: arm.count > 1 ? Math.sqrt(arm.unitVariance) : null,
    adjusted_mean: arm.adjustedMean,
  };
}

function effects(control: ArmSummary, arm: ArmSummary, comparison: Comparison | null, alpha: number) {
  const relative = comparison && relativeEffect(control.estimate, arm.estimate, alpha);
  return {
    absolute_effect: comparison?.effect ?? null,
    relative_effect: relative?.value ?? null,
    ci_lower: comparison?.lower ?? null,
    ci_upper: comparison?.upper ?? null,
    relative_ci_lower: relative?.lower ?? null,
    relative_ci_upper: relative?.upper ?? null,
    statistic: comparison && finite(comparison.statistic),
    degrees_of_freedom: comparison?.degrees ?? null,
    p_value: comparison?.pValue ?? null,
  };
}

/** JSON has no infinity. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function sequential(comparison: Comparison | null, count: number, summary: Summary, options: ReadoutOptions) {
  const none = { sequential_ci_lower: null, sequential_ci_upper: null, sequential_p_value: null };
  if (comparison === null || options.sequentialPlannedCount === null) return none;
  const planned = (options.sequentialPlannedCount * 2) / summary.arms.length;
  const found = alwaysValid(comparison.effect, comparison.standardError, count, planned, options.alpha);
  return {
    sequential_ci_lower: finite(found.lower),
    sequential_ci_upper: finite(found.upper),
    sequential_p_value: found.pValue,
  };
}

function bayesian(summary: Summary, { prior, alpha }: ReadoutOptions) {
  if (prior === null) return [];
  const posteriors = summary.arms.map((arm) => posteriorOf(summary, arm, prior));
  const [control] = posteriors;
  const all = posteriors.flatMap((one) => one ?? []);
  if (!control || all.length < posteriors.length) return [];
  const standing = standings(all);
  return all.map((posterior, index) => {
    const interval = index === 0 ? null : credibleDifference(control, posterior, alpha);
    return {
      probability_best: standing[index]?.probabilityBest ?? null,
      expected_loss: standing[index]?.expectedLoss ?? null,
      credible_lower: interval?.lower ?? null,
      credible_upper: interval?.upper ?? null,
    };
  });
}

/** Chance that a normal estimate with this standard error is significant, two-sided, when the true effect is this. */
function chanceToShow(effect: number, standardError: number, alpha: number): number {
  const z = normalQuantile(1 - alpha / 2);
  const shift = standardError > 0 ? Math.abs(effect) / standardError : 0;
  return normalCdf(shift - z) + normalCdf(-shift - z);
}

function detectable(comparisons: readonly Comparison[], alpha: number): number | null {
  if (comparisons.length === 0) return null;
  const error = Math.max(...comparisons.map((one) => one.standardError));
  return (normalQuantile(1 - alpha / 2) + normalQuantile(0.8)) * error;
}
