/** Forecasts of a whole and of its parts, made to add up. */

/** A forecast that takes part: its value, and the variance of its error. */
export interface BaseForecast {
  readonly value: number;
  /** Above 0; the larger, the more the value gives way. */
  readonly variance: number;
}

/** A node of the hierarchy: a leaf, or the sum of its parts. */
export interface Hierarchy {
  readonly forecast: BaseForecast;
  readonly parts: readonly Hierarchy[];
}

/** The same tree with values that add up. */
export interface Reconciled {
  readonly value: number;
  /** Variance of the value's error, were the errors of the base forecasts independent. */
  readonly variance: number;
  readonly parts: readonly Reconciled[];
}

/**
 * The best guess of a node by everything below it and itself: forecasts of the node and of the sum of its parts, each weighed by
 * the inverse of its variance.
 */
interface Pooled {
  readonly node: Hierarchy;
  readonly value: number;
  readonly variance: number;
  readonly parts: readonly Pooled[];
}

function pool(node: Hierarchy): Pooled {
  const parts = node.parts.map(pool);
  const { value, variance } = node.forecast;
  if (parts.length === 0) return { node, value, variance, parts };
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const sumVariance = parts.reduce((total, part) => total + part.variance, 0);
  const share = sumVariance / (variance + sumVariance);
  return {
    node,
    value: sum + share * (value - sum),
    variance: (variance * sumVariance) / (variance + sumVariance),
    parts,
  };
}

/** Hands what a node was moved by to its parts, to each by its variance. */
function hand(pooled: Pooled, value: number, variance: number): Reconciled {
  const { parts } = pooled;
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const sumVariance = parts.reduce((total, part) => total + part.variance, 0);
  return {
    value,
    variance,
    parts: parts.map((part) => {
      const gain = sumVariance > 0 ? part.variance / sumVariance : 1 / parts.length;
      const smoothed = Math.max(0, part.variance + gain * gain * (variance - sumVariance));
      return hand(part, part.value + gain * (value - sum), smoothed);
    }),
  };
}

/**
 * Minimum-trace reconciliation with a diagonal of error variances (weighted least squares, variance scaling): of all sets of values
 * that add up, the one nearest to the base forecasts, distances counted in variances. Two passes over the tree give what the matrix
 * formula S (S' W^-1 S)^-1 S' W^-1 gives, in time linear in the nodes.
 *
 * @see Wickramasuriya, Athanasopoulos and Hyndman (2019), "Optimal Forecast Reconciliation for Hierarchical and Grouped Time Series
 *   Through Trace Minimization", JASA 114(526), 804-819
 */
export function reconcile(root: Hierarchy): Reconciled {
  const pooled = pool(root);
  return hand(pooled, pooled.value, pooled.variance);
}

/**
 * Whole units that add up: leaves are rounded down, those with the largest rests get one more until they sum to the root, rounded; every
 * node is the sum of its parts. Negative leaves become 0 first where `isNeverNegative`, which may move the root.
 */
export function inWholeUnits(root: Reconciled, isNeverNegative: boolean): Reconciled {
  const leaves: Reconciled[] = [];
  const collect = (node: Reconciled): void => {
    if (node.parts.length === 0) leaves.push(node);
    else for (const part of node.parts) collect(part);
  };
  collect(root);
  const kept = leaves.map(({ value }) => (isNeverNegative ? Math.max(0, value) : value));
  const floors = kept.map(Math.floor);
  const total = Math.round(kept.reduce((sum, value) => sum + value, 0));
  const missing = total - floors.reduce((sum, value) => sum + value, 0);
  const byRest = [...kept.keys()].sort((a, b) => kept[b]! - floors[b]! - (kept[a]! - floors[a]!) || a - b);
  for (const leaf of byRest.slice(0, missing)) floors[leaf]! += 1;
  let at = 0;
  const rebuilt = (node: Reconciled): Reconciled => {
    if (node.parts.length === 0) return { ...node, value: floors[at++]! };
    const parts = node.parts.map(rebuilt);
    return { ...node, parts, value: parts.reduce((sum, part) => sum + part.value, 0) };
  };
  return rebuilt(root);
}
