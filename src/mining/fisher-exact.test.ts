import { expect, it } from "vitest";
import { fisherExactGreater, logFactorials } from "./fisher-exact.ts";

const test = (both: number, left: number, right: number, total: number): number =>
  fisherExactGreater(both, left, right, total, logFactorials(total));

it("agrees with the tea tasting of Fisher (1935), The Design of Experiments: 1/70 and 17/70", () => {
  expect(test(4, 4, 4, 8)).toBeCloseTo(1 / 70, 14);
  expect(test(3, 4, 4, 8)).toBeCloseTo(17 / 70, 14);
});

it("is 1 for the fewest possible and 0 beyond the most", () => {
  expect(test(0, 4, 4, 8)).toBe(1);
  expect(test(2, 5, 5, 8)).toBe(1); // at least two must be shared
  expect(test(5, 4, 4, 8)).toBe(0);
});

it("sums the tail on either side of the mean alike: all chances add up to 1", () => {
  const [left, right, total] = [30, 45, 100];
  for (let both = 1; both < 30; both += 1) {
    const [above, below] = [test(both, left, right, total), test(both + 1, left, right, total)];
    // P(K = both) by the product formula of binomial coefficients
    expect(above - below).toBeCloseTo(
      (choose(left, both) * choose(total - left, right - both)) / choose(total, right),
      12,
    );
  }
});

function choose(n: number, k: number): number {
  let value = 1;
  for (let step = 1; step <= k; step += 1) value = (value * (n - k + step)) / step;
  return value;
}
