/**
 * Benjamini-Hochberg q-values: the smallest false-discovery rate at which each test would still be called a find.
 * Controls the rate under independence and under positive dependence, which rules of one set of baskets have.
 *
 * @param pValues one p-value a test, all tests of the family
 * @returns q-values in the same order, never below their p-value and never above 1
 * @see Benjamini and Hochberg (1995), JRSS B 57(1), 289-300
 */
export function benjaminiHochberg(pValues: Float64Array): Float64Array {
  const order = Array.from(pValues.keys()).sort((a, b) => pValues[b]! - pValues[a]!);
  const qValues = new Float64Array(pValues.length);
  let smallest = 1;
  for (const [place, test] of order.entries()) {
    smallest = Math.min(smallest, (pValues[test]! * pValues.length) / (pValues.length - place));
    qValues[test] = smallest;
  }
  return qValues;
}
