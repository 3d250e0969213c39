/** The Theta method: half the linear trend, and exponential smoothing of the rest. */
import { nelderMead } from "../../stats/nelder-mead.ts";
import { type Decomposition, decompose, isSeasonal } from "./decompose.ts";
import { type Method, rootMeanSquare } from "./forecast.ts";

/**
 * Takes a significant season out, smooths the rest exponentially with half the slope of its linear trend as drift, and puts
 * the season back. The best single method of the M3 competition.
 *
 * @see Assimakopoulos and Nikolopoulos (2000), International Journal of Forecasting 16(4), 521-530; as smoothing with
 *   drift: Hyndman and Billah (2003), International Journal of Forecasting 19(2), 287-290
 */
export const theta: Method = (values, season, horizon) => {
  const { kind, indices, adjusted } = withoutSeason(values, season);
  const n = adjusted.length;
  const drift = slopeOf(adjusted) / 2;
  const { alpha, level, deviation } = smooth(adjusted);
  const shift = (1 - (1 - alpha) ** n) / alpha;
  const seasonOf = (step: number): number => indices[(n + step) % season]!;
  const reseason = (value: number, step: number): number =>
    kind === "none" ? value : kind === "additive" ? value + seasonOf(step) : value * seasonOf(step);
  return {
    values: Float64Array.from({ length: horizon }, (_, step) => reseason(level + drift * (step + shift), step)),
    deviations: Float64Array.from({ length: horizon }, (_, step) => {
      const own = deviation * Math.sqrt(1 + step * alpha ** 2);
      return kind === "multiplicative" ? own * Math.abs(seasonOf(step)) : own;
    }),
  };
};

function withoutSeason(values: Float64Array, season: number): Decomposition {
  if (!isSeasonal(values, season)) return { kind: "none", indices: new Float64Array(0), adjusted: values };
  if (values.every((value) => value > 0)) {
    const decomposition = decompose(values, season, "multiplicative");
    if (decomposition.indices.every((index) => index > 1e-3)) return decomposition;
  }
  return decompose(values, season, "additive");
}

/** The least-squares slope of a series against time. */
export function slopeOf(values: Float64Array): number {
  const n = values.length;
  const middle = (n - 1) / 2;
  let cross = 0;
  for (let at = 0; at < n; at += 1) cross += (at - middle) * values[at]!;
  return n > 1 ? cross / ((n * (n * n - 1)) / 12) : 0;
}

/** Simple exponential smoothing with the weight and first level that make the one-step errors least. */
function smooth(values: Float64Array): { readonly alpha: number; readonly level: number; readonly deviation: number } {
  const n = values.length;
  const scale = rootMeanSquare(values.map((value) => value - values[0]!)) || 1;
  const run = (alpha: number, first: number): { readonly level: number; readonly squares: number } => {
    let level = first;
    let squares = 0;
    for (let at = 0; at < n; at += 1) {
      const error = values[at]! - level;
      squares += error * error;
      level += alpha * error;
    }
    return { level, squares };
  };
  const alphaOf = (x: number): number => 1e-3 + 0.998 / (1 + Math.exp(-x));
  const best = nelderMead((x) => run(alphaOf(x[0]!), values[0]! + scale * x[1]!).squares / (scale * scale), [0, 0], {
    step: 0.5,
    tolerance: 1e-8,
    maxEvaluations: 200,
  });
  const alpha = alphaOf(best.x[0]!);
  const { level, squares } = run(alpha, values[0]! + scale * best.x[1]!);
  return { alpha, level, deviation: Math.sqrt(squares / Math.max(1, n - 2)) };
}
