/** What a sample has to say to a comparison of means. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Unbiased (divided by count - 1); 0 for one value. */
  readonly variance: number;
}

/** The moments of values, in two passes: exact to rounding whatever the size of the mean. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  if (count === 0) return { count, mean: Number.NaN, variance: Number.NaN };
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i]!;
  const mean = sum / count;
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < count; i++) {
    const difference = values[i]! - mean;
    squares += difference * difference;
    rest += difference;
  }
  return {
    count,
    mean: mean + rest / count,
    variance: count < 2 ? 0 : (squares - (rest * rest) / count) / (count - 1),
  };
}

/** The moments of a metric that is 0 or 1 for each unit. */
export function momentsOfProportion(successes: number, count: number): Moments {
  const mean = successes / count;
  return { count, mean, variance: count < 2 ? 0 : (mean * (1 - mean) * count) / (count - 1) };
}
