import { describe, expect, it } from "vitest";
import { createRandom } from "../../stats/random.ts";
import { simulateBandit } from "./simulate.ts";
import { thompsonShares } from "./thompson.ts";

const conversions = (count: number, sum: number) => ({ count, sum, squares: sum });

describe("Thompson sampling", () => {
  it("gives each arm its probability to be best: for Beta(1,1) against Beta(2,1) one third and two thirds", () => {
    const shares = thompsonShares([conversions(0, 0), conversions(1, 1)], "conversion", 0);
    expect(shares[0]).toBeCloseTo(1 / 3, 4);
    expect(shares[1]).toBeCloseTo(2 / 3, 4);
  });

  it("never starves an arm below its floor", () => {
    const shares = thompsonShares([conversions(5_000, 100), conversions(5_000, 900)], "conversion", 0.1);
    expect(shares[0]).toBeCloseTo(0.1, 8);
    expect(shares[1]).toBeCloseTo(0.9, 8);
    expect(() => thompsonShares([conversions(1, 1), conversions(1, 1)], "conversion", 0.6)).toThrow("0.5");
  });

  it("splits equally while an arm's revenue has no spread yet", () => {
    const few = { count: 10, sum: 50, squares: 2_500 };
    expect(thompsonShares([few, { count: 5_000, sum: 9_000, squares: 900_000 }], "revenue", 0)).toEqual([0.5, 0.5]);
  });
});

describe("the bandit simulator", () => {
  const world = {
    type: "conversion",
    rates: [0.04, 0.05, 0.06],
    orderValues: [],
    days: 40,
    unitsPerDay: 1_000,
    floor: 0.05,
    runs: 20,
  } as const;

  it("loses less than a fixed split, whose regret is exact: (0.02 + 0.01 + 0) / 3 a unit", () => {
    const days = simulateBandit(world, createRandom(8));
    expect(days.at(-1)?.fixed_regret).toBeCloseTo(0.01 * 40_000, 8);
    expect(days.at(-1)?.bandit_regret).toBeLessThan(0.6 * 400);
    expect(days.at(-1)?.best_share_rate).toBeGreaterThan(0.7);
    expect(days.every((day, i) => i === 0 || day.bandit_regret >= (days[i - 1]?.bandit_regret ?? 0))).toBe(true);
  });

  it("without a difference has no regret, whoever gets the units", () => {
    const days = simulateBandit({ ...world, rates: [0.05, 0.05], days: 5, runs: 2 }, createRandom(8));
    expect(days.map((day) => [day.bandit_regret, day.fixed_regret])).toEqual(Array(5).fill([0, 0]));
  });

  it("finds the arm of the higher revenue where conversion points the other way", () => {
    const days = simulateBandit(
      { ...world, type: "revenue", rates: [0.06, 0.05], orderValues: [30, 60] },
      createRandom(8),
    );
    expect(days.at(-1)?.best_share_rate).toBeGreaterThan(0.8);
  });
});
