/**
 * Caps values from above: a few very large orders otherwise decide what a mean says. The limit must be the same for all arms
 * (a quantile of all of them together), else capping itself makes a difference.
 *
 * @returns new values and how many were capped
 */
export function winsorise(
  values: ArrayLike<number>,
  limit: number,
): { readonly values: Float64Array; readonly cappedCount: number } {
  const capped = Float64Array.from(values);
  let cappedCount = 0;
  for (let i = 0; i < capped.length; i++) {
    if (capped[i]! > limit) {
      capped[i] = limit;
      cappedCount++;
    }
  }
  return { values: capped, cappedCount };
}
