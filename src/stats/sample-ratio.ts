import { chiSquaredUpperTail } from "./chi-squared.ts";

export interface SampleRatio {
  readonly chiSquared: number;
  readonly pValue: number;
}

/**
 * Whether units fell into the arms in the planned proportions: chi-squared goodness of fit. A mismatch means that assignment or
 * logging lost units, and no readout can be trusted until that is found.
 *
 * @param counts units by arm
 * @param weights planned shares, any positive scale; expected counts below about five make the p-value rough
 * @see Fabijan et al. (2019), "Diagnosing Sample Ratio Mismatch in Online Controlled Experiments", KDD '19
 */
export function sampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatio {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, share) => sum + share, 0);
  if (total === 0 || counts.length < 2) return { chiSquared: 0, pValue: 1 };
  let chiSquared = 0;
  counts.forEach((count, arm) => {
    const expected = (total * weights[arm]!) / weight;
    chiSquared += (count - expected) ** 2 / expected;
  });
  return { chiSquared, pValue: chiSquaredUpperTail(chiSquared, counts.length - 1) };
}
