/** A table out of a file, column by column, as texts: what the tools that need no workspace work on. */
import { CartwrightError } from "../errors.ts";

export interface Table {
  readonly path: string;
  /** The header's names, in the order of the file. */
  readonly names: readonly string[];
  readonly rowCount: number;
  /** The columns that were asked for, each with one text a row; an empty text where the file has nothing. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

/** A column by its name; an error that lists the columns there are when it is missing. */
export function columnOf(table: Table, name: string): readonly string[] {
  const column = table.columns.get(name);
  if (!column) throw noColumn(table.path, table.names, name);
  return column;
}

export const noColumn = (path: string, names: readonly string[], name: string): CartwrightError =>
  new CartwrightError("column_missing", `${path} has no column "${name}"`, { columns: names.join(", ") });

/**
 * A column as numbers.
 *
 * @param onEmpty what an empty text becomes; null makes it an error
 * @throws column_value naming file, row, column and value when a text is not a finite number
 */
export function numbersOf(table: Table, name: string, onEmpty: number | null = null): Float64Array {
  const texts = columnOf(table, name);
  const values = new Float64Array(texts.length);
  for (const [index, text] of texts.entries()) {
    if (text === "" && onEmpty !== null) values[index] = onEmpty;
    else {
      const value = numberOf(text);
      if (value === null) throw notANumber(table.path, index, name, text);
      values[index] = value;
    }
  }
  return values;
}

/** A finite number as programs write it (`12`, `-0.5`, `1e3`); null for anything else, an empty text too. */
export function numberOf(text: string): number | null {
  if (text === "" || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) && !/^\s*[+-]?0[xob]/i.test(text) ? value : null;
}

const notANumber = (path: string, index: number, name: string, text: string): CartwrightError =>
  new CartwrightError(
    "column_value",
    `${path}: data row ${index + 1}, column "${name}": ${text === "" ? "is empty" : `"${text.slice(0, 100)}" is not a number`}`,
  );
