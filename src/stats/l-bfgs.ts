export interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly isConverged: boolean;
}

/** Past steps that stand for the curvature. */
const memory = 10;

/**
 * Minimises a smooth convex function of many variables.
 *
 * @param f writes the gradient at `x` into its second argument and returns the value
 * @param tolerance of the largest element of the gradient, relative to that at the start
 * @see Nocedal and Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5
 */
export function lbfgs(
  f: (x: Float64Array, gradient: Float64Array) => number,
  start: Float64Array,
  tolerance = 1e-4,
  mostRounds = 200,
): LbfgsResult {
  let x = Float64Array.from(start);
  let gradient = new Float64Array(x.length);
  let value = f(x, gradient);
  const enough = tolerance * Math.max(largest(gradient), 1e-300);
  const steps: { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[] = [];
  for (let round = 0; round < mostRounds; round += 1) {
    if (largest(gradient) <= enough) return { x, value, isConverged: true };
    const direction = descent(gradient, steps);
    const slope = dot(direction, gradient);
    let size = steps.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    const next = new Float64Array(x.length);
    const nextGradient = new Float64Array(x.length);
    let nextValue = Number.POSITIVE_INFINITY;
    for (; size > 1e-12; size /= 2) {
      for (let index = 0; index < x.length; index += 1) next[index] = x[index]! + size * direction[index]!;
      nextValue = f(next, nextGradient);
      if (nextValue <= value + 1e-4 * size * slope) break;
    }
    if (!(nextValue < value)) break;
    const s = next.map((one, index) => one - x[index]!);
    const y = nextGradient.map((one, index) => one - gradient[index]!);
    const curvature = dot(s, y);
    if (curvature > 1e-12 * dot(y, y)) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > memory) steps.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return { x, value, isConverged: largest(gradient) <= enough };
}

function descent(
  gradient: Float64Array,
  steps: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number }[],
): Float64Array {
  const direction = gradient.map((one) => -one);
  const alphas = new Float64Array(steps.length);
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const { s, y, rho } = steps[at]!;
    alphas[at] = rho * dot(s, direction);
    add(direction, y, -alphas[at]!);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let index = 0; index < direction.length; index += 1) direction[index] = direction[index]! * scale;
  }
  for (const [at, { s, y, rho }] of steps.entries()) add(direction, s, alphas[at]! - rho * dot(y, direction));
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}

function add(to: Float64Array, from: Float64Array, times: number): void {
  for (let index = 0; index < to.length; index += 1) to[index] = to[index]! + times * from[index]!;
}

function largest(vector: Float64Array): number {
  let most = 0;
  for (let index = 0; index < vector.length; index += 1) most = Math.max(most, Math.abs(vector[index]!));
  return most;
}
