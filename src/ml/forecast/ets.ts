/** Exponential smoothing as a state space model: every admissible form, chosen by corrected information criterion. */
import { nelderMead } from "../../stats/nelder-mead.ts";
import { decompose } from "./decompose.ts";
import type { Forecast } from "./forecast.ts";
import { slopeOf } from "./theta.ts";

/** Error, trend and season: `A` additive, `M` multiplicative, `Ad` additive and damped, `N` none. */
export interface EtsForm {
  readonly error: "A" | "M";
  readonly trend: "N" | "A" | "Ad";
  readonly season: "N" | "A" | "M";
}

export interface EtsFit {
  readonly form: EtsForm;
  readonly values: Float64Array;
  readonly season: number;
  /** Where the search ended, to start the next one from. */
  readonly position: Float64Array;
  readonly aicc: number;
}

/**
 * The forms without numerical trouble: additive errors never with a multiplicative season, and no multiplicative trend.
 * Multiplicative parts need positive values.
 *
 * @see Hyndman, Koehler, Ord and Snyder (2008), Forecasting with Exponential Smoothing, chapter 2; the forms are those that
 *   R's `forecast::ets` tries
 */
export function admissibleForms(values: Float64Array, season: number): readonly EtsForm[] {
  const isPositive = values.every((value) => value > 0);
  const n = values.length;
  const hasSeason = season > 1 && n >= 2 * season + 2;
  const trends = (["N", "A", "Ad"] as const).slice(0, n < 5 ? 1 : n < 8 ? 2 : 3);
  const seasons = hasSeason ? (["N", "A", "M"] as const) : (["N"] as const);
  return (["A", "M"] as const).flatMap((error) =>
    trends.flatMap((trend) =>
      seasons
        .filter((one) => (isPositive || (error === "A" && one !== "M")) && !(error === "A" && one === "M"))
        .map((one) => ({ error, trend, season: one })),
    ),
  );
}

