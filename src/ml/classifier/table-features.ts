/** From a file's columns of text to rows of features. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";
import type { Feature, FeatureMatrix } from "../gbdt/index.ts";

/** Texts that programs write where a value is missing. */
const missingTexts = new Set(["", "na", "n/a", "nan", "null", "none", "?", "\\n"]);
const isMissing = (text: string): boolean => missingTexts.has(text.toLowerCase());
const mostCategories = 255;

/**
 * What kind of feature each column is: numeric when every value it has is a number, else categorical with its most frequent
 * values. A column without any value is numeric.
 *
 * @param categorical columns of codes that only look like numbers
 */
export function featuresOf(table: Table, names: readonly string[], categorical: readonly string[]): readonly Feature[] {
  return names.map((name): Feature => {
    const texts = columnOf(table, name);
    const isNumeric = !categorical.includes(name) && texts.every((text) => isMissing(text) || numberOf(text) !== null);
    return isNumeric
      ? { name, kind: "numeric", monotone: 0 }
      : { name, kind: "categorical", categories: mostFrequent(texts) };
  });
}

function mostFrequent(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (!isMissing(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .sort(([a, aCount], [b, bCount]) => bCount - aCount || (a < b ? -1 : 1))
    .slice(0, mostCategories)
    .map(([text]) => text);
}

/**
 * The rows of a table in the order of a model's features; columns the model does not know are passed over.
 *
 * @throws column_missing when a feature has no column; column_value when a numeric feature holds a text
 */
export function matrixOf(table: Table, features: readonly Feature[]): FeatureMatrix {
  const values = new Float64Array(table.rowCount * features.length);
  for (const [index, feature] of features.entries()) {
    const texts = columnOf(table, feature.name);
    const read = feature.kind === "numeric" ? numericReader(table, feature.name) : categoryReader(feature.categories);
    for (let row = 0; row < table.rowCount; row += 1)
      values[row * features.length + index] = read(texts[row] ?? "", row);
  }
  return { rowCount: table.rowCount, featureCount: features.length, values };
}

function numericReader(table: Table, name: string): (text: string, row: number) => number {
  return (text, row) => {
    if (isMissing(text)) return Number.NaN;
    const value = numberOf(text);
    if (value !== null) return value;
    throw new CartwrightError(
      "column_value",
      `${table.path}: data row ${row + 1}, column "${name}": "${text.slice(0, 100)}" is not a number, and the model learnt numbers`,
    );
  };
}

function categoryReader(categories: readonly string[]): (text: string) => number {
  const positions = new Map(categories.map((category, position) => [category, position]));
  return (text) => positions.get(text) ?? Number.NaN;
}
