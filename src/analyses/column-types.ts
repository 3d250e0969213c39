import type { Column, Columns, Unit } from "./column.ts";

const typeOfUnit: Readonly<Record<Unit, string>> = {
  text: "String",
  count: "Int64",
  money: "Float64",
  rate: "Float64",
  number: "Float64",
  seconds: "Float64",
  days: "Float64",
  years: "Float64",
  bytes: "Int64",
  day: "Date32",
  month: "Date32",
  instant: "DateTime64(3, 'UTC')",
  flag: "Bool",
  list: "Array(String)",
};

/** Whole numbers stay whole: a column whose JSON is an integer has an integer type. */
function typeOf({ unit, isNullable, schema }: Column<unknown>): string {
  const isWhole = unit === "count" || [schema.type].flat().includes("integer");
  const type = isWhole ? "Int64" : typeOfUnit[unit];
  return isNullable && unit !== "list" ? `Nullable(${type})` : type;
}

/** The columns as an engine's table structure, `name Type, ...`, for rows that did not come out of a table. */
export const structureOf = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, column]) => `${name} ${typeOf(column)}`)
    .join(", ");
