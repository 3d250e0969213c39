/** How well scores order the positives before the negatives. */

/** Scores with their labels, ordered from the highest score; equal scores share a group. */
function groupsOf(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): { readonly positives: number; readonly rows: number }[] {
  const order = Uint32Array.from({ length: scores.length }, (_, index) => index).sort(
    (a, b) => scores[b]! - scores[a]!,
  );
  const groups: { positives: number; rows: number }[] = [];
  let held = Number.NaN;
  for (const row of order) {
    if (scores[row] !== held) groups.push({ positives: 0, rows: 0 });
    held = scores[row]!;
    const group = groups.at(-1)!;
    group.positives += labels[row]!;
    group.rows += 1;
  }
  return groups;
}

/**
 * Area under the receiver operating characteristic: the chance that a positive scores above a negative, ties counting half.
 *
 * @param labels 1 for positive, 0 for negative
 * @returns null without both kinds
 * @see Hanley and McNeil (1982), Radiology 143(1), 29-36
 */
export function areaUnderRoc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  let positivesAbove = 0;
  let negativesAbove = 0;
  let pairs = 0;
  for (const { positives, rows } of groupsOf(scores, labels)) {
    const negatives = rows - positives;
    pairs += negatives * (positivesAbove + positives / 2);
    positivesAbove += positives;
    negativesAbove += negatives;
  }
  return positivesAbove > 0 && negativesAbove > 0 ? pairs / (positivesAbove * negativesAbove) : null;
}

/**
 * Average precision: precision at each cut, weighted by the recall it adds; rows of equal score enter together.
 *
 * @returns null without a positive
 * @see Manning, Raghavan and Schuetze (2008), Introduction to Information Retrieval, section 8.4
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  let found = 0;
  let seen = 0;
  let sum = 0;
  for (const { positives, rows } of groupsOf(scores, labels)) {
    found += positives;
    seen += rows;
    sum += (positives * found) / seen;
  }
  return found > 0 ? sum / found : null;
}

/**
 * Lift of the best-scored share: the rate of positives among them over the rate among all. Rows tied at the border count
 * with the group's own rate, so the order of the input does not matter.
 *
 * @param share in (0, 1]; at least one row is taken
 * @returns null without a positive
 */
export function liftAt(scores: ArrayLike<number>, labels: ArrayLike<number>, share: number): number | null {
  const wanted = Math.max(1, Math.round(scores.length * share));
  let taken = 0;
  let found = 0;
  let all = 0;
  for (const { positives, rows } of groupsOf(scores, labels)) {
    const now = Math.min(rows, wanted - taken);
    found += (positives * now) / rows;
    taken += now;
    all += positives;
  }
  return all > 0 ? found / wanted / (all / scores.length) : null;
}
