import { normalUpperTail } from "./normal.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** A treatment held against its control. */
export interface Comparison {
  /** Treatment minus control, in the metric's unit. */
  readonly effect: number;
  readonly standardError: number;
  /** Ends of the (1 - alpha) interval of the effect. */
  readonly lower: number;
  readonly upper: number;
  /** The test statistic; its sign is the effect's. */
  readonly statistic: number;
  /** Degrees of freedom of a t statistic; null for a normal one. */
  readonly degrees: number | null;
  /** Two-sided. */
  readonly pValue: number;
}

/** The comparison of an estimate that is normal with a known standard error. A standard error of 0 tests nothing: p is 1 at no effect, else 0. */
export function normalComparison(effect: number, standardError: number, alpha: number): Comparison {
  const reach = normalQuantile(1 - alpha / 2) * standardError;
  const statistic = statisticOf(effect, standardError);
  return {
    effect,
    standardError,
    lower: effect - reach,
    upper: effect + reach,
    statistic,
    degrees: null,
    pValue: 2 * normalUpperTail(Math.abs(statistic)),
  };
}

/** Effect over standard error; 0 when there is neither. */
export const statisticOf = (effect: number, standardError: number): number =>
  effect === 0 ? 0 : effect / standardError;
