/** Routes of the experiment lab that change nothing: plan, bandit, A/A tests. */
import type { FastifyInstance } from "fastify";
import { CartwrightError } from "../errors.ts";
import { simulateBandit } from "../experiments/bandit/simulate.ts";
import { type ShopUnits, shopAa } from "../experiments/calibration/shop-aa.ts";
import { designCurves } from "../experiments/design/curves.ts";
import { design } from "../experiments/design/design.ts";
import { readShopUnits } from "../experiments/live/shop-units.ts";
import { createRandom } from "../stats/random.ts";
import { dayAfterLast } from "../warehouse/extent.ts";
import type { ShopContext } from "./context.ts";

type Query = Readonly<Record<string, string | undefined>>;

const invalid = (name: string, message: string): CartwrightError =>
  new CartwrightError("invalid_parameter", `${name} ${message}`, { name });

function number(query: Query, name: string, fallback: number | null, low = -1e15, high = 1e15): number | null {
  const text = query[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!(value >= low && value <= high)) throw invalid(name, `must be a number from ${low} to ${high}, got "${text}"`);
  return value;
}

function required(query: Query, name: string, fallback: number | null, low?: number, high?: number): number {
  const value = number(query, name, fallback, low, high);
  if (value === null) throw new CartwrightError("missing_parameter", `${name} is missing`, { name });
  return value;
}

function numbers(query: Query, name: string, low: number, high: number): number[] {
  const parts = (query[name] ?? "").split(",").filter((part) => part !== "");
  return parts.map((part) => required({ [name]: part }, name, null, low, high));
}

const properties = (meanings: Readonly<Record<string, string>>, required: readonly string[] = []) => ({
  type: "object",
  required,
  properties: Object.fromEntries(
    Object.entries(meanings).map(([name, description]) => [name, { type: "string", description }]),
  ),
});

const tags = ["experiments"];

export function installExperimentTools(server: FastifyInstance, context: ShopContext): void {
  server.get<{ Querystring: Query }>(
    "/api/v1/experiments/design",
    {
      schema: {
        operationId: "experiment-design",
        summary: "How many units, for how long, to see how small an effect, with the curves to draw",
        tags,
        querystring: properties(
          {
            baseline: "The metric without the change: a share, or a mean",
            effect: "The change to find",
            relative: "true when the effect is a share of the baseline",
            standard_deviation: "Of a mean's units; makes it a mean",
            alpha: "Chance of an alarm without an effect (0.05)",
            power: "Chance of an alarm with it (0.8)",
            sides: "1 or 2 (2)",
            variants: "Arms, the control included (2)",
            covariate_correlation: "Of the metric with a covariate from before (0)",
            daily_units: "Units entering a day",
            sample_size: "Units per variant one has",
          },
          ["baseline", "effect"],
        ),
      },
    },
    (request) => {
      const query = request.query;
      const standardDeviation = number(query, "standard_deviation", null);
      const correlation = required(query, "covariate_correlation", 0);
      const question = {
        baseline: required(query, "baseline", null),
        effect: required(query, "effect", null),
        isRelative: query.relative === "true",
        standardDeviation,
        alpha: required(query, "alpha", 0.05),
        power: required(query, "power", 0.8),
        sides: query.sides === "1" ? (1 as const) : (2 as const),
        variantCount: required(query, "variants", 2),
        covariateCorrelation: correlation,
        dailyUnits: number(query, "daily_units", null),
        unitsPerVariant: number(query, "sample_size", null),
      };
      const plan = design(question);
      const needed = design({ ...question, unitsPerVariant: null }).sample_size_per_variant;
      const spread = standardDeviation === null ? null : standardDeviation * Math.sqrt(1 - correlation ** 2);
      return { ...plan, required_sample_size_per_variant: needed, curves: designCurves(plan, spread) };
    },
  );

  server.get<{ Querystring: Query }>(
    "/api/v1/experiments/bandit",
    {
      schema: {
        operationId: "experiment-bandit",
        summary: "A bandit beside a fixed split: regret by day",
        tags,
        querystring: properties(
          {
            rates: "True conversion rates, separated by commas",
            order_values: "Mean revenue of a conversion of each arm; makes revenue the reward",
            days: "Days (60)",
            units_per_day: "Units a day (1000)",
            floor: "Least share of an arm (0.05)",
            seed: "Of the draws (1)",
          },
          ["rates"],
        ),
      },
    },
    (request) => {
      const query = request.query;
      const rates = numbers(query, "rates", 0, 1);
      const orderValues = numbers(query, "order_values", 0, 1e9);
      if (rates.length < 2 || rates.length > 10) throw invalid("rates", `must be 2 to 10, got ${rates.length}`);
      if (orderValues.length > 0 && orderValues.length !== rates.length)
        throw invalid("order_values", `must be one for each of ${rates.length} arms, got ${orderValues.length}`);
      const world = {
        type: orderValues.length > 0 ? ("revenue" as const) : ("conversion" as const),
        rates,
        orderValues,
        days: Math.round(required(query, "days", 60, 1, 365)),
        unitsPerDay: Math.round(required(query, "units_per_day", 1_000, 1, 100_000)),
        floor: required(query, "floor", 0.05, 0, 1 / rates.length),
        runs: 10,
      };
      return { rows: simulateBandit(world, createRandom(required(query, "seed", 1))) };
    },
  );

  server.get<{ Querystring: Query }>(
    "/api/v1/experiments/aa",
    {
      schema: {
        operationId: "experiment-aa",
        summary: "False alarms of each test when the shop's own customers are split at random",
        tags,
        querystring: properties({
          runs: "Splits (300)",
          window_days: "Days in which orders count (28)",
          seed: "Of the splits (1)",
        }),
      },
    },
    async (request) => {
      const runs = Math.round(required(request.query, "runs", 300, 10, 2_000));
      const days = Math.round(required(request.query, "window_days", 28, 1, 365));
      const units = await readShopUnits(context.workspace.warehouse, dayAfterLast(await context.extent()), days);
      const random = createRandom(required(request.query, "seed", 1));
      const count = units.revenue.length;
      // The time of a request is bounded: a large shop is sampled, and the answer says how many customers took part.
      const kept = Math.min(count, Math.floor(6_000_000 / runs));
      const rows = count < 20 ? [] : shopAa(sample(units, kept), runs, 0.05, random);
      return { rows, customer_count: count, sampled_count: kept };
    },
  );
}

/** Customers are in the order of their keys; every n-th stands for all. */
function sample(units: ShopUnits, kept: number): ShopUnits {
  const take = (values: Float64Array): Float64Array => {
    const step = values.length / Math.max(1, kept);
    return Float64Array.from({ length: kept }, (_, at) => values[Math.floor(at * step)] ?? 0);
  };
  return { revenue: take(units.revenue), orders: take(units.orders), before: take(units.before) };
}
