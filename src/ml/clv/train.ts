/** Lifetime value of every customer of a shop, recorded as a run. */
import { customerFeatures, hashOf, type KnownCustomer, readCustomers } from "../customers/read-customers.ts";
import { type ModelRun, recordRun, type TrainingContext } from "../runs/model-run.ts";
import { type BgNbdFit, expectedPurchases, fitBgNbd, probabilityAlive } from "./bg-nbd.ts";
import { expectedMeanValue, fitGammaGamma, type GammaGammaFit } from "./gamma-gamma.ts";
import type { PurchaseHistory } from "./history.ts";
import { discountedValue } from "./lifetime-value.ts";
import { unitDays } from "./read-histories.ts";

/** Horizons that predictions are kept for. */
export const clvHorizons = [30, 90, 180, 365, 730] as const;
const holdoutDays = 90;
const week = unitDays.week;
const monthlyRate = 0.01;

interface ClvModel {
  readonly purchases: BgNbdFit;
  readonly spending: GammaGammaFit | null;
  /** Mean value of a repeat day over all, for customers without one where spending cannot be learnt. */
  readonly meanValue: number;
}

/** Observation ends with the day before the cutoff. */
const historyOf = ({ ageDays, recencyDays, repeatDayCount }: KnownCustomer): PurchaseHistory => ({
  x: repeatDayCount,
  tx: repeatDayCount > 0 ? (ageDays - recencyDays) / week : 0,
  T: (ageDays - 1) / week,
});

/** Fits BG/NBD and Gamma-Gamma to customers. */
function fitClv(customers: readonly KnownCustomer[]): ClvModel {
  const repeats = customers.filter((one) => one.repeatDayCount > 0 && one.repeatValueMinor > 0);
  const revenue = customers.reduce((sum, one) => sum + Math.max(0, one.netRevenueMinor), 0);
  const days = customers.reduce((sum, one) => sum + one.repeatDayCount + 1, 0);
  return {
    purchases: fitBgNbd(customers.map(historyOf)),
    spending: fitGammaGamma(repeats.map((one) => ({ x: one.repeatDayCount, mean: one.repeatValueMinor }))),
    meanValue: revenue / days,
  };
}

/**
 * Orders expected of a shop's customers, against those that came, 90 days held back; the baseline is each one's own rate so far. Squares,
 * because a mean is foretold: absolute errors would favour foretelling nothing.
 */
async function holdOut(
  { warehouse, cutoff }: TrainingContext,
  now: readonly KnownCustomer[],
): Promise<Pick<ModelRun, "metrics" | "baseline">> {
  const before = new Date(Date.parse(`${cutoff}T00:00:00Z`) - holdoutDays * 86_400_000).toISOString().slice(0, 10);
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
  { purchases, spending, meanValue }: ClvModel,
): Iterable<Record<string, string | number>> {
  for (const one of customers) {
    const history = historyOf(one);
    const spent = { x: one.repeatDayCount, mean: one.repeatValueMinor };
    const value = spending === null ? meanValue : expectedMeanValue(spending, spent, meanValue);
    const p_alive_rate = probabilityAlive(purchases, history);
    for (const horizon_days of clvHorizons) {
      const months = horizon_days / unitDays.month;
      const discounting = { months, monthLength: unitDays.month / week, monthlyRate };
      yield {
        customer_key: one.customerKey,
        horizon_days,
        p_alive_rate,
        expected_order_count: expectedPurchases(purchases, history, horizon_days / week),
        expected_average_value_minor: value,
        clv_minor: Math.round(discountedValue(purchases, history, value, discounting)),
      };
    }
  }
}
