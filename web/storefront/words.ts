/** Amounts, days and the names of states, in the reader's way of writing. */
import type { OrderStatus, Shop } from "./shop-types.ts";

const locale = (): string => {
  try {
    return Intl.getCanonicalLocales(navigator.language)[0] ?? "en";
  } catch {
    return "en";
  }
};

/** Writes amounts of a shop's currency; they come in minor units. */
export function moneyOf({ currency, currency_decimals }: Pick<Shop, "currency" | "currency_decimals">) {
  const format = new Intl.NumberFormat(locale(), { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  return (minor: number): string => format.format(minor / 10 ** currency_decimals);
}

export const countText = (count: number): string => new Intl.NumberFormat(locale()).format(count);

/** "4 units", "1 unit". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

export const dayText = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" }).format(new Date(instant));

export const shareText = (share: number): string =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);

export const titled = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const statusWords: Readonly<Record<OrderStatus, string>> = {
  created: "Waiting for payment",
  paid: "Paid, being packed",
  shipped: "On its way",
  delivered: "Delivered",
  cancelled: "Cancelled",
  returned: "Sent back",
};
