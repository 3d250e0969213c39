/** Alerts in words, and what a person types in the units of alerts. */
import type { CatalogueColumn, CatalogueEntry } from "../catalogue-types.ts";
import type { Format } from "../format.ts";
import { labelOf } from "../values.ts";
import type { Alert } from "./use-alerts.ts";

const measurable = /^(money|count|rate|number|seconds|days|bytes)$/;

/** The numbers of an analysis that an alert can watch. */
export const watchable = (entry: CatalogueEntry): readonly CatalogueColumn[] =>
  entry.columns.filter((column) => measurable.test(column.unit));

/** What stands for one in a person's unit: money in minor units, rates in percent. */
export function unitFactor(column: CatalogueColumn | undefined, currencyDecimals: number): number {
  if (column?.unit === "money") return 10 ** currencyDecimals;
  return column?.unit === "rate" ? 0.01 : 1;
}

const directions = { rise: "rises", fall: "falls", either: "changes" } as const;

/** `entry` is the analysis, undefined when it is gone. "Net revenue of the last 7 days falls by 20.0 % or more against the days before; Channel: organic". */
export function alertWords(alert: Alert, entry: CatalogueEntry | undefined, format: Format): string {
  const { condition, last_days: days } = alert;
  const column = entry?.columns.find(({ name }) => name === alert.column);
  const span = days === 1 ? "the last day" : `the last ${days} days`;
  const about = [...Object.entries(alert.where), ...Object.entries(alert.params)].map(
    ([name, value]) => `; ${labelOf(name)}: ${[value].flat().join(", ")}`,
  );
  const what = `${labelOf(alert.column)} of ${span}`;
  const narrowed = about.join("");
  switch (condition.kind) {
    case "above":
    case "below":
      return `${what} is ${condition.kind} ${column ? format.value(column, condition.value) : condition.value}${narrowed}`;
    case "change":
      return `${what} ${directions[condition.direction]} by ${format.rate(condition.rate)} or more against ${days === 1 ? "the day" : "the days"} before${narrowed}`;
    case "anomaly":
      return `Revenue of the last day is out of the ordinary for its weekday${narrowed}`;
  }
}
