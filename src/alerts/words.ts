/** What an alert found, as one sentence. */
import type { Column } from "../analyses/column.ts";
import { currencyDecimals } from "../config.ts";
import type { Alert } from "./alert.ts";

const decimals = (value: number, digits: number): string =>
  value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A value in its column's unit: money in major units with its currency, rates in percent. */
export function valueWords(column: Column<unknown>, value: number | null, currency: string): string {
  if (value === null) return "unknown";
  const digits = currencyDecimals(currency);
  if (column.unit === "money") return `${decimals(value / 10 ** digits, digits)} ${currency}`;
  if (column.unit === "rate") return `${decimals(value * 100, 1)} %`;
  return value.toLocaleString("en-GB", { maximumFractionDigits: 2 });
}

const label = (column: string): string => {
  const words = column.replace(/_(minor|rate|count)$/, "").replaceAll("_", " ");
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
};

/** "Orders: Order count was 3 on 2025-04-20, below 5." */
export function alertWords(
  alert: Alert,
  column: Column<unknown>,
  { value, reference, day }: { readonly value: number | null; readonly reference: number | null; readonly day: string },
  currency: string,
): string {
  const when = alert.last_days === 1 ? `on ${day}` : `in the ${alert.last_days} days to ${day}`;
  const said = `${alert.title}: ${label(alert.column)} was ${valueWords(column, value, currency)} ${when}`;
  const other = valueWords(column, reference, currency);
  switch (alert.condition.kind) {
    case "above":
    case "below":
      return `${said}, ${alert.condition.kind} ${other}.`;
    case "change":
      return `${said}, against ${other} in the period before.`;
    case "anomaly":
      return `${said}; usual for the weekday is ${other}.`;
  }
}
