/** How good a series' forecasts would have been: made again from earlier days, held against what came. */
import { type ChosenForms, combination } from "./combination.ts";
import type { Forecast } from "./forecast.ts";
import { movingAverage, seasonalNaive } from "./simple-methods.ts";

export const methodNames = ["average", "seasonal naive", "moving average"] as const;
export type MethodName = (typeof methodNames)[number];

export interface Backtest {
  /** Absolute errors over the deviation the method itself gave, one an origin and step. */
  readonly scaledErrors: Readonly<Record<MethodName, readonly number[]>>;
  /** Mean absolute error; null without an origin. */
  readonly meanAbsoluteError: Readonly<Record<MethodName, number>> | null;
  readonly originCount: number;
}

/** Forecasts with a method by its name. */
export function forecastBy(
  method: MethodName,
  values: Float64Array,
  season: number,
  horizon: number,
  forms: ChosenForms,
): Forecast {
  switch (method) {
    case "average":
      return combination(values, season, horizon, forms);
    case "seasonal naive":
      return seasonalNaive(values, season, horizon);
    case "moving average":
      return movingAverage(values, season, horizon);
  }
}

const mostOrigins = 8;

/**
 * Rolling origins over the last `horizon` values, at most eight, as far as enough history stays before them. Forms of
 * exponential smoothing are those of the whole series; their weights are fitted again at each origin.
 *
 * @see Tashman (2000), International Journal of Forecasting 16(4), 437-450
 */
export function backtest(values: Float64Array, season: number, horizon: number, forms: ChosenForms): Backtest {
  const backs = originsOf(values.length, season, horizon);
  const scaledErrors: Record<MethodName, number[]> = { average: [], "seasonal naive": [], "moving average": [] };
  const sums: Record<MethodName, number> = { average: 0, "seasonal naive": 0, "moving average": 0 };
  for (const back of backs) {
    const known = values.slice(0, values.length - back);
    for (const method of methodNames) {
      const { values: points, deviations } = forecastBy(method, known, season, back, forms);
      for (let step = 0; step < back; step += 1) {
        const error = Math.abs(points[step]! - values[known.length + step]!);
        sums[method] += error;
        if (deviations[step]! > 0) scaledErrors[method].push(error / deviations[step]!);
      }
    }
  }
  const count = backs.reduce((sum, back) => sum + back, 0);
  const meanOf = (method: MethodName): number => sums[method] / count;
  const meanAbsoluteError =
    count > 0
      ? {
          average: meanOf("average"),
          "seasonal naive": meanOf("seasonal naive"),
          "moving average": meanOf("moving average"),
        }
      : null;
  return { scaledErrors, meanAbsoluteError, originCount: backs.length };
}

/** How many of the last values each origin leaves out, evenly spread up to the horizon. */
function originsOf(length: number, season: number, horizon: number): readonly number[] {
  const least = Math.max(8, season > 1 ? 2 * season + 4 : 0);
  const furthest = Math.max(0, Math.min(horizon, length - least));
  const count = Math.min(mostOrigins, furthest);
  return Array.from({ length: count }, (_, index) => Math.round((furthest * (index + 1)) / count));
}
