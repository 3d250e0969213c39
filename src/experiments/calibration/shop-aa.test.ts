import { expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { aaTests, shopAa } from "./shop-aa.ts";

it("A/A tests on a shop's own units alarm about as often as they should, and say how sure that is", () => {
  const random = createRandom(12);
  const orders = Float64Array.from({ length: 1_500 }, () => random.poisson(0.8));
  const revenue = orders.map((count) => (count > 0 ? random.gamma(2 * count, 15) : 0));
  const before = revenue.map((value) => value / 2 + random.gamma(1, 20));
  const found = shopAa({ revenue, orders, before }, 600, 0.05, createRandom(3));
  expect(found.map((row) => row.test)).toEqual([...aaTests]);
  for (const row of found) {
    expect(row.run_count).toBe(600);
    expect(row.lower_rate).toBeLessThan(0.05);
    expect(row.upper_rate).toBeGreaterThan(0.05);
    expect(row.p_value_deciles.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
  }
});
