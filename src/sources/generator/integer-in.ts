/** The value of an option when it is an integer of [low, high]; else a `RangeError` that names option, limits and value. */
export function integerIn(name: string, value: number, low: number, high: number): number {
  if (!Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${name} must be an integer from ${low} to ${high}, got ${value}`);
  return value;
}
