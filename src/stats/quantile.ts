/** Quantile of ascending values by linear interpolation (type 7 of Hyndman and Fan, 1996; numpy's default). */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
