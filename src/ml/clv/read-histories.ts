/** From a file of purchases to what the models know of each customer. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";
import type { PurchaseHistory } from "./history.ts";

export interface PurchaseColumns {
  readonly customer: string;
  readonly date: string;
  /** Amount of the purchase; null when only the days count. */
  readonly value: string | null;
  /** How dates are written, with YYYY, MM and DD or %Y, %m and %d; null reads YYYY-MM-DD and YYYYMMDD. */
  readonly dateFormat: string | null;
}

export interface ObservedCustomer extends PurchaseHistory {
  readonly customer: string;
  /** Mean amount of the repeat purchases; 0 without one or without amounts. */
  readonly mean: number;
  /** Days with a purchase after the calibration. */
  readonly holdoutCount: number;
}

export interface ObservedShop {
  readonly customers: readonly ObservedCustomer[];
  /** Days since 1970 of the last day of calibration and of observation. */
  readonly calibrationEnd: number;
  readonly observationEnd: number;
}

/** Days of the units of time that ages and rates may be counted in. */
export const unitDays = { day: 1, week: 7, month: 365.25 / 12, year: 365.25 } as const;
export type TimeUnit = keyof typeof unitDays;

/**
 * One purchase a customer and day, amounts of a day added up; the first day is the birth, later ones are repeats. Customers
 * whose first purchase is after the calibration are left out.
 *
 * @param calibrationEnd last day that the models see, as written in the file or YYYY-MM-DD; null takes the last day there is
 * @param observationEnd last day of the holdout; null takes the last day there is
 */
export function readHistories(
  table: Table,
  columns: PurchaseColumns,
  calibrationEnd: string | null,
  observationEnd: string | null,
  unit: TimeUnit,
): ObservedShop {
  const read = dayReader(columns.dateFormat);
  const days = columnOf(table, columns.date).map((text, row) => {
    const day = read(text);
    if (day !== null) return day;
    const form = columns.dateFormat ?? "YYYY-MM-DD or YYYYMMDD";
    throw wrongValue(table, row, columns.date, `"${text.slice(0, 100)}" is not a date of the form ${form}`);
  });
  const last = days.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
  if (!Number.isFinite(last)) throw new CartwrightError("too_little_data", `${table.path} has no purchase`);
  const end = boundary("--calibration-end", calibrationEnd, read, last);
  const until = boundary("--observation-end", observationEnd, read, last);
  if (until < end) {
    throw new CartwrightError(
      "invalid_parameter",
      `--observation-end ${observationEnd} is before the end of the calibration`,
    );
  }
  const byCustomer = amountsByDay(table, columns, days);
  const customers: ObservedCustomer[] = [];
  for (const [customer, amounts] of byCustomer) {
    const bought = [...amounts.keys()].sort((a, b) => a - b);
    const first = bought[0] ?? end + 1;
    if (first > end) continue;
    const repeats = bought.filter((day) => day > first && day <= end);
    const spent = repeats.reduce((sum, day) => sum + (amounts.get(day) ?? 0), 0);
    customers.push({
      customer,
      x: repeats.length,
      tx: ((repeats.at(-1) ?? first) - first) / unitDays[unit],
      T: (end - first) / unitDays[unit],
      mean: repeats.length > 0 ? spent / repeats.length : 0,
      holdoutCount: bought.filter((day) => day > end && day <= until).length,
    });
  }
  if (customers.length === 0) {
    throw new CartwrightError("too_little_data", `${table.path} has no purchase up to the end of the calibration`);
  }
  return { customers, calibrationEnd: end, observationEnd: until };
}

function amountsByDay(
  table: Table,
  { customer, value }: PurchaseColumns,
  days: readonly number[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const amounts = value === null ? null : columnOf(table, value);
  const byCustomer = new Map<string, Map<number, number>>();
  for (const [row, id] of columnOf(table, customer).entries()) {
    if (id === "") continue;
    const amount = amounts === null ? 0 : numberOf(amounts[row] ?? "");
    if (amount === null) {
      throw wrongValue(table, row, value ?? "", `"${amounts?.[row]?.slice(0, 100)}" is not a number`);
    }
    const own = byCustomer.get(id) ?? new Map<number, number>();
    byCustomer.set(id, own);
    const day = days[row] ?? 0;
    own.set(day, (own.get(day) ?? 0) + amount);
  }
  return byCustomer;
}

function boundary(flag: string, text: string | null, read: (text: string) => number | null, last: number): number {
  if (text === null) return last;
  const day = read(text) ?? dayReader(null)(text);
  if (day === null)
    throw new CartwrightError("invalid_parameter", `${flag} must be a date as YYYY-MM-DD, got "${text}"`);
  return day;
}

/** Reads a date into days since 1970; null for a text of another form or a day that does not exist. */
function dayReader(format: string | null): (text: string) => number | null {
  const patterns = format === null ? ["YYYY-MM-DD", "YYYYMMDD"] : [format];
  const readers = patterns.map((pattern) => {
    const plain = pattern.replaceAll("%Y", "YYYY").replaceAll("%m", "MM").replaceAll("%d", "DD");
    const source = plain
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace("YYYY", "(?<year>\\d{4})")
      .replace("MM", "(?<month>\\d{1,2})")
      .replace("DD", "(?<day>\\d{1,2})");
    return new RegExp(`^${source}(?:[T ].*)?$`);
  });
  return (text) => {
    for (const reader of readers) {
      const parts = reader.exec(text.trim())?.groups;
      if (!parts) continue;
      const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
      const time = Date.UTC(year, month - 1, day);
      const date = new Date(time);
      if (date.getUTCMonth() === month - 1 && date.getUTCDate() === day) return time / 86_400_000;
    }
    return null;
  };
}

const wrongValue = (table: Table, row: number, column: string, reason: string): CartwrightError =>
  new CartwrightError("column_value", `${table.path}: data row ${row + 1}, column "${column}": ${reason}`);
