/** A discrete distribution ready to be drawn from in constant time: see {@link buildAliasTable}. */
export interface AliasTable {
  /** Share of column i that stays with i, in [0, 1]. */
  readonly threshold: Float64Array;
  /** The outcome that fills the rest of column i. */
  readonly alias: Uint32Array;
}

/**
 * Alias table of a discrete distribution: built in linear time, drawn from with one uniform number and one comparison.
 *
 * @param weights  non-negative, not all zero; need not sum to one
 * @param table    arrays of the same length to fill, for memory shared between threads
 * @see Walker (1977), ACM TOMS 3(3), 253-256; construction of Vose (1991), IEEE TSE 17(9), 972-975
 */
export function buildAliasTable(weights: ArrayLike<number>, table?: AliasTable): AliasTable {
  const count = weights.length;
  const { threshold, alias } = table ?? { threshold: new Float64Array(count), alias: new Uint32Array(count) };
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i] ?? 0;
  if (!(total > 0)) throw new RangeError("weights must be non-negative and not all zero");
  const scaled = Float64Array.from({ length: count }, (_, i) => ((weights[i] ?? 0) * count) / total);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < count; i++) ((scaled[i] ?? 0) < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() ?? 0;
    const more = large.pop() ?? 0;
    threshold[less] = scaled[less] ?? 0;
    alias[less] = more;
    scaled[more] = (scaled[more] ?? 0) + (scaled[less] ?? 0) - 1;
    ((scaled[more] ?? 0) < 1 ? small : large).push(more);
  }
  for (const whole of [...large, ...small]) {
    threshold[whole] = 1;
    alias[whole] = whole;
  }
  return { threshold, alias };
}

/** Draws an outcome: `uniform` in [0, 1) picks the column with its high digits and the side of it with the rest. */
export function drawAlias(table: AliasTable, uniform: number): number {
  const scaled = uniform * table.threshold.length;
  const column = Math.floor(scaled);
  return scaled - column < (table.threshold[column] ?? 1) ? column : (table.alias[column] ?? column);
}
