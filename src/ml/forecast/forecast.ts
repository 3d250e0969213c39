/** What every method gives: one value a step ahead, and how far it may be off. */
export interface Forecast {
  /** Values 1 to horizon steps ahead. */
  readonly values: Float64Array;
  /** Standard deviations of their errors, as the method itself sees them: usually too small, see `intervals.ts`. */
  readonly deviations: Float64Array;
}

/** Forecasts a series of equally spaced values, oldest first; needs at least one value. */
export type Method = (values: Float64Array, season: number, horizon: number) => Forecast;

/** Square root of the mean of squares; 0 of nothing. */
export function rootMeanSquare(errors: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < errors.length; at += 1) sum += errors[at]! ** 2;
  return errors.length > 0 ? Math.sqrt(sum / errors.length) : 0;
}
