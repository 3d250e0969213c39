/** Lines over a number, the first inside its interval. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf, numberOf } from "../values.ts";
import { type Curve, curvesDrawing } from "./curves.ts";
import type { ChartContext, Drawing } from "./drawing.ts";

type CurveChart = ChartOf<"curve">;

/** Rows in the order of `x`; rows without one have no place. */
const placed = ({ x }: CurveChart, rows: readonly Row[]): readonly Row[] =>
  currentRows(rows)
    .filter((row) => numberOf(row[x]) !== null)
    .toSorted((a, b) => (numberOf(a[x]) ?? 0) - (numberOf(b[x]) ?? 0));

export function curveDrawing(chart: CurveChart, rows: readonly Row[], context: ChartContext): Drawing {
  const { entry, format, tokens } = context;
  const ordered = placed(chart, rows);
  const pointsOf = (column: string): Curve["points"] =>
    ordered.map((row) => [numberOf(row[chart.x]) ?? 0, numberOf(row[column])]);
  const bounds = [chart.lower, chart.upper].map(
    (column): Curve => ({
      name: labelOf(column),
      color: tokens.series[0] ?? tokens.accent,
      points: pointsOf(column),
      isDashed: true,
      isMark: true,
    }),
  );
  const lines = chart.y.map(
    (column, index): Curve => ({
      name: labelOf(column),
      color: index === 0 ? (tokens.series[0] ?? tokens.accent) : tokens.muted,
      points: pointsOf(column),
    }),
  );
  const [first] = chart.y;
  const axes = {
    x: (value: number) => format.value(columnOf(entry, chart.x), value),
    y: (value: number) => format.value(columnOf(entry, first ?? chart.x), value),
    xName: labelOf(chart.x),
  };
  const drawing = curvesDrawing([...lines, ...bounds], axes, context);
  return { ...drawing, notes: [`Thin dashed: the interval of ${labelOf(first ?? "").toLowerCase()}.`] };
}

/** Where the first line ends, and where it is highest if that is elsewhere. */
export function curveSummary(chart: CurveChart, rows: readonly Row[], { entry, format }: ChartContext): string {
  const [first] = chart.y;
  const known = placed(chart, rows).filter((row) => numberOf(row[first ?? ""]) !== null);
  const last = known.at(-1);
  if (!first || !last) return "";
  const told = (row: Row, name: string): string => format.value(columnOf(entry, name), row[name]);
  const value = (row: Row): number => numberOf(row[first]) ?? 0;
  const best = known.reduce((high, row) => (value(row) > value(high) ? row : high), last);
  const where = (row: Row): string => `${told(row, first)} at ${labelOf(chart.x).toLowerCase()} ${told(row, chart.x)}`;
  const end = `${labelOf(first)}: ${where(last)}`;
  return best === last ? `${end}.` : `${end}; highest ${where(best)}.`;
}
