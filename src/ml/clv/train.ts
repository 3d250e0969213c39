/** Lifetime value of every customer of a shop, recorded as a run. */

import { addDays } from "../../warehouse/day-range.ts";
import { customerFeatures, hashOf, type KnownCustomer, readCustomers } from "../customers/read-customers.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { expectedPurchases } from "./bg-nbd.ts";
import { type ClvModel, customerValue, fitClv, historyOf } from "./customer-values.ts";
import { unitDays } from "./read-histories.ts";

/** Horizons that predictions are kept for. */
export const clvHorizons = [30, 90, 180, 365, 730] as const;
const holdoutDays = 90;
const week = unitDays.week;

/**
 * Orders expected of a shop's customers, against those that came, 90 days held back; the baseline is each one's own rate so far. Squares,
 * because a mean is foretold: absolute errors would favour foretelling nothing.
 */
async function holdOut(
  { warehouse, cutoff }: TrainingContext,
  now: readonly KnownCustomer[],
): Promise<Pick<ModelRun, "metrics" | "baseline">> {
  const before = addDays(cutoff, -holdoutDays);
  const known = await readCustomers(warehouse, before);
  if (known.length === 0) return { metrics: {}, baseline: {} };
  const { purchases } = fitClv(known);
  const later = new Map(now.map((one) => [one.customerKey, one.repeatDayCount]));
  const ahead = holdoutDays / week;
  let [actual, expected, error, baselineError] = [0, 0, 0, 0];
  for (const one of known) {
    const came = Math.max(0, (later.get(one.customerKey) ?? 0) - one.repeatDayCount);
    const foreseen = expectedPurchases(purchases, historyOf(one), ahead);
    actual += came;
    expected += foreseen;
    error += (came - foreseen) ** 2 / known.length;
    baselineError += (came - (one.repeatDayCount / one.ageDays) * holdoutDays) ** 2 / known.length;
  }
  return {
    metrics: {
      holdout_customer_count: known.length,
      holdout_actual_order_count: actual,
      holdout_expected_order_count: expected,
      holdout_root_mean_square_error: Math.sqrt(error),
    },
    baseline: { holdout_root_mean_square_error: Math.sqrt(baselineError) },
  };
}

/** Trains on every customer with an order before the cutoff and writes prd_customer_value; null when there is no such customer. */
export async function trainClv(context: TrainingContext): Promise<ModelRun | null> {
  const customers = await readCustomers(context.warehouse, context.cutoff);
  if (customers.length === 0) return null;
  context.onProgress(`${customers.length.toLocaleString("en")} customers`);
  const quality = await holdOut(context, customers);
  context.onProgress("checked against the last 90 days");
  const model = fitClv(customers);
  const run = {
    model: "clv",
    version: context.version,
    seed: context.seed,
    settings: {},
    cutoff_on: context.cutoff,
    features: customerFeatures,
    data_sha256: hashOf(customers),
    row_count: customers.length,
    ...quality,
    artefact: model,
  };
  return await recordRun(context, run, "prd_customer_value", predictionsOf(customers, model));
}

function* predictionsOf(
  customers: readonly KnownCustomer[],
  model: ClvModel,
): Iterable<Record<string, string | number>> {
  for (const one of customers) {
    for (const horizon_days of clvHorizons) {
      const { pAlive, orderCount, averageValueMinor, clvMinor } = customerValue(model, one, horizon_days);
      yield {
        customer_key: one.customerKey,
        horizon_days,
        p_alive_rate: pAlive,
        expected_order_count: orderCount,
        expected_average_value_minor: averageValueMinor,
        clv_minor: Math.round(clvMinor),
      };
    }
  }
}
