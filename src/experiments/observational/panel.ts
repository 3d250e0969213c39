/** A file of units by periods, for questions that no experiment was made for. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, numbersOf, type Table } from "../../tables/table.ts";

export interface PanelColumns {
  readonly unit: string;
  readonly time: string;
  readonly value: string;
}

export interface Panel {
  /** Ascending: as numbers when all are, else as text (so that days should be written YYYY-MM-DD). */
  readonly times: readonly string[];
  readonly units: ReadonlyMap<string, Float64Array>;
}

const inOrder = (texts: readonly string[]): string[] => {
  const areNumbers = texts.every((text) => numberOf(text) !== null);
  return [...texts].sort((a, b) => (areNumbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0));
};

/**
 * One value for each unit and period; several rows of both are added up.
 *
 * @throws column_value when a unit lacks a period: a missing value is not 0
 */
export function readPanel(table: Table, columns: PanelColumns): Panel {
  const units = columnOf(table, columns.unit);
  const times = columnOf(table, columns.time);
  const values = numbersOf(table, columns.value);
  const periods = inOrder([...new Set(times)]);
  const at = new Map(periods.map((time, index) => [time, index]));
  const cells = new Map<string, Float64Array>();
  for (let row = 0; row < units.length; row++) {
    const unit = units[row] ?? "";
    const series = cells.get(unit) ?? new Float64Array(periods.length).fill(Number.NaN);
    const period = at.get(times[row] ?? "") ?? 0;
    const before = series[period] ?? Number.NaN;
    series[period] = (Number.isNaN(before) ? 0 : before) + (values[row] ?? 0);
    cells.set(unit, series);
  }
  for (const [unit, series] of cells) {
    const gap = series.findIndex(Number.isNaN);
    if (gap >= 0) {
      throw new CartwrightError(
        "column_value",
        `${table.path}: "${unit}" has no row for ${columns.time} "${periods[gap]}"; every unit needs every period`,
      );
    }
  }
  return { times: periods, units: cells };
}
