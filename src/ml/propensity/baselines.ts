/** What a propensity model is held against. */
import { fitLogistic, logisticMargins } from "../review-sentiment/logistic-regression.ts";
import type { SparseRows } from "../review-sentiment/tf-idf.ts";
import { numericFeatures, type Shopper } from "./read-shoppers.ts";

const numberOf = ({ row }: Shopper, name: string): number => {
  const value = row[name];
  return typeof value === "number" ? value : Number.NaN;
};

/** Sum of three scores from 1 to 5 by fifths: recency of the last order, orders, and their value; without an order 3 in all. */
export function rfmSums(people: readonly Shopper[]): readonly number[] {
  const buyers = people.filter((one) => one.orderCount > 0);
  const measures = [
    (one: Shopper) => -numberOf(one, "order_recency_days"),
    (one: Shopper) => one.orderCount,
    (one: Shopper) => one.orderCount * numberOf(one, "mean_order_minor"),
  ];
  const scores = measures.map((measure) => {
    const sorted = Float64Array.from(buyers, measure).sort();
    const cuts = [0.2, 0.4, 0.6, 0.8].map((share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    return (one: Shopper): number => (one.orderCount === 0 ? 1 : 1 + cuts.filter((cut) => cut < measure(one)).length);
  });
  return people.map((one) => scores.reduce((sum, score) => sum + score(one), 0));
}

const strength = 1;

/**
 * Log-odds of people by logistic regression on the numeric features: sign(x) ln(1 + |x|), standardised, a missing one being the mean with a
 * flag beside it.
 */
export function logisticBaseline(
  learnt: readonly Shopper[],
  labels: Float64Array,
  asked: readonly Shopper[],
): Float64Array {
  const logOf = (one: Shopper, name: string): number => {
    const value = numberOf(one, name);
    return Math.sign(value) * Math.log1p(Math.abs(value));
  };
  const scales = numericFeatures.map((name) => {
    const values = learnt.map((one) => logOf(one, name)).filter((value) => !Number.isNaN(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
    return { name, mean, deviation: Math.sqrt(variance) };
  });
  const rowsOf = (people: readonly Shopper[]): SparseRows => {
    const [column, value]: [number[], number[]] = [[], []];
    const starts = new Uint32Array(people.length + 1);
    for (const [row, one] of people.entries()) {
      for (const [feature, { name, mean, deviation }] of scales.entries()) {
        const log = logOf(one, name);
        const isMissing = Number.isNaN(log);
        if (!isMissing && deviation < 1e-12) continue;
        column.push(isMissing ? scales.length + feature : feature);
        value.push(isMissing ? 1 : (log - mean) / deviation);
      }
      starts[row + 1] = column.length;
    }
    return { starts, column: Uint32Array.from(column), value: Float64Array.from(value) };
  };
  const model = fitLogistic(rowsOf(learnt), Uint8Array.from(labels), 2 * scales.length, strength);
  return logisticMargins(rowsOf(asked), model);
}
