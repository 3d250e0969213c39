/** Pareto/NBD: customers buy at their own steady rate until they leave, at their own steady risk. */
import { gammaln } from "../../stats/gammaln.ts";
import { hyp2f1 } from "../../stats/hyp2f1.ts";
import { type CountedHistory, countHistories, type PurchaseHistory } from "./history.ts";
import { type FitStatus, maximise } from "./maximise.ts";

/** Purchase rates are gamma distributed with `r` and `alpha`, risks of leaving with `s` and `beta` (both in units of time). */
export interface ParetoNbd {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

export interface ParetoNbdFit extends ParetoNbd {
  readonly logLikelihood: number;
  readonly status: FitStatus;
}

/** The logarithm of what customers who have left add to the likelihood, relative to `s / (r + s + x)`. */
function logGone({ r, alpha, s, beta }: ParetoNbd, { x, tx, T }: PurchaseHistory): number {
  const [high, low, power] = alpha >= beta ? [alpha, beta, s + 1] : [beta, alpha, r + x];
  const total = r + s + x;
  const at = (time: number): number =>
    Math.log(hyp2f1(total, power, total + 1, (high - low) / (high + time))) - total * Math.log(high + time);
  const [first, second] = [at(tx), at(T)];
  return first > second ? first + Math.log1p(-Math.exp(second - first)) : Number.NEGATIVE_INFINITY;
}

function logLikelihoodOf(histories: readonly CountedHistory[], model: ParetoNbd): number {
  const { r, alpha, s, beta } = model;
  const common = r * Math.log(alpha) + s * Math.log(beta) - gammaln(r);
  let sum = 0;
  for (const history of histories) {
    const { x, T, customerCount } = history;
    const alive = -(r + x) * Math.log(alpha + T) - s * Math.log(beta + T);
    const gone = Math.log(s / (r + s + x)) + logGone(model, history);
    const high = Math.max(alive, gone);
    sum += customerCount * (common + gammaln(r + x) + high + Math.log1p(Math.exp(Math.min(alive, gone) - high)));
  }
  return sum;
}

/**
 * Fits by maximum likelihood from three starts, in time scaled to the mean length of observation.
 *
 * @see Schmittlein, Morrison and Colombo (1987), Management Science 33(1), 1-24; the likelihood as in Fader and Hardie (2005),
 *   "A Note on Deriving the Pareto/NBD Model and Related Expressions"
 */
export function fitParetoNbd(histories: readonly PurchaseHistory[]): ParetoNbdFit {
  const scale = histories.reduce((sum, { T }) => sum + T, 0) / histories.length || 1;
  const scaled = countHistories(histories).map((one) => ({ ...one, tx: one.tx / scale, T: one.T / scale }));
  const toModel = ([r = 1, alpha = 1, s = 1, beta = 1]: readonly number[]): ParetoNbd => ({ r, alpha, s, beta });
  const mean = histories.reduce((sum, { x }) => sum + x, 0) / histories.length || 0.01;
  const starts = [
    [0.5, 0.5 / mean, 0.5, 0.5],
    [1, 1 / mean, 1, 1],
    [2, 2 / mean, 0.3, 2],
  ];
  const { parameters, status } = maximise((one) => logLikelihoodOf(scaled, toModel(one)), starts);
  const unscaled = toModel(parameters);
  const model = { ...unscaled, alpha: unscaled.alpha * scale, beta: unscaled.beta * scale };
  return { ...model, status, logLikelihood: logLikelihoodOf(countHistories(histories), model) };
}

/** The chance that a customer with this history has not left. */
export function paretoProbabilityAlive(model: ParetoNbd, history: PurchaseHistory): number {
  const { r, alpha, s, beta } = model;
  const { x, T } = history;
  const odds =
    Math.log(s / (r + s + x)) + (r + x) * Math.log(alpha + T) + s * Math.log(beta + T) + logGone(model, history);
  return 1 / (1 + Math.exp(odds));
}

/** Purchases expected of a customer with this history within `t` more units of time. */
export function paretoExpectedPurchases(model: ParetoNbd, history: PurchaseHistory, t: number): number {
  const { r, alpha, s, beta } = model;
  const { x, T } = history;
  const logRatio = Math.log((beta + T) / (beta + T + t));
  // (1 - ratio^(s - 1)) / (s - 1), whose limit at s = 1 is -ln ratio.
  const lasting = Math.abs(s - 1) < 1e-9 ? -logRatio : -Math.expm1((s - 1) * logRatio) / (s - 1);
  return (((r + x) * (beta + T)) / (alpha + T)) * lasting * paretoProbabilityAlive(model, history);
}
