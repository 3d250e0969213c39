/** The unit of figures whose metric the reader chooses: the metric's name says it. */
import type { CatalogueEntry } from "../catalogue-types.ts";

/** True when the metric asked for, or else the usual one, is an amount of money. */
export function isMoneyMetric(entry: CatalogueEntry, asked: URLSearchParams): boolean {
  const metric = entry.params.find((param) => param.name === "metric");
  return metric !== undefined && String(asked.get("metric") ?? metric.default).endsWith("_minor");
}

/** The entry with its plain numbers as money. */
export const withMoney = (entry: CatalogueEntry): CatalogueEntry => ({
  ...entry,
  columns: entry.columns.map((column) => (column.unit === "number" ? { ...column, unit: "money" } : column)),
});
