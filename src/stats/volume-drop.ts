/**
 * Whether fewer things happen than usual: daily counts of one kind against the same weekdays before. The last seven days are
 * judged by the eight weeks before them, in windows of one, three and seven days that end with the last day.
 */

export interface VolumeVerdict {
  /** Of the last day. */
  readonly count: number;
  readonly expected: number;
  /** Days of the window that shows the shortfall most clearly. */
  readonly windowDays: number;
  /** Counted / expected - 1: of the days of a shortfall, else of the last day. */
  readonly changeRate: number;
  /** Shortfall of the window in standard deviations. */
  readonly score: number;
  readonly isDrop: boolean;
  /** Days from the first day of the shortfall to the last, both counted; 0 without one. */
  readonly droppedDays: number;
}

const windows = [1, 3, 7] as const;
const week = 7;
const weeks = 8;
const fewestWeeks = 4;
/** Standard deviations of a shortfall from which it is no chance. */
export const dropScore = 4;
/** A smaller shortfall is business, not a fault. */
export const dropShare = 0.3;

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [upper = 0, lower = 0] = [sorted[middle], sorted[middle - 1]];
  return sorted.length % 2 === 1 ? upper : (lower + upper) / 2;
};

/**
 * Judges a series.
 *
 * Expected is the median of the same weekday in the eight weeks before the last seven days, of which four at least are known.
 * Counts scatter as a Poisson variable does, or more: the factor is 1.4826 times the median absolute deviation of those weeks'
 * residuals, each divided by the root of its expectation, and at least 1. A median of n weeks is itself uncertain by pi / 2n.
 *
 * @param counts one a day without gaps, the last day last; the first is the first day of which anything is known
 * @returns null where less is known, or where nothing is usual
 */
export function judgeVolume(counts: readonly number[]): VolumeVerdict | null {
  const end = counts.length;
  const from = Math.max(0, end - week - week * weeks);
  const before = counts.slice(from, end - week);
  const byWeekday = Array.from({ length: week }, (_, weekday) =>
    before.filter((_, index) => (from + index) % week === weekday),
  );
  const known = Math.min(...byWeekday.map((values) => values.length));
  if (known < fewestWeeks) return null;
  const medians = byWeekday.map(medianOf);
  const expectedOn = (index: number): number => medians[index % week] ?? 0;
  const residuals = before.map((count, index) => {
    const expected = expectedOn(from + index);
    return Math.abs(count - expected) / Math.sqrt(Math.max(expected, 1));
  });
  const scatter = Math.max(1, 1.4826 * medianOf(residuals) * Math.sqrt(known / (known - 1)));
  const sumsOf = (days: number): { count: number; expected: number } => {
    let [count, expected] = [0, 0];
    for (let index = end - days; index < end; index += 1) {
      count += counts[index] ?? 0;
      expected += expectedOn(index);
    }
    return { count, expected };
  };
  const judged = windows.map((days) => {
    const { count, expected } = sumsOf(days);
    const deviation = scatter * Math.sqrt(expected * (1 + Math.PI / (2 * known)));
    return { days, count, expected, score: deviation === 0 ? 0 : (expected - count) / deviation };
  });
  const isShort = ({ count, expected, score }: (typeof judged)[number]): boolean =>
    score >= dropScore && count <= (1 - dropShare) * expected;
  const found = judged.filter(isShort).sort((a, b) => b.score - a.score)[0];
  const shown = found ?? judged[0];
  if (!shown || medians.every((median) => median === 0)) return null;
  let run = 0;
  while (run < end && (counts[end - 1 - run] ?? 0) <= (1 - dropShare) * expectedOn(end - 1 - run)) run += 1;
  const droppedDays = found ? (run === 0 ? found.days : run) : 0;
  const told = sumsOf(Math.max(droppedDays, 1));
  return {
    count: counts[end - 1] ?? 0,
    expected: expectedOn(end - 1),
    windowDays: shown.days,
    changeRate: told.expected === 0 ? 0 : told.count / told.expected - 1,
    score: shown.score,
    isDrop: found !== undefined,
    droppedDays,
  };
}
