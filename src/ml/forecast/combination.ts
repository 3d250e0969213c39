/** Several good methods averaged: the errors of one are not those of the next. */
import { airline } from "./airline.ts";
import { type EtsFit, fitEts, fitForm, forecastEts } from "./ets.ts";
import type { Forecast, Method } from "./forecast.ts";
import { onLogs } from "./on-logs.ts";
import { seasonalNaive } from "./simple-methods.ts";
import { theta } from "./theta.ts";

/** What was chosen on the whole series, kept while parts of it are forecast again. */
export interface ChosenForms {
  readonly ets: EtsFit;
  /** Without an undamped trend; of the logarithms where all values are positive. */
  readonly damped: EtsFit;
}

const logsOf = (values: Float64Array): Float64Array =>
  values.every((value) => value > 0) ? values.map(Math.log) : values;

/** Chooses the forms of exponential smoothing for a series: about 10 ms for ten years of months. */
export function chooseForms(values: Float64Array, season: number): ChosenForms {
  return { ets: fitEts(values, season), damped: fitEts(logsOf(values), season, ["N", "Ad"]) };
}

/** Seasons of history that Theta's trend and season are taken from. */
const thetaSeasons = 10;
/** From here on a season drifts enough over the history for last year's own values to say something the others do not. */
const longHistory = 15;

const recentTheta: Method = (values, season, horizon) =>
  onLogs(theta)(season > 1 ? values.slice(-thetaSeasons * season) : values, season, horizon);

/** The parts of the average, each with its name. */
export function memberForecasts(
  values: Float64Array,
  season: number,
  horizon: number,
  forms: ChosenForms,
): readonly (Forecast & { readonly name: string })[] {
  const refit = (fit: EtsFit, part: Float64Array): EtsFit =>
    part.length === fit.values.length ? fit : fitForm(part, season, fit.form, fit.position);
  const damped: Method = (part, _, steps) => forecastEts(refit(forms.damped, part), steps);
  return [
    { name: "theta", ...recentTheta(values, season, horizon) },
    { name: "ets", ...forecastEts(refit(forms.ets, values), horizon) },
    { name: "damped ets", ...onLogs(damped)(values, season, horizon) },
    ...(season > 1 && values.length >= 3 * season
      ? [{ name: "airline", ...onLogs(airline)(values, season, horizon) }]
      : []),
    ...(season > 1 && values.length >= longHistory * season
      ? [{ name: "seasonal naive", ...seasonalNaive(values, season, horizon) }]
      : []),
  ];
}

/**
 * The average of Theta, exponential smoothing, damped smoothing of logarithms and the airline model (with the seasonal
 * naive after fifteen seasons), its level drawn a quarter of the way to a forecast of yearly means.
 *
 * @see Bates and Granger (1969), Operational Research Quarterly 20(4), 451-468; yearly means after Athanasopoulos, Hyndman,
 *   Kourentzes and Petropoulos (2017), European Journal of Operational Research 262(1), 60-74
 */
export function combination(values: Float64Array, season: number, horizon: number, forms: ChosenForms): Forecast {
  const steps = season > 1 ? Math.ceil(horizon / season) * season : horizon;
  const members = memberForecasts(values, season, steps, forms).filter(({ values: points }) =>
    points.every(Number.isFinite),
  );
  const averageOf = (pick: (member: Forecast) => Float64Array, step: number): number =>
    members.reduce((sum, member) => sum + pick(member)[step]!, 0) / members.length;
  const points = Float64Array.from({ length: steps }, (_, step) => averageOf((member) => member.values, step));
  const deviations = Float64Array.from({ length: horizon }, (_, step) =>
    averageOf((member) => member.deviations, step),
  );
  return { values: drawnToYears(values, season, points).subarray(0, horizon), deviations };
}

const yearlyShare = 0.25;

/** Draws whole seasons of forecasts towards a forecast of the seasons' means, where all values are positive. */
function drawnToYears(values: Float64Array, season: number, points: Float64Array): Float64Array {
  const yearCount = Math.floor(values.length / season);
  if (season < 2 || yearCount < 3 || !values.every((value) => value > 0)) return points;
  const meanOf = (part: Float64Array): number => part.reduce((sum, value) => sum + value, 0) / part.length;
  const first = values.length - yearCount * season;
  const years = Float64Array.from({ length: yearCount }, (_, year) =>
    meanOf(values.subarray(first + year * season, first + (year + 1) * season)),
  );
  const ahead = points.length / season;
  // Damping cannot be told from fewer yearly means.
  const yearly = yearCount >= longHistory ? forecastEts(fitEts(years, 1, ["N", "Ad"]), ahead) : theta(years, 1, ahead);
  return points.map((point, step) => {
    const year = Math.floor(step / season);
    const own = meanOf(points.subarray(year * season, (year + 1) * season));
    const target = yearly.values[year]!;
    return own > 0 && target > 0 ? point * (1 + yearlyShare * (target / own - 1)) : point;
  });
}
