/** The airline model: SARIMA(0,1,1)(0,1,1), changes of changes against last season, with two moving averages. */
import { nelderMead } from "../../stats/nelder-mead.ts";
import type { Method } from "./forecast.ts";

/**
 * Fitted by conditional least squares. Needs three whole seasons.
 *
 * @see Box and Jenkins (1970), Time Series Analysis: Forecasting and Control, chapter 9
 */
export const airline: Method = (values, season, horizon) => {
  const n = values.length;
  const lost = season + 1;
  const differences = values
    .slice(lost)
    .map((value, at) => value - values[at + season]! - values[at + 1]! + values[at]!);
  const errors = new Float64Array(differences.length);
  const run = (theta: number, seasonalTheta: number): number => {
    let squares = 0;
    for (let at = 0; at < errors.length; at += 1) {
      const error =
        differences[at]! +
        theta * (at >= 1 ? errors[at - 1]! : 0) +
        seasonalTheta * (at >= season ? errors[at - season]! : 0) -
        theta * seasonalTheta * (at >= lost ? errors[at - lost]! : 0);
      errors[at] = error;
      squares += error * error;
    }
    return squares;
  };
  const objective = (x: Float64Array): number => Math.log(run(Math.tanh(x[0]!), Math.tanh(x[1]!)) + 1e-300);
  const { x } = nelderMead(objective, [0.4, 0.6], { step: 0.3, tolerance: 1e-8, maxEvaluations: 150 });
  const [theta, seasonalTheta] = [Math.tanh(x[0]!), Math.tanh(x[1]!)];
  const squares = run(theta, seasonalTheta);

  const series = new Float64Array(n + horizon);
  series.set(values);
  const errorAt = (at: number): number => (at >= lost && at < n ? errors[at - lost]! : 0);
  for (let at = n; at < n + horizon; at += 1) {
    const moving =
      -theta * errorAt(at - 1) - seasonalTheta * errorAt(at - season) + theta * seasonalTheta * errorAt(at - lost);
    series[at] = series[at - 1]! + series[at - season]! - series[at - lost]! + moving;
  }
  const sigma = Math.sqrt(squares / Math.max(1, errors.length - 2));
  return { values: series.slice(n), deviations: psiDeviations(sigma, theta, seasonalTheta, season, horizon) };
};

/** Deviations from the weights of past shocks: (1 - theta) from each step, (1 - seasonal theta) more a season later. */
function psiDeviations(
  sigma: number,
  theta: number,
  seasonalTheta: number,
  season: number,
  horizon: number,
): Float64Array {
  const deviations = new Float64Array(horizon);
  let variance = 0;
  for (let step = 0; step < horizon; step += 1) {
    const seasons = Math.floor(step / season);
    const usual = (1 - theta) * (1 + seasons * (1 - seasonalTheta));
    const psi = step === 0 ? 1 : step % season === 0 ? usual + (1 - seasonalTheta) * theta : usual;
    variance += psi * psi;
    deviations[step] = sigma * Math.sqrt(variance);
  }
  return deviations;
}
