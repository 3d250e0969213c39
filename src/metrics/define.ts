/** Metrics: the numbers the business talks about, defined once. Analyses report them under the same names. */

export type MetricUnit = "money" | "count" | "rate" | "days" | "seconds";

interface MetricBase {
  /** Public name: the column analyses report it in. */
  readonly name: string;
  readonly label: string;
  readonly unit: MetricUnit;
  /** Definition in the reader's words, with what it leaves out. */
  readonly meaning: string;
}

/** A number whose parts may be summed over days, products and customers. */
export interface AdditiveMetric extends MetricBase {
  readonly additivity: "additive";
}

/** A distinct count or a balance: it may be summed over some dimensions only, which `meaning` names. */
export interface SemiAdditiveMetric extends MetricBase {
  readonly additivity: "semi-additive";
}

/** One metric divided by another; never summed or averaged. */
export interface RatioMetric extends MetricBase {
  readonly additivity: "ratio";
  readonly numerator: string;
  readonly denominator: string;
}

export type Metric = AdditiveMetric | SemiAdditiveMetric | RatioMetric;

export const additiveMetric = (metric: MetricBase): AdditiveMetric => ({ ...metric, additivity: "additive" });
export const semiAdditiveMetric = (metric: MetricBase): SemiAdditiveMetric => ({
  ...metric,
  additivity: "semi-additive",
});
export const ratioMetric = (metric: MetricBase & { numerator: Metric; denominator: Metric }): RatioMetric => ({
  ...metric,
  numerator: metric.numerator.name,
  denominator: metric.denominator.name,
  additivity: "ratio",
});
