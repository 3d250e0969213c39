export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly evaluationCount: number;
}

export interface NelderMeadOptions {
  /** First edge length of the simplex in each coordinate. */
  readonly step: number;
  /** Stops when the simplex's values differ by less than this, relative to the best one. */
  readonly tolerance: number;
  readonly maxEvaluations: number;
}

/**
 * Minimises a function of few variables without derivatives. The function may return Infinity where it is not defined,
 * but must be finite at the start.
 *
 * @see Nelder and Mead (1965), "A Simplex Method for Function Minimization", Computer Journal 7(4), 308-313
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  { step, tolerance, maxEvaluations }: NelderMeadOptions,
): Minimum {
  const n = start.length;
  let evaluationCount = 0;
  const evaluate = (x: Float64Array): number => {
    evaluationCount += 1;
    const value = f(x);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  const corners: { readonly x: Float64Array; readonly value: number }[] = Array.from({ length: n + 1 }, (_, corner) => {
    const x = Float64Array.from(start);
    if (corner > 0) x[corner - 1] = x[corner - 1]! + step;
    return { x, value: evaluate(x) };
  });
  const centre = new Float64Array(n);
  const along = (factor: number): { x: Float64Array; value: number } => {
    const worst = corners[n]!.x;
    const x = centre.map((coordinate, index) => coordinate + factor * (coordinate - worst[index]!));
    return { x, value: evaluate(x) };
  };
  while (evaluationCount < maxEvaluations) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0]!;
    if (corners[n]!.value - best.value <= tolerance * (Math.abs(best.value) + tolerance)) break;
    centre.fill(0);
    for (let corner = 0; corner < n; corner += 1)
      for (let index = 0; index < n; index += 1) centre[index] = centre[index]! + corners[corner]!.x[index]! / n;

    const reflected = along(1);
    if (reflected.value < best.value) {
      const expanded = along(2);
      corners[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < (corners[n - 1]?.value ?? best.value)) corners[n] = reflected;
    else {
      const contracted = reflected.value < corners[n]!.value ? along(0.5) : along(-0.5);
      if (contracted.value < Math.min(reflected.value, corners[n]!.value)) corners[n] = contracted;
      else {
        for (let corner = 1; corner <= n; corner += 1) {
          const x = corners[corner]!.x.map((coordinate, index) => (coordinate + best.x[index]!) / 2);
          corners[corner] = { x, value: evaluate(x) };
        }
      }
    }
  }
  corners.sort((a, b) => a.value - b.value);
  return { x: corners[0]!.x, value: corners[0]!.value, evaluationCount };
}
