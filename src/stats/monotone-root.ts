/**
 * Where a rising function of u reaches zero: Newton's steps, halved into a bracket when they leave it.
 *
 * @param f value and slope at u; the value rises through zero once between the ends
 * @param low, high ends of the bracket
 * @param start first guess
 */
export function monotoneRoot(
  f: (u: number) => readonly [value: number, slope: number],
  low: number,
  high: number,
  start: number,
): number {
  let left = low;
  let right = high;
  let u = start > low && start < high ? start : (low + high) / 2;
  for (let step = 0; step < 400; step++) {
    const [value, slope] = f(u);
    if (value === 0) return u;
    if (value < 0) left = u;
    else right = u;
    const newton = u - value / slope;
    const next = newton > left && newton < right ? newton : (left + right) / 2;
    if (Math.abs(next - u) <= 4e-16 * Math.max(1, Math.abs(u)) || next === left || next === right) return next;
    u = next;
  }
  return u;
}
