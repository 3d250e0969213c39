/** What the tests promise, as experiments that can be run a hundred thousand times and counted. */
import { holm } from "../../stats/adjust-p-values.ts";
import { bootstrapQuantile } from "../../stats/bootstrap-quantile.ts";
import { cuped } from "../../stats/cuped.ts";
import { mannWhitney } from "../../stats/mann-whitney.ts";
import { postStratified } from "../../stats/post-stratification.ts";
import { powerOfMeans } from "../../stats/power-means.ts";
import { powerOfProportions } from "../../stats/power-proportions.ts";
import type { Random } from "../../stats/random.ts";
import { ratioEstimate, ratioMetricZ } from "../../stats/ratio-metric.ts";
import { relativeEffect } from "../../stats/relative-effect.ts";
import { sampleRatio } from "../../stats/sample-ratio.ts";
import { twoProportionZ } from "../../stats/two-proportion-z.ts";
import { welchT } from "../../stats/welch-t.ts";
import { customerOrders, drawCoMoments, drawMoments, visitorRevenue } from "./draws.ts";
import { sequentialScenarios } from "./sequential-scenarios.ts";

/** One experiment, repeated: how often does it end in the event named? */
export interface Scenario {
  readonly name: string;
  /** What is counted. */
  readonly event: "false alarms" | "interval covers" | "effect found";
  /** Bounds of the rate that are promised; null where nothing is promised and the figure is only told. */
  readonly promised: readonly [low: number, high: number] | null;
  /** Runs, as a share of those asked for: costly ones are repeated less. */
  readonly runShare: number;
  readonly happens: (random: Random) => boolean;
}

const alarm = [0.0475, 0.0525] as const;
const cover = [0.9475, 0.9525] as const;
const mismatch = [0.0007, 0.0013] as const;
const around = (predicted: number) => [predicted - 0.01, predicted + 0.01] as const;

const scenario = (
  name: string,
  event: Scenario["event"],
  promised: Scenario["promised"],
  happens: Scenario["happens"],
  runShare = 1,
): Scenario => ({ name, event, promised, runShare, happens });

const proportions = (random: Random, count: number, p0: number, p1 = p0) =>
  twoProportionZ({ successes: random.binomial(count, p0), count }, { successes: random.binomial(count, p1), count });

const values = (count: number, draw: () => number): Float64Array => Float64Array.from({ length: count }, draw);

function withCovariate(random: Random, effect: number) {
  const arm = (shift: number) =>
    drawCoMoments(200, (pair) => {
      pair.x = random.normal(100, 20);
      return 0.8 * pair.x + random.normal(shift, 12);
    });
  const [control, treatment] = cuped([arm(0), arm(effect)]).arms;
  if (!control || !treatment) throw new RangeError("two arms go in, two come out");
  return welchT(control, treatment);
}

function orderValue(random: Random) {
  const arm = () =>
    ratioEstimate(drawCoMoments(500, (pair) => customerOrders(random, pair))) ?? { mean: 0, varianceOfMean: 1 };
  return ratioMetricZ(arm(), arm());
}

function stratified(random: Random) {
  const stratum = (count: number, mean: number) => {
    const inControl = random.binomial(count - 20, 0.5) + 10;
    return {
      control: drawMoments(inControl, () => random.normal(mean, 10)),
      treatment: drawMoments(count - inControl, () => random.normal(mean, 10)),
    };
  };
  return postStratified([stratum(500, 0), stratum(800, 15), stratum(300, 40)]);
}

function severalVariants(random: Random): boolean {
  const control = drawMoments(100, () => random.normal());
  const pValues = [1, 2, 3].map(
    () =>
      welchT(
        control,
        drawMoments(100, () => random.normal()),
      ).pValue,
  );
  return holm(pValues).some((pValue) => pValue < 0.05);
}

const buyers = (random: Random, count: number) => drawMoments(count, () => visitorRevenue(random));
const lognormal = (random: Random, count: number) => drawMoments(count, () => random.logNormal(1, 2));

const falseAlarms: readonly Scenario[] = [
  scenario(
    "two-proportion z, 10 % of 2,000 an arm",
    "false alarms",
    alarm,
    (r) => proportions(r, 2_000, 0.1).pValue < 0.05,
  ),
  scenario(
    "two-proportion z, 3.2 % of 5,000 an arm",
    "false alarms",
    alarm,
    (r) => proportions(r, 5_000, 0.032).pValue < 0.05,
  ),
  scenario(
    "Welch t, normal, 30 and 50",
    "false alarms",
    alarm,
    (r) =>
      welchT(
        drawMoments(30, () => r.normal(5, 1)),
        drawMoments(50, () => r.normal(5, 3)),
      ).pValue < 0.05,
  ),
  scenario(
    "Welch t, revenue per visitor, 1,000 an arm",
    "false alarms",
    alarm,
    (r) => welchT(buyers(r, 1_000), buyers(r, 1_000)).pValue < 0.05,
  ),
  scenario("CUPED, correlation 0.8, 200 an arm", "false alarms", alarm, (r) => withCovariate(r, 0).pValue < 0.05),
  scenario(
    "delta method, revenue per order, 500 customers an arm",
    "false alarms",
    alarm,
    (r) => orderValue(r).pValue < 0.05,
  ),
  scenario(
    "post-stratification, three strata of 300 to 800",
    "false alarms",
    alarm,
    (r) => (stratified(r)?.pValue ?? 1) < 0.05,
  ),
  scenario(
    "Mann-Whitney, 100 an arm",
    "false alarms",
    alarm,
    (r) =>
      mannWhitney(
        values(100, () => r.normal()),
        values(100, () => r.normal()),
      ).pValue < 0.05,
  ),
  scenario("Holm, three variants: any alarm at all", "false alarms", [0, 0.05], severalVariants),
  scenario("sample ratio at 0.001, two arms of 10,000 units in all", "false alarms", mismatch, (r) => {
    const first = r.binomial(10_000, 0.5);
    return sampleRatio([first, 10_000 - first], [1, 1]).pValue < 0.001;
  }),
  scenario("sample ratio at 0.001, three arms 20/30/50 of 20,000", "false alarms", mismatch, (r) => {
    const first = r.binomial(20_000, 0.2);
    const second = r.binomial(20_000 - first, 0.375);
    return sampleRatio([first, second, 20_000 - first - second], [0.2, 0.3, 0.5]).pValue < 0.001;
  }),
];

