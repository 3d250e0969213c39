export interface BfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  /** Whether the gradient all but vanished; false when the search stuck or ran out of rounds. */
  readonly isConverged: boolean;
}

const mostRounds = 200;
/** Steps in a row without progress after which the search ends. */
const mostStalls = 3;
/** Where no step helps any more, the rounding of the differences allows no smaller gradient than this many tolerances. */
const looser = 1000;

/**
 * Minimises a smooth function of few variables by quasi-Newton steps; gradients by central differences. The function may
 * return Infinity or NaN where it is not defined, but must be finite at the start.
 *
 * @param tolerance of the gradient, relative to the size of the value
 * @see Nocedal and Wright (2006), Numerical Optimization, algorithm 6.1, with Armijo's rule (3.4) for the step
 */
export function bfgs(f: (x: Float64Array) => number, start: ArrayLike<number>, tolerance = 1e-7): BfgsResult {
  const n = start.length;
  let x = Float64Array.from(start);
  let value = f(x);
  let gradient = gradientOf(f, x);
  let inverse = identity(n, 1);
  let stalls = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    if (largest(gradient) <= tolerance * Math.max(1, Math.abs(value))) return { x, value, isConverged: true };
    let direction = times(inverse, gradient).map((one) => -one);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      inverse = identity(n, 1);
      direction = gradient.map((one) => -one);
      slope = -dot(gradient, gradient);
    }
    // In logarithms of parameters a step beyond 2 overshoots by a factor of seven.
    let size = Math.min(1, 2 / largest(direction));
    let next = x;
    let nextValue = Number.POSITIVE_INFINITY;
    for (; size > 1e-12; size /= 2) {
      next = x.map((one, index) => one + size * direction[index]!);
      nextValue = f(next);
      if (nextValue <= value + 1e-4 * size * slope) break;
    }
    if (!(nextValue < value))
      return { x, value, isConverged: largest(gradient) <= looser * tolerance * Math.max(1, Math.abs(value)) };
    stalls = value - nextValue < 1e-11 * Math.abs(value) ? stalls + 1 : 0;
    const nextGradient = gradientOf(f, next);
    inverse = updated(
      inverse,
      next.map((one, index) => one - x[index]!),
      nextGradient.map((one, index) => one - gradient[index]!),
    );
    [x, value, gradient] = [next, nextValue, nextGradient];
    if (stalls === mostStalls) break;
  }
  return { x, value, isConverged: largest(gradient) <= looser * tolerance * Math.max(1, Math.abs(value)) };
}

function gradientOf(f: (x: Float64Array) => number, x: Float64Array): Float64Array {
  return x.map((centre, index) => {
    const step = 6e-6 * Math.max(1, Math.abs(centre));
    const moved = Float64Array.from(x);
    moved[index] = centre + step;
    const above = f(moved);
    moved[index] = centre - step;
    const slope = (above - f(moved)) / (2 * step);
    return Number.isFinite(slope) ? slope : 0;
  });
}

const identity = (n: number, scale: number): Float64Array[] =>
  Array.from({ length: n }, (_, row) => Float64Array.from({ length: n }, (_, column) => (row === column ? scale : 0)));
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, one, index) => sum + one * b[index]!, 0);
const times = (matrix: readonly Float64Array[], vector: Float64Array): Float64Array =>
  Float64Array.from(matrix, (row) => dot(row, vector));
const largest = (vector: Float64Array): number => vector.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

/** The inverse Hessian after a step `s` that changed the gradient by `y`; unchanged where the curvature is not positive. */
function updated(inverse: Float64Array[], s: Float64Array, y: Float64Array): Float64Array[] {
  const curvature = dot(s, y);
  if (!(curvature > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y)))) return inverse;
  const moved = times(inverse, y);
  const factor = (1 + dot(y, moved) / curvature) / curvature;
  return inverse.map((row, i) =>
    row.map((one, j) => one + factor * s[i]! * s[j]! - (moved[i]! * s[j]! + s[i]! * moved[j]!) / curvature),
  );
}
