/** The cells of a heat map: rows and columns in order, open cells flagged, sizes beside the rows. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { monthText, rangeText } from "../format-dates.ts";
import { columnOf, currentRows, labelOf, numberOf, textOf } from "../values.ts";
import type { ChartContext } from "./drawing.ts";
import { stepLabel } from "./funnel.ts";
import { shortPeriodText } from "./periods.ts";

export interface Cell {
  readonly x: number;
  readonly y: number;
  /** Null: unknown, which an open cell usually is. */
  readonly value: number | null;
  /** True while the period of the cell is not over. */
  readonly isOpen: boolean;
}

export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly key: string; readonly label: string; readonly size: number | null }[];
  readonly cells: readonly Cell[];
  readonly least: number;
  readonly most: number;
  /** True when column 0 is 100 % by definition (the cohort's own month) and is left out of the scale. */
  readonly hasBaseColumn: boolean;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function labelOfKey(name: string, key: string, context: ChartContext): string {
  if (name === "weekday") return weekdays[Number(key) - 1] ?? key;
  if (name === "step_name") return stepLabel(key);
  const { unit } = columnOf(context.entry, name);
  if (unit === "month") return monthText(key);
  if (unit === "day") return context.grain === null ? rangeText(key, key) : shortPeriodText(key, context.grain);
  return unit === "text" ? context.format.value({ name, unit }, key) : key;
}

/** The name of an axis; an index of periods is named for their length, whatever the column was first called. */
export const axisWord = (name: string, grain: string | null): string =>
  name === "month_index" && grain !== null ? grain.charAt(0).toUpperCase() + grain.slice(1) : labelOf(name);

const inOrder = (a: string, b: string): number => {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
};

export function cellsOf(chart: ChartOf<"heatmap">, given: readonly Row[], context: ChartContext): Cells {
  const rows = currentRows(given);
  // Names stand as the rows give them: steps in their order, months spelt out in theirs.
  const keys = (name: string): string[] => {
    const found = [...new Set(rows.map((row) => textOf(row[name]) ?? "–"))];
    return columnOf(context.entry, name).unit === "text" ? found : found.sort(inOrder);
  };
  const xs = keys(chart.x);
  const ys = keys(chart.y);
  const { complete, size } = chart;
  const cells = rows.map((row) => ({
    x: xs.indexOf(textOf(row[chart.x]) ?? "–"),
    y: ys.indexOf(textOf(row[chart.y]) ?? "–"),
    value: numberOf(row[chart.value]),
    isOpen: complete !== undefined && row[complete] === false,
  }));
  const first = cells.filter((cell) => cell.x === 0 && cell.value !== null);
  const hasBaseColumn =
    columnOf(context.entry, chart.value).unit === "rate" &&
    xs.length > 1 &&
    xs[0] === "0" &&
    first.length > 0 &&
    first.every((cell) => cell.value === 1);
  const scaled = cells
    .filter((cell) => cell.value !== null && !(hasBaseColumn && cell.x === 0))
    .map((cell) => cell.value ?? 0);
  return {
    columns: xs.map((key) => labelOfKey(chart.x, key, context)),
    rows: ys.map((key) => ({
      key,
      label: labelOfKey(chart.y, key, context),
      size: size === undefined ? null : numberOf(rows.find((row) => (textOf(row[chart.y]) ?? "–") === key)?.[size]),
    })),
    cells,
    least: scaled.length > 0 ? Math.min(...scaled) : 0,
    most: scaled.length > 0 ? Math.max(...scaled) : 1,
    hasBaseColumn,
  };
}
