import { type Comparison, statisticOf } from "./comparison.ts";
import type { Moments } from "./moments.ts";
import { studentQuantile, studentTwoSided } from "./student-t.ts";

/**
 * Welch's t-test for a difference of means with unequal variances.
 *
 * @param control, treatment moments of the metric per unit, at least two units each
 * @param alpha 1 - the level of the interval
 * @see Welch (1947), Biometrika 34(1-2), 28-35; degrees of freedom by Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114
 */
export function welchT(control: Moments, treatment: Moments, alpha = 0.05): Comparison {
  const a = control.variance / control.count;
  const b = treatment.variance / treatment.count;
  const effect = treatment.mean - control.mean;
  const standardError = Math.sqrt(a + b);
  const degrees =
    a + b > 0
      ? (a + b) ** 2 / (a ** 2 / (control.count - 1) + b ** 2 / (treatment.count - 1))
      : control.count + treatment.count - 2;
  const statistic = statisticOf(effect, standardError);
  const reach = studentQuantile(1 - alpha / 2, degrees) * standardError;
  return {
    effect,
    standardError,
    lower: effect - reach,
    upper: effect + reach,
    statistic,
    degrees,
    pValue: studentTwoSided(statistic, degrees),
  };
}
