/** Series out of a table: sorted by time, holes filled. */
import { CartwrightError } from "../../errors.ts";
import { columnOf, numberOf, type Table } from "../../tables/table.ts";

export interface NamedSeries {
  /** Names in the order of the file. */
  readonly names: readonly string[];
  readonly values: readonly Float64Array[];
  /** Values that were not there and lie on a line between their neighbours. */
  readonly filledCount: number;
}

interface Point {
  readonly time: number;
  readonly value: number;
}

/**
 * The values of each series in order of time. Times are numbers, months (`YYYY-MM`) or days (`YYYY-MM-DD`, also with a time
 * of day, which is dropped); when all days of the file fall on one day of the month they are months.
 *
 * @param series column that names the series; null takes all rows as one
 * @throws column_value for a time that cannot be read, a time that comes twice in a series, or a value that is no number;
 *   too_little_data for a file without rows
 */
export function readSeries(table: Table, series: string | null, time: string, value: string): NamedSeries {
  const times = timesOf(table, time);
  const names = series === null ? null : columnOf(table, series);
  const points = new Map<string, Point[]>();
  for (const [row, text] of columnOf(table, value).entries()) {
    const name = names?.[row] ?? "all";
    const own = points.get(name) ?? [];
    points.set(name, own);
    if (text === "") continue;
    const number = numberOf(text);
    if (number === null) throw wrongValue(table, row, value, `"${text.slice(0, 100)}" is not a number`);
    own.push({ time: times[row] ?? 0, value: number });
  }
  const kept = [...points].filter(([, own]) => own.length > 0);
  if (kept.length === 0) throw new CartwrightError("too_little_data", `${table.path} has no row with a value`);
  const step = commonStep(kept.map(([, own]) => own));
  const filled = kept.map(([name, own]) => fillHoles(table, name, own, step));
  return {
    names: kept.map(([name]) => name),
    values: filled,
    filledCount: filled.reduce((sum, one, index) => sum + one.length - (kept[index]?.[1].length ?? 0), 0),
  };
}

function timesOf(table: Table, column: string): Float64Array {
  const texts = columnOf(table, column);
  const days = texts.filter((text) => text.length > 7).map((text) => text.slice(8, 10));
  const areMonths =
    days.length > 1 && new Set(days).size === 1 && new Set(texts.map((text) => text.slice(0, 7))).size > 1;
  return Float64Array.from(texts, (text, row) => {
    const number = numberOf(text);
    if (number !== null) return number;
    const parts = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ].*)?)?$/.exec(text);
    const [year, month, day] = [Number(parts?.[1]), Number(parts?.[2]), Number(parts?.[3] ?? 1)];
    const isReal = parts !== null && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    if (!isReal)
      throw wrongValue(table, row, column, `"${text.slice(0, 100)}" is neither a number nor YYYY-MM or YYYY-MM-DD`);
    return parts[3] === undefined || areMonths ? year * 12 + month : Date.UTC(year, month - 1, day) / 86_400_000;
  });
}

/** The smallest distance between neighbouring times of any series: what one step is. */
function commonStep(series: readonly Point[][]): number {
  let step = Number.POSITIVE_INFINITY;
  for (const points of series) {
    points.sort((a, b) => a.time - b.time);
    for (let at = 1; at < points.length; at += 1) {
      const distance = (points[at]?.time ?? 0) - (points[at - 1]?.time ?? 0);
      if (distance > 0 && distance < step) step = distance;
    }
  }
  return Number.isFinite(step) ? step : 1;
}

const mostFilled = 100_000;

function fillHoles(table: Table, name: string, points: readonly Point[], step: number): Float64Array {
  const values: number[] = [];
  for (const [at, { time, value }] of points.entries()) {
    const before = points[at - 1];
    if (!before) values.push(value);
    else {
      const steps = Math.round((time - before.time) / step);
      if (steps < 1) {
        throw new CartwrightError(
          "column_value",
          `${table.path}: series "${name}" has two values for one time; give one row a time`,
        );
      }
      if (steps > mostFilled) {
        throw new CartwrightError(
          "column_value",
          `${table.path}: series "${name}" has a hole of ${steps} steps; its times are not equally spaced`,
        );
      }
      for (let one = 1; one <= steps; one += 1) values.push(before.value + ((value - before.value) * one) / steps);
    }
  }
  return Float64Array.from(values);
}

const wrongValue = (table: Table, row: number, column: string, reason: string): CartwrightError =>
  new CartwrightError("column_value", `${table.path}: data row ${row + 1}, column "${column}": ${reason}`);
