/** Gamma-Gamma: what a customer spends on average, out of few purchases and of what others spend. */
import { gammaln } from "../../stats/gammaln.ts";
import { type FitStatus, maximise } from "./maximise.ts";

/** Values of a purchase are gamma distributed with shape `p` about the customer's own mean; these vary with `q` and `v`. */
export interface GammaGamma {
  readonly p: number;
  readonly q: number;
  /** In the unit of money. */
  readonly v: number;
}

export interface GammaGammaFit extends GammaGamma {
  readonly logLikelihood: number;
  readonly status: FitStatus;
}

/** Repeat purchases and their mean value. */
export interface Spending {
  readonly x: number;
  readonly mean: number;
}

function logLikelihoodOf(spending: readonly Spending[], { p, q, v }: GammaGamma): number {
  let sum = 0;
  for (const { x, mean } of spending) {
    sum +=
      gammaln(p * x + q) -
      gammaln(p * x) -
      gammaln(q) +
      q * Math.log(v) +
      (p * x - 1) * Math.log(mean) +
      p * x * Math.log(x) -
      (p * x + q) * Math.log(x * mean + v);
  }
  return sum;
}

/**
 * Fits by maximum likelihood to the customers with a repeat purchase and a mean above 0; null when there are fewer than two.
 *
 * @see Fader, Hardie and Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing
 *   Research 42(4), 415-430
 */
export function fitGammaGamma(customers: readonly Spending[]): GammaGammaFit | null {
  const spending = customers.filter(({ x, mean }) => x > 0 && mean > 0);
  if (spending.length < 2) return null;
  const scale = spending.reduce((sum, { mean }) => sum + mean, 0) / spending.length;
  const scaled = spending.map(({ x, mean }) => ({ x, mean: mean / scale }));
  const toModel = ([p = 1, q = 1, v = 1]: readonly number[]): GammaGamma => ({ p, q, v });
  const starts = [
    [3, 3, 0.7],
    [1, 2, 1],
    [8, 4, 0.4],
  ];
  const { parameters, status } = maximise((one) => logLikelihoodOf(scaled, toModel(one)), starts);
  const unscaled = toModel(parameters);
  const model = { ...unscaled, v: unscaled.v * scale };
  return { ...model, status, logLikelihood: logLikelihoodOf(spending, model) };
}

/**
 * The mean value expected of a customer's next purchases: their own mean, drawn towards everyone's the more the fewer
 * purchases it rests on. Where everyone's mean is not finite (q at most 1), the own mean, or `populationMean` without one.
 */
export function expectedMeanValue({ p, q, v }: GammaGamma, { x, mean }: Spending, populationMean: number): number {
  const own = x > 0 && mean > 0 ? mean : null;
  const weight = p * (own === null ? 0 : x) + q - 1;
  const expected = (p * (v + (own === null ? 0 : x * own))) / weight;
  return q > 1 && weight > 0 && Number.isFinite(expected) ? expected : (own ?? populationMean);
}
