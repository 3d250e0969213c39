/**
 * The tests keep their promises under the simulator: a smaller version of bench/experiment-simulations.mjs. A promise counts as
 * broken when its rate is further out than four standard errors of this many runs: a test that were off by more than about a
 * point at the 5 % level would be found.
 */
import { describe, expect, it } from "vitest";
import { measure } from "../../src/experiments/calibration/measure.ts";
import { type Scenario, scenarios } from "../../src/experiments/calibration/scenarios.ts";
import { twoProportionZ } from "../../src/stats/two-proportion-z.ts";

const runs = 5_000;
const promised = scenarios.filter((one) => one.promised !== null);

/** How far, in standard errors of the promise's nearer end, the rate lies outside what is promised. */
function distance(scenario: Scenario, label: number): number {
  const { rate, runs: count } = measure(scenario, runs, 404, label);
  const [low, high] = scenario.promised ?? [0, 1];
  const outside = Math.max(low - rate, rate - high, 0);
  const end = rate < low ? low : high;
  return outside / Math.sqrt((end * (1 - end)) / count);
}

describe("promises of the tests, simulated", () => {
  it.each(promised.map((one, label) => [`${one.name} (${one.event})`, one, label] as const))("%s", (_, one, label) => {
    expect(distance(one, label)).toBeLessThan(4);
  });

  it("this check can fail: a z-test whose standard error is a tenth too small is caught", () => {
    const wrong: Scenario = {
      name: "wrong",
      event: "false alarms",
      promised: [0.0475, 0.0525],
      runShare: 1,
      happens: (random) => {
        const arm = () => ({ successes: random.binomial(2_000, 0.1), count: 2_000 });
        return Math.abs(twoProportionZ(arm(), arm()).statistic) * 1.1 > 1.96;
      },
    };
    expect(distance(wrong, 99)).toBeGreaterThan(4);
  });
});
