/** The column to be predicted: a yes or no in whatever form a file writes it. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";

/** The two texts of a label column. */
export interface LabelTexts {
  readonly positive: string;
  readonly negative: string;
}

const yes = new Set(["1", "true", "yes", "y", "t"]);

/**
 * Which two texts the column holds and which of them is the yes: 1, true, yes, y or t; else the larger number, else the
 * later in the alphabet. Empty texts are passed over.
 *
 * @throws column_value when the column holds more than two texts; too_little_data when it holds fewer
 */
export function labelTextsOf(table: Table, name: string): LabelTexts {
  const texts = [...new Set(columnOf(table, name))].filter((text) => text !== "");
  if (texts.length > 2) {
    const shown = texts.slice(0, 4).map((text) => `"${text.slice(0, 40)}"`);
    throw new CartwrightError(
      "column_value",
      `${table.path}: the label "${name}" holds ${texts.length} different values (${shown.join(", ")}, ...), and a label has two`,
    );
  }
  const [first, second] = texts;
  if (first === undefined || second === undefined) {
    const only = first === undefined ? "no value" : `only the value "${first}"`;
    throw new CartwrightError("too_little_data", `${table.path}: the label "${name}" holds ${only}`);
  }
  return isYes(first, second) ? { positive: first, negative: second } : { positive: second, negative: first };
}

function isYes(text: string, other: string): boolean {
  const [isTextYes, isOtherYes] = [yes.has(text.toLowerCase()), yes.has(other.toLowerCase())];
  if (isTextYes !== isOtherYes) return isTextYes;
  const [value, otherValue] = [numberOf(text), numberOf(other)];
  return value !== null && otherValue !== null ? value > otherValue : text > other;
}

/**
 * 1 for the positive text, 0 for the negative one, NaN for an empty one.
 *
 * @throws column_value naming the row when the column holds a third text
 */
export function labelsOf(table: Table, name: string, { positive, negative }: LabelTexts): Float64Array {
  return Float64Array.from(columnOf(table, name), (text, row) => {
    if (text === positive) return 1;
    if (text === negative) return 0;
    if (text === "") return Number.NaN;
    throw new CartwrightError(
      "column_value",
      `${table.path}: data row ${row + 1}, label "${name}": "${text.slice(0, 100)}" is neither "${positive}" nor "${negative}"`,
    );
  });
}
