/** Errors of forecasts as the M3 competition and Hyndman and Koehler (2006) define them, averaged over series. */
import type { SeriesForecast } from "../../src/ml/forecast/forecast-series.ts";

export interface SplitSeries {
  readonly train: Float64Array;
  readonly test: Float64Array;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: Float64Array | undefined | null, index: number): number => values?.[index] ?? Number.NaN;

/** Mean of 200 |f - y| / (|f| + |y|). */
export const meanSmape = (forecasts: readonly Float64Array[], series: readonly SplitSeries[]): number =>
  mean(
    series.map(({ test }, one) =>
      mean(
        [...test].map(
          (y, step) =>
            (200 * Math.abs(at(forecasts[one], step) - y)) / (Math.abs(at(forecasts[one], step)) + Math.abs(y)),
        ),
      ),
    ),
  );

/** Mean absolute error over the mean absolute change against one season ago in the training part. */
export const meanMase = (forecasts: readonly Float64Array[], series: readonly SplitSeries[], season: number): number =>
  mean(
    series.map(({ train, test }, one) => {
      const changes = [...train.subarray(season)].map((value, index) => Math.abs(value - at(train, index)));
      return mean([...test].map((y, step) => Math.abs(at(forecasts[one], step) - y))) / mean(changes);
    }),
  );

/** Share of later values inside the intervals. */
export const coverage = (forecasts: readonly SeriesForecast[], series: readonly SplitSeries[]): number =>
  mean(
    series.flatMap(({ test }, one) =>
      [...test].map((y, step) =>
        y >= at(forecasts[one]?.lower, step) && y <= at(forecasts[one]?.upper, step) ? 1 : 0,
      ),
    ),
  );
