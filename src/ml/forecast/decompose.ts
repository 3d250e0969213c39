/** A series taken apart into its season and the rest. */

/**
 * `none`: the series has no season. `additive`: value = rest + index. `multiplicative`: value = rest * index.
 */
export type SeasonKind = "none" | "additive" | "multiplicative";

export interface Decomposition {
  readonly kind: SeasonKind;
  /** One index for each place in the season, the first for the first value; they average 0 (additive) or 1 (multiplicative). */
  readonly indices: Float64Array;
  /** The values without their season. */
  readonly adjusted: Float64Array;
}

/**
 * Classical decomposition: a centred moving average over one season is the trend, and the mean ratio (or difference) of
 * each place in the season to it the index.
 *
 * @param values at least two whole seasons
 * @see Kendall and Stuart (1983), The Advanced Theory of Statistics 3, 410-414
 */
export function decompose(
  values: ArrayLike<number>,
  season: number,
  kind: "additive" | "multiplicative",
): Decomposition {
  const n = values.length;
  const half = season >> 1;
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let at = half; at < n - half; at += 1) {
    let trend = 0;
    for (let offset = -half; offset <= half; offset += 1) {
      const isEdge = season % 2 === 0 && Math.abs(offset) === half;
      trend += (isEdge ? 0.5 : 1) * values[at + offset]!;
    }
    trend /= season;
    const place = at % season;
    const detrended = kind === "additive" ? values[at]! - trend : values[at]! / trend;
    if (!Number.isFinite(detrended)) continue;
    sums[place] = sums[place]! + detrended;
    counts[place] = counts[place]! + 1;
  }
  const neutral = kind === "additive" ? 0 : 1;
  const raw = sums.map((sum, place) => (counts[place]! > 0 ? sum / counts[place]! : neutral));
  const mean = raw.reduce((sum, index) => sum + index, 0) / season;
  const indices = raw.map((index) => (kind === "additive" ? index - mean : index / mean));
  const adjusted = Float64Array.from(values, (value, at) =>
    kind === "additive" ? value - indices[at % season]! : value / indices[at % season]!,
  );
  return { kind, indices, adjusted };
}

/**
 * Whether the autocorrelation at the season's lag is beyond chance at 90 % confidence.
 *
 * @see Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler (2016), International Journal of Forecasting 32(4), 1151-1161
 */
export function isSeasonal(values: ArrayLike<number>, season: number): boolean {
  const n = values.length;
  if (season < 2 || n < 2 * season + 1) return false;
  let mean = 0;
  for (let at = 0; at < n; at += 1) mean += values[at]! / n;
  const covariance = (lag: number): number => {
    let sum = 0;
    for (let at = lag; at < n; at += 1) sum += (values[at]! - mean) * (values[at - lag]! - mean);
    return sum;
  };
  const variance = covariance(0);
  if (!(variance > 0)) return false;
  let squares = 0;
  for (let lag = 1; lag < season; lag += 1) squares += (covariance(lag) / variance) ** 2;
  return Math.abs(covariance(season) / variance) > 1.6448536269514722 * Math.sqrt((1 + 2 * squares) / n);
}
