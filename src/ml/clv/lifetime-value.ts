/** What a customer will be worth over a horizon, in today's money. */
import { type BgNbd, expectedPurchases } from "./bg-nbd.ts";
import type { PurchaseHistory } from "./history.ts";

export interface Discounting {
  /** How far to look, in months; a last part of a month counts as such. */
  readonly months: number;
  /** Length of a month in the model's unit of time. */
  readonly monthLength: number;
  /** By how much a month's money is worth less than the one's before, as a rate. */
  readonly monthlyRate: number;
}

/**
 * The value of the purchases expected month by month, each month discounted to today.
 *
 * @param meanValue what a purchase is worth, margin rather than revenue if the margin is meant
 */
export function discountedValue(
  model: BgNbd,
  history: PurchaseHistory,
  meanValue: number,
  { months, monthLength, monthlyRate }: Discounting,
): number {
  let value = 0;
  let before = 0;
  for (let month = 1; month < months + 1; month += 1) {
    const end = Math.min(month, months);
    const purchases = expectedPurchases(model, history, end * monthLength);
    value += (meanValue * (purchases - before)) / (1 + monthlyRate) ** end;
    before = purchases;
  }
  return Math.max(0, value);
}
