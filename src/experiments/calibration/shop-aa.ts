/** A/A tests on the shop's own units: split at random again and again, and count how often a test sees what is not there. */
import { coMomentsOf } from "../../stats/co-moments.ts";
import { cuped } from "../../stats/cuped.ts";
import { mannWhitney } from "../../stats/mann-whitney.ts";
import { momentsOf } from "../../stats/moments.ts";
import { normalQuantile } from "../../stats/normal-quantile.ts";
import { quantileSorted } from "../../stats/quantile.ts";
import type { Random } from "../../stats/random.ts";
import { ratioEstimate, ratioMetricZ } from "../../stats/ratio-metric.ts";
import { twoProportionZ } from "../../stats/two-proportion-z.ts";
import { welchT } from "../../stats/welch-t.ts";
import { winsorise } from "../../stats/winsorise.ts";

/** What the shop's customers did in a period, one value per customer in each list. */
export interface ShopUnits {
  readonly revenue: Float64Array;
  readonly orders: Float64Array;
  /** Revenue in the period before. */
  readonly before: Float64Array;
}

export const aaTests = [
  "two-proportion z: ordered or not",
  "Welch t: revenue per customer",
  "Welch t: revenue, capped at 99 %",
  "CUPED: revenue, by the period before",
  "delta method: average order value",
  "Mann-Whitney: revenue",
] as const;

export interface AaResult {
  readonly test: (typeof aaTests)[number];
  readonly run_count: number;
  readonly false_positive_rate: number;
  /** Wilson interval of the rate at 95 %: wide with few runs. */
  readonly lower_rate: number;
  readonly upper_rate: number;
  /** Share of p-values in each tenth of [0, 1]; even when the test is right. */
  readonly p_value_deciles: readonly number[];
}

/** Splits the units `runs` times. Cost: runs x units, and their sorting for the rank test. */
export function shopAa(units: ShopUnits, runs: number, alpha: number, random: Random): AaResult[] {
  const limit = quantileSorted(Float64Array.from(units.revenue).sort(), 0.99);
  const capped = winsorise(units.revenue, limit).values;
  const pValues: number[][] = aaTests.map(() => []);
  for (let run = 0; run < runs; run++) {
    const arms: [number[], number[]] = [[], []];
    for (let unit = 0; unit < units.revenue.length; unit++) arms[random.uniform() < 0.5 ? 0 : 1].push(unit);
    if (arms[0].length < 2 || arms[1].length < 2) continue;
    pValuesOf(units, capped, arms).forEach((pValue, test) => {
      if (pValue !== null) pValues[test]?.push(pValue);
    });
  }
  return aaTests.map((test, index) => summarise(test, pValues[index] ?? [], alpha));
}

function pValuesOf(units: ShopUnits, capped: Float64Array, arms: readonly [number[], number[]]): (number | null)[] {
  const [a, b] = arms.map((members) => {
    const take = (values: Float64Array): Float64Array => Float64Array.from(members, (unit) => values[unit] ?? 0);
    return {
      revenue: take(units.revenue),
      orders: take(units.orders),
      before: take(units.before),
      capped: take(capped),
    };
  });
  if (!a || !b) return [];
  const ordered = (arm: typeof a) => ({
    successes: arm.orders.filter((count) => count > 0).length,
    count: arm.orders.length,
  });
  const adjusted = cuped([coMomentsOf(a.revenue, a.before), coMomentsOf(b.revenue, b.before)]).arms;
  const ratios = [a, b].map((arm) => ratioEstimate(coMomentsOf(arm.revenue, arm.orders)));
  return [
    twoProportionZ(ordered(a), ordered(b)).pValue,
    welchT(momentsOf(a.revenue), momentsOf(b.revenue)).pValue,
    welchT(momentsOf(a.capped), momentsOf(b.capped)).pValue,
    adjusted[0] && adjusted[1] ? welchT(adjusted[0], adjusted[1]).pValue : null,
    ratios[0] && ratios[1] ? ratioMetricZ(ratios[0], ratios[1]).pValue : null,
    mannWhitney(a.revenue, b.revenue).pValue,
  ];
}

function summarise(test: AaResult["test"], pValues: readonly number[], alpha: number): AaResult {
  const runs = pValues.length;
  const rate = runs === 0 ? 0 : pValues.filter((pValue) => pValue < alpha).length / runs;
  const z = normalQuantile(0.975);
  const centre = (rate + z ** 2 / (2 * runs)) / (1 + z ** 2 / runs);
  const reach = (z / (1 + z ** 2 / runs)) * Math.sqrt((rate * (1 - rate)) / runs + z ** 2 / (4 * runs ** 2));
  const deciles = new Array<number>(10).fill(0);
  for (const pValue of pValues) {
    const tenth = Math.min(9, Math.floor(pValue * 10));
    deciles[tenth] = (deciles[tenth] ?? 0) + 1 / runs;
  }
  return {
    test,
    run_count: runs,
    false_positive_rate: rate,
    lower_rate: runs === 0 ? 0 : Math.max(0, centre - reach),
    upper_rate: runs === 0 ? 1 : Math.min(1, centre + reach),
    p_value_deciles: deciles,
  };
}
