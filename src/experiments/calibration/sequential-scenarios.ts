/** Thirty days of looking every day, with and without intervals made for it. */
import { alwaysValid } from "../../stats/always-valid.ts";
import { normalComparison } from "../../stats/comparison.ts";
import type { Random } from "../../stats/random.ts";
import { twoProportionZ } from "../../stats/two-proportion-z.ts";
import { visitorRevenue } from "./draws.ts";
import type { Scenario } from "./scenarios.ts";

const days = 30;

/** Whether any of the daily looks at two shares without a difference raises an alarm. */
function looksAtShares(
  random: Random,
  unitsADay: number,
  alarms: (z: ReturnType<typeof twoProportionZ>, count: number) => boolean,
): boolean {
  const successes = [0, 0];
  for (let day = 1; day <= days; day++) {
    successes[0] = (successes[0] ?? 0) + random.binomial(unitsADay, 0.1);
    successes[1] = (successes[1] ?? 0) + random.binomial(unitsADay, 0.1);
    const count = day * unitsADay;
    const z = twoProportionZ({ successes: successes[0], count }, { successes: successes[1], count });
    if (alarms(z, 2 * count)) return true;
  }
  return false;
}

/** The same for revenue per visitor. */
function looksAtRevenue(random: Random, unitsADay: number): boolean {
  const sums = [0, 0];
  const squares = [0, 0];
  for (let day = 1; day <= days; day++) {
    for (const arm of [0, 1]) {
      for (let unit = 0; unit < unitsADay; unit++) {
        const value = visitorRevenue(random);
        sums[arm] = (sums[arm] ?? 0) + value;
        squares[arm] = (squares[arm] ?? 0) + value * value;
      }
    }
    const count = day * unitsADay;
    const variance = (arm: number) => ((squares[arm] ?? 0) - (sums[arm] ?? 0) ** 2 / count) / (count - 1);
    const found = normalComparison(
      ((sums[1] ?? 0) - (sums[0] ?? 0)) / count,
      Math.sqrt((variance(0) + variance(1)) / count),
      0.05,
    );
    if (alwaysValid(found.effect, found.standardError, 2 * count, 3_000).pValue <= 0.05) return true;
  }
  return false;
}

const sequentialAlarm = (planned: number) => (z: ReturnType<typeof twoProportionZ>, count: number) =>
  alwaysValid(z.effect, z.standardError, count, planned).pValue <= 0.05;

const looking = (name: string, promised: Scenario["promised"], happens: Scenario["happens"]): Scenario => ({
  name,
  event: "false alarms",
  promised,
  runShare: 1,
  happens,
});

export const sequentialScenarios: readonly Scenario[] = [
  looking("always valid, 30 daily looks, shares, planned count reached on the last day", [0, 0.05], (r) =>
    looksAtShares(r, 200, sequentialAlarm(12_000)),
  ),
  looking("always valid, 30 daily looks, shares, planned count reached on the fifth day", [0, 0.05], (r) =>
    looksAtShares(r, 200, sequentialAlarm(2_000)),
  ),
  looking("always valid, 30 daily looks, revenue per visitor, 100 an arm and day", [0, 0.05], (r) =>
    looksAtRevenue(r, 100),
  ),
  looking("for comparison: the fixed z-test at each of 30 daily looks", null, (r) =>
    looksAtShares(r, 200, (z) => z.pValue < 0.05),
  ),
];
