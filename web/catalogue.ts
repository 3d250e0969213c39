/**
 * The catalogue as the dashboard uses it. The unit is in a column's name: what ends in `_minor` is money, also where a
 * mean or a quotient makes it fractional and the declaration therefore calls it a plain number.
 */
import type { CatalogueColumn, CatalogueEntry } from "./catalogue-types.ts";
import { catalogue as generated } from "./generated/catalogue.ts";

const withUnit = (column: CatalogueColumn): CatalogueColumn =>
  column.unit === "number" && column.name.endsWith("_minor") ? { ...column, unit: "money" } : column;

export const catalogue: readonly CatalogueEntry[] = generated.map((entry) => ({
  ...entry,
  columns: entry.columns.map(withUnit),
}));
