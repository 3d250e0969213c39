import { normalUpperTail } from "./normal.ts";

export interface MannWhitney {
  /** Pairs in which the treatment's value is larger, ties counted half. */
  readonly u: number;
  /** u / (pairs): the chance that a unit of the treatment has the larger value, 0.5 when the arms are alike. */
  readonly superiorityRate: number;
  readonly statistic: number;
  /** Two-sided, normal approximation with tie and continuity correction. */
  readonly pValue: number;
}

/**
 * Mann-Whitney test: whether values of one arm tend to be larger than those of the other, whatever the tails. It is a test of
 * ranks, not of means: revenue may rise while ranks do not.
 *
 * Cost n log n; about eight units an arm are needed for the normal approximation.
 *
 * @see Mann and Whitney (1947), Annals of Mathematical Statistics 18(1), 50-60; ties: Lehmann (1975), "Nonparametrics", 1.4
 */
export function mannWhitney(control: ArrayLike<number>, treatment: ArrayLike<number>): MannWhitney {
  const a = Float64Array.from(control).sort();
  const b = Float64Array.from(treatment).sort();
  let u = 0;
  let ties = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i]! : b[j]!;
    const below = i;
    const firstB = j;
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    u += (j - firstB) * (below + (i - below) / 2);
    const tied = i - below + j - firstB;
    ties += tied ** 3 - tied;
  }
  const pairs = a.length * b.length;
  const total = a.length + b.length;
  const variance = (pairs / 12) * (total + 1 - ties / (total * (total - 1)));
  const distance = u - pairs / 2;
  const corrected = Math.sign(distance) * Math.max(0, Math.abs(distance) - 0.5);
  const statistic = variance > 0 ? corrected / Math.sqrt(variance) : 0;
  return {
    u,
    superiorityRate: u / pairs,
    statistic,
    pValue: Math.min(1, 2 * normalUpperTail(Math.abs(statistic))),
  };
}
