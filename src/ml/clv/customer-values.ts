/** What customers are expected to be worth: BG/NBD for orders, Gamma-Gamma for their value. */
import type { KnownCustomer } from "../customers/read-customers.ts";
import { type BgNbdFit, expectedPurchases, fitBgNbd, probabilityAlive } from "./bg-nbd.ts";
import { expectedMeanValue, fitGammaGamma, type GammaGammaFit } from "./gamma-gamma.ts";
import type { PurchaseHistory } from "./history.ts";
import { discountedValue } from "./lifetime-value.ts";
import { unitDays } from "./read-histories.ts";

const week = unitDays.week;
const monthlyRate = 0.01;

export interface ClvModel {
  readonly purchases: BgNbdFit;
  readonly spending: GammaGammaFit | null;
  /** Mean value of a repeat day over all, for customers without one where spending cannot be learnt. */
  readonly meanValue: number;
}

/** What is expected of one customer within a horizon after the cutoff. */
export interface CustomerValue {
  readonly pAlive: number;
  /** Days with an order. */
  readonly orderCount: number;
  /** Net revenue of such a day, minor units. */
  readonly averageValueMinor: number;
  /** Net revenue within the horizon, discounted by 1 % a month, minor units. */
  readonly clvMinor: number;
}

/** Time in weeks; observation ends with the day before the cutoff. */
export const historyOf = ({ ageDays, recencyDays, repeatDayCount }: KnownCustomer): PurchaseHistory => ({
  x: repeatDayCount,
  tx: repeatDayCount > 0 ? (ageDays - recencyDays) / week : 0,
  T: (ageDays - 1) / week,
});

/** Fits BG/NBD and Gamma-Gamma to customers. */
export function fitClv(customers: readonly KnownCustomer[]): ClvModel {
  const repeats = customers.filter((one) => one.repeatDayCount > 0 && one.repeatValueMinor > 0);
  const revenue = customers.reduce((sum, one) => sum + Math.max(0, one.netRevenueMinor), 0);
  const days = customers.reduce((sum, one) => sum + one.repeatDayCount + 1, 0);
  return {
    purchases: fitBgNbd(customers.map(historyOf)),
    spending: fitGammaGamma(repeats.map((one) => ({ x: one.repeatDayCount, mean: one.repeatValueMinor }))),
    meanValue: revenue / days,
  };
}

/** What is expected of a customer by a model. */
export function customerValue(model: ClvModel, one: KnownCustomer, horizonDays: number): CustomerValue {
  const { purchases, spending, meanValue } = model;
  const history = historyOf(one);
  const spent = { x: one.repeatDayCount, mean: one.repeatValueMinor };
  const averageValueMinor = spending === null ? meanValue : expectedMeanValue(spending, spent, meanValue);
  const discounting = { months: horizonDays / unitDays.month, monthLength: unitDays.month / week, monthlyRate };
  return {
    pAlive: probabilityAlive(purchases, history),
    orderCount: expectedPurchases(purchases, history, horizonDays / week),
    averageValueMinor,
    clvMinor: discountedValue(purchases, history, averageValueMinor, discounting),
  };
}

/** The same by a model fitted to all of them. */
export function customerValues(
  customers: readonly KnownCustomer[],
): (one: KnownCustomer, horizonDays: number) => CustomerValue {
  const model = fitClv(customers);
  return (one, horizonDays) => customerValue(model, one, horizonDays);
}
