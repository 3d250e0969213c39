/** The methods every other must beat. */
import { type Method, rootMeanSquare } from "./forecast.ts";

/** The value one season ago; without a whole season, the last value. */
export const seasonalNaive: Method = (values, season, horizon) => {
  const lag = values.length >= season ? season : 1;
  const errors = values.slice(lag).map((value, at) => value - values[at]!);
  const deviation = rootMeanSquare(errors);
  return {
    values: Float64Array.from({ length: horizon }, (_, step) => values[values.length - lag + (step % lag)]!),
    deviations: Float64Array.from({ length: horizon }, (_, step) => deviation * Math.sqrt(Math.floor(step / lag) + 1)),
  };
};

/** The mean of the last season, or of what there is, for every step. */
export const movingAverage: Method = (values, season, horizon) => {
  const width = Math.min(values.length, Math.max(season, 3));
  const meanBefore = (end: number): number => {
    let sum = 0;
    for (let at = end - width; at < end; at += 1) sum += values[at]!;
    return sum / width;
  };
  const errors = values.slice(width).map((value, at) => value - meanBefore(at + width));
  return {
    values: new Float64Array(horizon).fill(meanBefore(values.length)),
    deviations: new Float64Array(horizon).fill(rootMeanSquare(errors)),
  };
};
