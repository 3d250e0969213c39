/** An interval and a p-value that hold at every look, not only at one chosen beforehand. */
export interface AlwaysValid {
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number;
}

/**
 * The interval that may be looked at every day: under no effect the chance that it **ever** leaves 0 out is at most alpha. It
 * mixes the likelihood ratio over effects that are normal around 0, with a spread that makes the interval narrowest when
 * `plannedCount` units have been seen. Asymptotic: begin looking after some hundred units an arm.
 *
 * The price is width: at the planned count about 1.55 times the fixed interval.
 *
 * @param effect, standardError the estimate at this look
 * @param count units seen by now, over both arms
 * @param plannedCount units for which the interval is made narrowest; chosen before the first look, never changed
 * @see Robbins (1970), Annals of Mathematical Statistics 41(5), 1397-1409; Johari, Koomen, Pekelis and Walsh (2022),
 *   "Always Valid Inference", Operations Research 70(3), 1806-1821; Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024),
 *   "Time-uniform central limit theory and asymptotic confidence sequences", Annals of Statistics 52(6), 2613-2640
 */
export function alwaysValid(
  effect: number,
  standardError: number,
  count: number,
  plannedCount: number,
  alpha = 0.05,
): AlwaysValid {
  if (!(standardError > 0)) return { lower: -Infinity, upper: Infinity, pValue: 1 };
  const information = (count / plannedCount) * mixingRatio(alpha);
  const statistic = effect / standardError;
  const spread = 1 + information;
  const reach = standardError * Math.sqrt((spread / information) * (Math.log(spread) - 2 * Math.log(alpha)));
  const logRatio = 0.5 * (statistic ** 2 * (information / spread) - Math.log(spread));
  return { lower: effect - reach, upper: effect + reach, pValue: Math.min(1, Math.exp(-logRatio)) };
}

/** Variance of the mixed effects over the squared standard error at the planned count: the ratio that minimises the width there. */
const mixingRatio = (alpha: number): number => -2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha));
