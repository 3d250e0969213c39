/** Sums and shares of amounts written as decimals, exact to the digits they are written with. */

/** Decimal digits behind the point of the longest of some amounts; amounts that are none count nothing. */
export const digitsOf = (amounts: readonly string[]): number =>
  Math.max(0, ...amounts.map((amount) => (isAmount(amount) ? (amount.split(".")[1] ?? "").length : 0)));

/** Whether a text is a plain decimal, such as `12.50` or `-3`. */
export const isAmount = (text: string): boolean => /^-?\d+(\.\d{1,6})?$/.test(text.trim());

/** An amount in units of its last digit; 0 for a text that is none. */
export const toUnits = (amount: string, digits: number): number =>
  isAmount(amount) ? Math.round(Number(amount) * 10 ** digits) : 0;

/** Units as the decimal they are. */
export const fromUnits = (units: number, digits: number): string => (units / 10 ** digits).toFixed(digits);

/** Spreads an amount over weights so that the parts add up to it exactly; over nothing when no weight is positive. */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + Math.max(weight, 0), 0);
  let [passed, given] = [0, 0];
  return weights.map((weight) => {
    if (sum === 0) return 0;
    passed += Math.max(weight, 0);
    const part = Math.round((total * passed) / sum) - given;
    given += part;
    return part;
  });
}
