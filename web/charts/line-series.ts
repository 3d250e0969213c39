/** The lines of a line chart: which rows and which column each one draws, and the dashed twin of the compared period. */
import type { CatalogueEntry, ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf, numberOf, previousRows, textOf } from "../values.ts";
import type { ChartContext } from "./drawing.ts";

export interface LinePoint {
  readonly day: string;
  readonly value: number | null;
}

export interface Line {
  readonly name: string;
  readonly column: string;
  readonly color: string;
  readonly points: readonly LinePoint[];
  /** The compared period, moved to the days it stands beside. */
  readonly before: readonly LinePoint[];
}

const ordered = (points: readonly LinePoint[]): readonly LinePoint[] =>
  points.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));

const measurable: ReadonlySet<string> = new Set(["money", "count", "rate", "seconds", "number", "bytes"]);

/** The measures the declaration draws. */
export const measuresOf = (chart: ChartOf<"line">): readonly string[] =>
  typeof chart.y === "string" ? [chart.y] : chart.y;

/** True when the measures do not share a unit, so that only one can be drawn at a time. */
export function mustChoose(chart: ChartOf<"line">, entry: CatalogueEntry): boolean {
  const units = measuresOf(chart).map((name) => columnOf(entry, name).unit);
  return new Set(units).size > 1 || units.length > 4;
}

/** What a reader may choose to see when only one measure fits: the declared ones first, then every other figure of the rows. */
export function measureChoices(chart: ChartOf<"line">, entry: CatalogueEntry): readonly string[] {
  if (!mustChoose(chart, entry)) return [];
  const others = entry.columns.filter((column) => measurable.has(column.unit)).map((column) => column.name);
  return [...new Set([...measuresOf(chart), ...others])].filter((name) => name !== chart.x);
}

/** One line per measure, or one per value of the series column, the largest first. */
export function linesOf(
  chart: ChartOf<"line">,
  rows: readonly Row[],
  context: ChartContext,
  show: string | null,
): readonly Line[] {
  const choices = measureChoices(chart, context.entry);
  const chosen = choices.find((name) => name === show) ?? choices[0];
  const measures = chosen === undefined ? measuresOf(chart) : [chosen];
  const current = currentRows(rows);
  const previous = previousRows(rows);
  const point = (row: Row, column: string): LinePoint => ({
    day: textOf(row[chart.x]) ?? "",
    value: numberOf(row[column]),
  });
  const moved = (row: Row, column: string): LinePoint => ({
    day: textOf(row.aligned_on) ?? textOf(row[chart.x]) ?? "",
    value: numberOf(row[column]),
  });
  if (chart.series === undefined) {
    return measures.map((column, index) => ({
      name: labelOf(column),
      column,
      color: context.tokens.series[index] ?? context.tokens.accent,
      points: ordered(current.map((row) => point(row, column))),
      before: index === 0 ? ordered(previous.map((row) => moved(row, column))) : [],
    }));
  }
  const series = chart.series;
  const column = measures[0] ?? "";
  const totals = new Map<string, number>();
  for (const row of current) {
    const name = textOf(row[series]) ?? "–";
    totals.set(name, (totals.get(name) ?? 0) + (numberOf(row[column]) ?? 0));
  }
  const names = [...totals].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const of = (name: string) => (row: Row) => (textOf(row[series]) ?? "–") === name;
  return names.map((name) => ({
    name,
    column,
    color: context.colorOf(series, name),
    points: ordered(current.filter(of(name)).map((row) => point(row, column))),
    before: ordered(previous.filter(of(name)).map((row) => moved(row, column))),
  }));
}
