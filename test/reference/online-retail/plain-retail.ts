/**
 * A second implementation of RFM, tiers and cohorts in plain TypeScript over the raw file of Online Retail, sharing no code
 * with the warehouse. Amounts are pennies, each line rounded once; days are calendar days of the file.
 */
import { readTable } from "../../../src/tables/read-table.ts";
import { columnOf } from "../../../src/tables/table.ts";

export interface RetailLine {
  readonly invoice: string;
  readonly customer: string;
  readonly day: string;
  readonly pennies: number;
  /** Quantity and price above 0. */
  readonly isSale: boolean;
}

export async function readRetailLines(path: string): Promise<readonly RetailLine[]> {
  const table = await readTable(path);
  const [invoices, quantities, dates, prices, customers] = [
    "InvoiceNo",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
  ].map((name) => columnOf(table, name));
  return Array.from({ length: table.rowCount }, (_, row) => {
    const [quantity, price] = [Number(quantities?.[row]), Number(prices?.[row])];
    const exact = quantity * price * 100;
    return {
      invoice: invoices?.[row] ?? "",
      customer: (customers?.[row] ?? "").replace(/\.0$/, ""),
      day: (dates?.[row] ?? "").slice(0, 10),
      pennies: Math.sign(exact) * Math.round(Math.abs(exact) + 1e-7),
      isSale: quantity > 0 && price > 0,
    };
  });
}

export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string | number): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = String(keyOf(value));
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

export interface RetailCustomer {
  readonly customer: string;
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly firstDay: string;
  readonly activeMonths: ReadonlySet<string>;
}

/** Customers with a sale; recency from the day after the last sale of all. */
export function retailCustomers(lines: readonly RetailLine[]): readonly RetailCustomer[] {
  const named = lines.filter((line) => line.customer !== "");
  const last = lines.filter((line) => line.isSale).reduce((day, line) => (line.day > day ? line.day : day), "");
  const byCustomer = groupBy(named, (line) => line.customer);
  return [...byCustomer].flatMap(([customer, own]) => {
    const sales = own.filter((line) => line.isSale);
    if (sales.length === 0) return [];
    const days = sales.map((line) => line.day).sort();
    return [
      {
        customer,
        recency: (Date.parse(last) - Date.parse(days.at(-1) ?? "")) / 86_400_000 + 1,
        frequency: new Set(sales.map((line) => line.invoice)).size,
        monetary: own.reduce((sum, line) => sum + line.pennies, 0),
        firstDay: days[0] ?? "",
        activeMonths: new Set(days.map((day) => day.slice(0, 7))),
      },
    ];
  });
}

/** Quantile with linear interpolation between order statistics. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/** 1 + the number of cut points strictly below the value. */
export const binOf = (value: number, cuts: readonly number[]): number => 1 + cuts.filter((cut) => cut < value).length;

export function rfmOf(customers: readonly RetailCustomer[]): ReadonlyMap<string, string> {
  const cutsOf = (values: readonly number[]): number[] => [0.2, 0.4, 0.6, 0.8].map((share) => quantile(values, share));
  const recency = cutsOf(customers.map((one) => one.recency));
  const frequency = cutsOf(customers.map((one) => one.frequency));
  const monetary = cutsOf(customers.map((one) => one.monetary));
  return new Map(
    customers.map((one) => {
      const r = 6 - binOf(one.recency, recency);
      return [one.customer, `${r}${binOf(one.frequency, frequency)}${binOf(one.monetary, monetary)}`];
    }),
  );
}

/** Cohort month -> customers of it active in each month since, months without any as 0. */
export function cohortsOf(customers: readonly RetailCustomer[]): ReadonlyMap<string, readonly number[]> {
  const months = [...new Set(customers.flatMap((one) => [...one.activeMonths]))].sort();
  const cohorts = groupBy(customers, (one) => one.firstDay.slice(0, 7));
  return new Map(
    [...cohorts].map(([cohort, members]) => [
      cohort,
      months
        .filter((month) => month >= cohort)
        .map((month) => members.filter((one) => one.activeMonths.has(month)).length),
    ]),
  );
}
