/** Forecasts of many series with intervals that hold what they promise. */

import { normalQuantile } from "../../stats/normal-quantile.ts";
import { backtest, forecastBy, type MethodName, methodNames } from "./backtest.ts";
import { type ChosenForms, chooseForms } from "./combination.ts";

export interface SeriesForecast {
  readonly method: MethodName;
  readonly values: Float64Array;
  /** Bounds of the interval; null when fewer than three values say nothing of how much they vary. */
  readonly lower: Float64Array | null;
  readonly upper: Float64Array | null;
  /** Mean absolute error of each method over the backtest; null when the history is too short for one. */
  readonly backtestError: Readonly<Record<MethodName, number>> | null;
}

export interface ForecastOptions {
  /** Values in a season: 12 for months, 7 for days, 1 for none. */
  readonly season: number;
  readonly horizon: number;
  /** Share of later values the interval is to hold, in (0, 1). */
  readonly level: number;
}

/**
 * A baseline is preferred only where it was better than the average by this much, and the history is this many horizons
 * long: on the training parts of the M3 monthly series, all shorter, choosing by backtest was worse than never choosing.
 */
const clearlyBetter = 0.75;
const horizonsToChoose = 8;
/** How many origins of its own weigh as much as all other series together in a series' interval. */
const sharedWeight = 12;
/**
 * By how much backtested errors exceed the deviations of the methods at the 95th of 100, over the training parts of the M3
 * monthly series: stands in for other series where one is forecast alone.
 */
const usualExcess = 1.08;

const fewestForInterval = 3;

interface Prepared {
  readonly values: Float64Array;
  readonly forms: ChosenForms;
  readonly method: MethodName;
  readonly scaledErrors: readonly number[];
  readonly originCount: number;
  readonly backtestError: SeriesForecast["backtestError"];
}

/**
 * Forecasts each series by the average of methods, or by a baseline that was clearly better in its backtest. Interval widths
 * are the methods' own deviations times the quantile of backtested errors in them: pooled over all series, and
 * the series' own the more the longer its backtest. The errors of one origin go together, so the own quantile allows for one
 * origin more. Nothing falls below 0 where nothing did before.
 *
 * @param series values of each series, equally spaced, oldest first, at least one each
 * @see Shafer and Vovk (2008), "A Tutorial on Conformal Prediction", Journal of Machine Learning Research 9, 371-421
 */
export function forecastSeries(
  series: readonly Float64Array[],
  { season, horizon, level }: ForecastOptions,
): readonly SeriesForecast[] {
  const prepared = series.map((values) => prepare(values, season, horizon));
  const pooled = prepared.flatMap(({ scaledErrors }) => [...scaledErrors]);
  const nominal = normalQuantile((1 + level) / 2);
  const shared = prepared.length > 1 && pooled.length >= 500 ? quantile(pooled, level) : nominal * usualExcess;
  return prepared.map((one) => {
    const { values, deviations } = forecastBy(one.method, one.values, season, horizon, one.forms);
    const own = one.scaledErrors.length > 0 ? quantile(one.scaledErrors, level * (1 + 1 / one.originCount)) : shared;
    const weight = one.originCount / (one.originCount + sharedWeight);
    const multiplier = Math.max(own, nominal / 2) ** weight * shared ** (1 - weight);
    const floor = one.values.every((value) => value >= 0) ? 0 : Number.NEGATIVE_INFINITY;
    const held = (value: number): number => Math.max(floor, value);
    const isKnown = one.values.length >= fewestForInterval;
    return {
      method: one.method,
      values: values.map(held),
      lower: isKnown ? values.map((value, step) => held(value - multiplier * deviations[step]!)) : null,
      upper: isKnown ? values.map((value, step) => held(value + multiplier * deviations[step]!)) : null,
      backtestError: one.backtestError,
    };
  });
}

function prepare(values: Float64Array, season: number, horizon: number): Prepared {
  const forms = chooseForms(values, season);
  const { scaledErrors, meanAbsoluteError, originCount } = backtest(values, season, horizon, forms);
  let method: MethodName = "average";
  if (meanAbsoluteError && values.length >= horizonsToChoose * horizon) {
    for (const other of methodNames) {
      const isBetter = meanAbsoluteError[other] < clearlyBetter * meanAbsoluteError.average;
      if (isBetter && meanAbsoluteError[other] < meanAbsoluteError[method]) method = other;
    }
  }
  return { values, forms, method, scaledErrors: scaledErrors[method], originCount, backtestError: meanAbsoluteError };
}

/** The smallest value that at least a share of the sample does not exceed; the largest for a share of 1 or more. */
function quantile(sample: readonly number[], share: number): number {
  const sorted = Float64Array.from(sample).sort();
  return sorted[Math.min(sorted.length, Math.ceil(sorted.length * share)) - 1]!;
}