const coverage: readonly Scenario[] = [
  scenario("CUPED, true effect 3", "interval covers", cover, (r) => {
    const { lower, upper } = withCovariate(r, 3);
    return lower <= 3 && 3 <= upper;
  }),
  scenario("delta method, revenue per order", "interval covers", cover, (r) => {
    const { lower, upper } = orderValue(r);
    return lower <= 0 && 0 <= upper;
  }),
  scenario("two-proportion z, unpooled interval, 10 and 12 % of 2,000", "interval covers", cover, (r) => {
    const { lower, upper } = proportions(r, 2_000, 0.1, 0.12);
    return lower <= 0.02 && 0.02 <= upper;
  }),
  scenario("Welch t, spreads 1 and 3", "interval covers", cover, (r) => {
    const { lower, upper } = welchT(
      drawMoments(30, () => r.normal(5, 1)),
      drawMoments(50, () => r.normal(7, 3)),
    );
    return lower <= 2 && 2 <= upper;
  }),
  scenario("relative effect (Fieller), +20 % on a mean known to 8 %", "interval covers", cover, (r) => {
    const estimate = (mean: number) => ({ mean: r.normal(mean, 0.8), varianceOfMean: 0.64 });
    const found = relativeEffect(estimate(10), estimate(12));
    return found?.lower != null && found.upper != null && found.lower <= 0.2 && 0.2 <= found.upper;
  }),
];

const goal = { alpha: 0.05, sides: 2 } as const;
const power: readonly Scenario[] = [
  scenario(
    "two-proportion z, 3.2 to 4.8 %, 2,351 an arm",
    "effect found",
    around(powerOfProportions(0.032, 0.048, 2_351, goal)),
    (r) => proportions(r, 2_351, 0.032, 0.048).pValue < 0.05,
  ),
  scenario(
    "two-proportion z, 10 to 12 %, 1,000 an arm",
    "effect found",
    around(powerOfProportions(0.1, 0.12, 1_000, goal)),
    (r) => proportions(r, 1_000, 0.1, 0.12).pValue < 0.05,
  ),
  scenario(
    "t-test, half a standard deviation, 64 an arm",
    "effect found",
    around(powerOfMeans(0.5, 1, 64, goal)),
    (r) =>
      welchT(
        drawMoments(64, () => r.normal()),
        drawMoments(64, () => r.normal(0.5)),
      ).pValue < 0.05,
  ),
];

/** Nothing is promised here: the figures say how far off the tests are. */
const beyond: readonly Scenario[] = [
  ...[1, 2, 5, 10, 20].map((expected) =>
    scenario(
      `two-proportion z, ${expected} expected of 500 an arm`,
      "false alarms",
      null,
      (r) => proportions(r, 500, expected / 500).pValue < 0.05,
    ),
  ),
  scenario(
    "Welch t, log-normal with sigma 2, 50 an arm",
    "false alarms",
    null,
    (r) => welchT(lognormal(r, 50), lognormal(r, 50)).pValue < 0.05,
  ),
  scenario(
    "Welch t, log-normal with sigma 2, 100 against 1,000",
    "false alarms",
    null,
    (r) => welchT(lognormal(r, 1_000), lognormal(r, 100)).pValue < 0.05,
    0.5,
  ),
  scenario(
    "Welch t, revenue per visitor, 50 an arm",
    "false alarms",
    null,
    (r) => welchT(buyers(r, 50), buyers(r, 50)).pValue < 0.05,
  ),
  scenario(
    "bootstrap of the median, log-normal, 400 an arm",
    "false alarms",
    null,
    (r) => {
      const { lower, upper } = bootstrapQuantile(
        values(400, () => r.logNormal(30, 1)),
        values(400, () => r.logNormal(30, 1)),
        0.5,
        r,
        { replicates: 1_000 },
      );
      return lower > 0 || upper < 0;
    },
    0.1,
  ),
  scenario("delta method, revenue per order, 30 customers an arm", "false alarms", null, (r) => {
    const arm = () => ratioEstimate(drawCoMoments(30, (pair) => customerOrders(r, pair)));
    const [control, treatment] = [arm(), arm()];
    return control !== null && treatment !== null && ratioMetricZ(control, treatment).pValue < 0.05;
  }),
];

export const scenarios: readonly Scenario[] = [
  ...falseAlarms,
  ...sequentialScenarios,
  ...coverage,
  ...power,
  ...beyond,
];
