/** One chart for one declaration: the only place that knows which function draws which kind. */
import type { Chart, Row } from "../catalogue-types.ts";
import { barDrawing } from "./bar.ts";
import { curveDrawing } from "./curve.ts";
import type { ChartContext, Drawing } from "./drawing.ts";
import { forecastDrawing } from "./forecast.ts";
import { funnelDrawing } from "./funnel.ts";
import { heatmapDrawing } from "./heatmap.ts";
import { lineDrawing } from "./line.ts";
import { scatterDrawing } from "./scatter.ts";

/** The drawing of a chart; null for kinds that are tables of their own (tiles, leaderboard, table). */
export function draw(
  chart: Chart,
  rows: readonly Row[],
  context: ChartContext,
  show: string | null = null,
): Drawing | null {
  switch (chart.kind) {
    case "line":
      return lineDrawing(chart, rows, context, show);
    case "forecast":
      return forecastDrawing(chart, rows, context);
    case "curve":
      return curveDrawing(chart, rows, context);
    case "bar":
      return barDrawing(chart, rows, context);
    case "funnel":
      return funnelDrawing(chart, rows, context);
    case "heatmap":
      return heatmapDrawing(chart, rows, context);
    case "scatter":
      return scatterDrawing(chart, rows, context);
    case "tiles":
    case "leaderboard":
    case "table":
      return null;
  }
}