/** Fits every admissible form whose trend is among those given, and keeps the one of least AICc. */
export function fitEts(
  values: Float64Array,
  season: number,
  trends: readonly EtsForm["trend"][] = ["N", "A", "Ad"],
): EtsFit {
  let best: EtsFit | null = null;
  for (const form of admissibleForms(values, season).filter(({ trend }) => trends.includes(trend))) {
    const fit = fitForm(values, season, form, null);
    if (best === null || fit.aicc < best.aicc) best = fit;
  }
  if (best === null) throw new RangeError("exponential smoothing needs at least one value");
  return best;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

interface Parameters {
  alpha: number;
  beta: number;
  gamma: number;
  phi: number;
  level: number;
  trend: number;
}

/** First states out of the data: the season by classical decomposition, level and trend by a line through the first values. */
interface Start {
  readonly level: number;
  readonly trend: number;
  readonly scale: number;
  readonly indices: Float64Array;
}

function startOf(values: Float64Array, season: number, form: EtsForm): Start {
  const kind = form.season === "M" ? "multiplicative" : "additive";
  const { adjusted, indices } =
    form.season === "N" ? { adjusted: values, indices: new Float64Array(1) } : decompose(values, season, kind);
  const first = adjusted.slice(0, Math.min(adjusted.length, Math.max(10, 2 * season)));
  const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
  const slope = slopeOf(first);
  let squares = 0;
  for (const value of adjusted) squares += (value - mean) ** 2;
  const scale = Math.sqrt(squares / adjusted.length) || Math.abs(mean) || 1;
  if (form.season === "M") for (const [place, index] of indices.entries()) indices[place] = Math.max(index, 1e-2);
  return form.trend === "N"
    ? { level: mean, trend: 0, scale, indices }
    : { level: mean - slope * ((first.length + 1) / 2), trend: slope, scale, indices };
}

/** Runs the recursions; `states`, when given, receives the last level, trend and season. */
class Recursion {
  readonly #values: Float64Array;
  readonly #season: number;
  readonly #form: EtsForm;
  readonly #start: Start;
  readonly seasonal: Float64Array;
  level = 0;
  trend = 0;
  squares = 0;
  logScale = 0;

  constructor(values: Float64Array, season: number, form: EtsForm, start: Start) {
    this.#values = values;
    this.#season = form.season === "N" ? 1 : season;
    this.#form = form;
    this.#start = start;
    this.seasonal = new Float64Array(this.#season);
  }

  /** Twice the negative log-likelihood, but for a constant; Infinity where a multiplicative part is not positive. */
  run({ alpha, beta, gamma, phi, level: firstLevel, trend: firstTrend }: Parameters): number {
    const values = this.#values;
    const season = this.#season;
    const isErrorM = this.#form.error === "M";
    const isSeasonM = this.#form.season === "M";
    const isSeasonA = this.#form.season === "A";
    const seasonal = this.seasonal;
    seasonal.set(this.#start.indices);
    let level = firstLevel;
    let trend = firstTrend;
    let squares = 0;
    let logScale = 0;
    let place = 0;
    for (let at = 0; at < values.length; at += 1) {
      const trended = phi * trend;
      const base = level + trended;
      const index = seasonal[place]!;
      const mean = isSeasonM ? base * index : isSeasonA ? base + index : base;
      const error = values[at]! - mean;
      if (isErrorM) {
        if (!(mean > 0)) return Number.POSITIVE_INFINITY;
        squares += (error / mean) * (error / mean);
        logScale += Math.log(mean);
      } else squares += error * error;
      if (isSeasonM) {
        if (!(base > 0) || !(index > 0)) return Number.POSITIVE_INFINITY;
        level = base + (alpha * error) / index;
        trend = trended + (beta * error) / index;
        seasonal[place] = index + (gamma * error) / base;
      } else {
        level = base + alpha * error;
        trend = trended + beta * error;
        if (isSeasonA) seasonal[place] = index + gamma * error;
      }
      place = place + 1 === season ? 0 : place + 1;
    }
    this.level = level;
    this.trend = trend;
    this.squares = squares;
    this.logScale = logScale;
    return values.length * Math.log(Math.max(squares, 1e-300)) + 2 * logScale;
  }
}

/** The smoothing weights stay in the usual region: 0 < alpha < 1, beta < alpha, gamma < 1 - alpha, 0.8 < phi < 0.98. */
function parametersAt(x: Float64Array, form: EtsForm, start: Start): Parameters {
  let next = 0;
  const alpha = 1e-4 + 0.9998 * logistic(x[next++]!);
  const level = start.level + start.scale * x[next++]!;
  const hasTrend = form.trend !== "N";
  const beta = hasTrend ? alpha * logistic(x[next++]!) : 0;
  const trend = hasTrend ? start.trend + 0.1 * start.scale * x[next++]! : 0;
  const phi = form.trend === "Ad" ? 0.8 + 0.18 * logistic(x[next++]!) : hasTrend ? 1 : 0;
  const gamma = form.season === "N" ? 0 : (1 - alpha) * logistic(x[next]!);
  return { alpha, beta, gamma, phi, level, trend };
}

const firstPosition = (form: EtsForm): readonly number[] => [
  -0.5,
  0,
  ...(form.trend === "N" ? [] : [-2, 0]),
  ...(form.trend === "Ad" ? [2] : []),
  ...(form.season === "N" ? [] : [-2]),
];

/**
 * Fits one form by maximum likelihood over smoothing weights, first level and first trend; the first season is that of the
 * decomposition, and counts as estimated.
 *
 * @param from where to start the search; null for the usual place
 */
export function fitForm(values: Float64Array, season: number, form: EtsForm, from: Float64Array | null): EtsFit {
  const start = startOf(values, season, form);
  const recursion = new Recursion(values, season, form, start);
  const objective = (x: Float64Array): number => recursion.run(parametersAt(x, form, start));
  const position = from ?? Float64Array.from(firstPosition(form));
  const minimum = nelderMead(objective, position, {
    step: from ? 0.3 : 0.8,
    tolerance: from ? 1e-5 : 1e-6,
    maxEvaluations: (from ? 40 : 100) * position.length,
  });
  const n = values.length;
  const parameterCount = position.length + (form.season === "N" ? 0 : season - 1) + 1;
  const spare = n - parameterCount - 1;
  const correction = spare > 0 ? (2 * parameterCount * (parameterCount + 1)) / spare : Number.POSITIVE_INFINITY;
  return { form, values, season, position: minimum.x, aicc: minimum.value + 2 * parameterCount + correction };
}

/**
 * Point forecasts, and deviations by the formulae of the linear models; under multiplicative errors these are relative to
 * the forecast, which is close as long as the errors are small against the level.
 *
 * @see Hyndman, Koehler, Ord and Snyder (2008), section 6.3
 */
export function forecastEts(fit: EtsFit, horizon: number): Forecast {
  const { form, values, season, position } = fit;
  const start = startOf(values, season, form);
  const recursion = new Recursion(values, season, form, start);
  const parameters = parametersAt(position, form, start);
  recursion.run(parameters);
  const { alpha, beta, gamma, phi } = parameters;
  const sigma = Math.sqrt(recursion.squares / Math.max(1, values.length - position.length));
  const points = new Float64Array(horizon);
  const deviations = new Float64Array(horizon);
  let variance = 1;
  let damping = 0;
  for (let step = 0; step < horizon; step += 1) {
    if (step > 0) {
      const response = alpha + beta * damping + (form.season !== "N" && step % season === 0 ? gamma : 0);
      variance += response * response;
    }
    damping += phi ** (step + 1);
    const base = recursion.level + (form.trend === "N" ? 0 : damping * recursion.trend);
    const index = recursion.seasonal[(values.length + step) % recursion.seasonal.length]!;
    points[step] = form.season === "M" ? base * index : form.season === "A" ? base + index : base;
    deviations[step] = sigma * Math.sqrt(variance) * (form.error === "M" ? Math.abs(points[step]!) : 1);
  }
  return { values: points, deviations };
}
