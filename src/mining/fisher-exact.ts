/** ln(n!) for n = 0 .. size, summed with compensation so that large tables stay exact to the last digits. */
export function logFactorials(size: number): Float64Array {
  const table = new Float64Array(size + 1);
  let sum = 0;
  let lost = 0;
  for (let n = 2; n <= size; n += 1) {
    const term = Math.log(n) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    table[n] = sum;
  }
  return table;
}

/**
 * One-sided p-value of Fisher's exact test: the chance that two item sets share `both` baskets or more when they are
 * independent, given how many baskets each is in. A small value says that they are bought together more often than chance
 * would have it. Costs at most as many steps as the rarer set has baskets.
 *
 * @param both      baskets that hold both
 * @param left      baskets that hold the first
 * @param right     baskets that hold the second
 * @param total     all baskets
 * @param logs      `logFactorials(total)`, made once for many tests
 * @see Fisher (1935), The Logic of Inductive Inference, JRSS 98; Hahsler and Hornik (2007), New probabilistic interest
 *      measures for association rules, Intelligent Data Analysis 11(5)
 */
export function fisherExactGreater(
  both: number,
  left: number,
  right: number,
  total: number,
  logs: Float64Array,
): number {
  const least = Math.max(0, left + right - total);
  const most = Math.min(left, right);
  if (both <= least) return 1;
  if (both > most) return 0;
  const logChoose = (n: number, k: number): number => logs[n]! - logs[k]! - logs[n - k]!;
  const chance = (shared: number): number =>
    Math.exp(logChoose(left, shared) + logChoose(total - left, right - shared) - logChoose(total, right));
  const up = (shared: number): number =>
    ((left - shared) * (right - shared)) / ((shared + 1) * (total - left - right + shared + 1));
  const mean = (left * right) / total;
  // The tail away from the mean falls fast; the other one would add many terms and lose digits.
  if (both > mean) {
    const first = chance(both);
    let [sum, term] = [1, 1];
    for (let shared = both; shared < most && term > sum * 1e-17; shared += 1) {
      term *= up(shared);
      sum += term;
    }
    return Math.min(1, first * sum);
  }
  const first = chance(both - 1);
  let [sum, term] = [1, 1];
  for (let shared = both - 1; shared > least && term > sum * 1e-17; shared -= 1) {
    term /= up(shared - 1);
    sum += term;
  }
  return Math.max(0, 1 - first * sum);
}
