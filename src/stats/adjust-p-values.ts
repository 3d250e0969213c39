/**
 * Holm's adjustment: p-values that keep the chance of **any** false alarm over all comparisons at the level.
 *
 * @returns adjusted values in the order given
 * @see Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70
 */
export function holm(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 0;
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * pValues[index]!));
    adjusted[index] = running;
  });
  return adjusted;
}

/**
 * Benjamini and Hochberg's adjustment: p-values that keep the **expected share** of false alarms among the alarms at the level.
 *
 * @returns adjusted values in the order given
 * @see Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ascending(pValues);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    running = Math.min(running, (pValues.length * pValues[index]!) / rank);
    adjusted[index] = running;
  }
  return adjusted;
}

const ascending = (values: readonly number[]): number[] =>
  values.map((_, index) => index).sort((a, b) => values[a]! - values[b]! || a - b);
