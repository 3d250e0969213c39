/** BG/NBD: customers buy at their own steady rate, and after any purchase may be gone for good. */
import { gammaln } from "../../stats/gammaln.ts";
import { hyp2f1 } from "../../stats/hyp2f1.ts";
import { type CountedHistory, countHistories, type PurchaseHistory } from "./history.ts";
import { type FitStatus, maximise } from "./maximise.ts";

/**
 * Purchase rates are gamma distributed with shape `r` and scale `alpha` (in units of time); the chance to be gone after a purchase
 * is beta distributed with `a` and `b`.
 */
export interface BgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export interface BgNbdFit extends BgNbd {
  readonly logLikelihood: number;
  readonly status: FitStatus;
}

/** Log-likelihood of histories; gamma functions are computed once for each number of purchases. */
function logLikelihoodOf(histories: readonly CountedHistory[], { r, alpha, a, b }: BgNbd): number {
  const constants = new Map<number, number>();
  const common = r * Math.log(alpha) - gammaln(r) + gammaln(a + b) - gammaln(b);
  let sum = 0;
  for (const { x, tx, T, customerCount } of histories) {
    let constant = constants.get(x);
    if (constant === undefined) {
      constant = gammaln(r + x) + gammaln(b + x) - gammaln(a + b + x);
      constants.set(x, constant);
    }
    const alive = -(r + x) * Math.log(alpha + T);
    const gone = x > 0 ? Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + tx) : Number.NEGATIVE_INFINITY;
    const high = Math.max(alive, gone);
    sum += customerCount * (common + constant + high + Math.log1p(Math.exp(Math.min(alive, gone) - high)));
  }
  return sum;
}

/**
 * Fits by maximum likelihood from four starts, in time scaled to the mean length of observation.
 *
 * @param histories one a customer; at least one, with T above 0 somewhere
 * @see Fader, Hardie and Lee (2005), "Counting Your Customers the Easy Way", Marketing Science 24(2), 275-284
 */
export function fitBgNbd(histories: readonly PurchaseHistory[]): BgNbdFit {
  const scale = histories.reduce((sum, { T }) => sum + T, 0) / histories.length || 1;
  const scaled = countHistories(histories).map((one) => ({ ...one, tx: one.tx / scale, T: one.T / scale }));
  const toModel = ([r = 1, alpha = 1, a = 1, b = 1]: readonly number[]): BgNbd => ({ r, alpha, a, b });
  const mean = histories.reduce((sum, { x }) => sum + x, 0) / histories.length || 0.01;
  const starts = [
    [0.5, 0.5 / mean, 0.5, 2],
    [1, 1 / mean, 1, 1],
    [2, 2 / mean, 0.2, 4],
    [0.2, 0.2 / mean, 1.5, 3],
  ];
  const { parameters, status } = maximise((one) => logLikelihoodOf(scaled, toModel(one)), starts);
  const unscaled = toModel(parameters);
  const model = { ...unscaled, alpha: unscaled.alpha * scale };
  return { ...model, status, logLikelihood: logLikelihoodOf(countHistories(histories), model) };
}

/** The chance that a customer with this history will ever buy again. */
export function probabilityAlive({ r, alpha, a, b }: BgNbd, { x, tx, T }: PurchaseHistory): number {
  if (x === 0) return 1;
  const odds = Math.log(a) - Math.log(b + x - 1) + (r + x) * Math.log((alpha + T) / (alpha + tx));
  return 1 / (1 + Math.exp(odds));
}

/** Purchases expected of a customer with this history within `t` more units of time; 0 at least. */
export function expectedPurchases(model: BgNbd, history: PurchaseHistory, t: number): number {
  const { r, alpha, b } = model;
  const { x, T } = history;
  if (!(t > 0)) return 0;
  // At a = 1 the formula is 0 / 0; a millionth beside it the limit holds to nine digits.
  const a = Math.abs(model.a - 1) < 1e-6 ? 1 + 1e-6 : model.a;
  const whole = alpha + T + t;
  // Euler's transformation of the published form: no power of a large count of purchases is left to overflow.
  const decay = ((alpha + T) / whole) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, t / whole);
  const purchases = ((a + b + x - 1) / (a - 1)) * (1 - decay) * probabilityAlive(model, history);
  return Number.isFinite(purchases) ? Math.max(0, purchases) : fallback(model, history, t);
}

/** Where the formula is not defined (a + b + x = 1): the rate of an average customer of this history, while alive. */
const fallback = ({ r, alpha }: BgNbd, { x, T }: PurchaseHistory, t: number): number => ((r + x) / (alpha + T)) * t;

/** Purchases expected of a new customer within `t` units of time after the first. */
export const expectedOfNewCustomer = (model: BgNbd, t: number): number =>
  expectedPurchases(model, { x: 0, tx: 0, T: 0 }, t);
