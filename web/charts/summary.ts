/** One sentence per chart, computed from its rows: what a reader who sees no chart must know, and the answer to look for. */

import type { Chart, ChartOf, Row, Unit } from "../catalogue-types.ts";
import { changeOf } from "../change.ts";
import { columnOf, currentRows, isAdditive, labelOf, numberOf, previousRows, sumOf, textOf } from "../values.ts";
import { curveSummary } from "./curve.ts";
import type { ChartContext } from "./drawing.ts";
import { forecastSummary } from "./forecast.ts";
import { funnelSteps } from "./funnel.ts";
import { axisWord, cellsOf } from "./heatmap-cells.ts";
import { leaderboardLines } from "./leaderboard.ts";
import { periodText } from "./line.ts";
import { type Line, linesOf } from "./line-series.ts";
import { grainOf, isUnfinished } from "./periods.ts";

const known = <T extends { readonly value: number | null }>(points: readonly T[]): (T & { value: number })[] =>
  points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]));

function lineSummary(chart: ChartOf<"line">, rows: readonly Row[], context: ChartContext, show: string | null): string {
  const { entry, format } = context;
  const lines = linesOf(chart, rows, context, show);
  const [line] = lines;
  if (!line) return "";
  const column = columnOf(entry, line.column);
  const total = (one: Line): number => known(one.points).reduce((sum, point) => sum + point.value, 0);
  if (chart.series !== undefined && lines.length > 1) {
    const all = lines.reduce((sum, one) => sum + total(one), 0);
    const share =
      all > 0 && isAdditive(column)
        ? ` with ${format.short(column, total(line))}, ${format.rate(total(line) / all)} of the ${lines.length} shown`
        : "";
    return `${line.name} leads${share}; ${lines[1]?.name} follows.`;
  }
  const grain = grainOf(
    context.grain,
    line.points.map((point) => point.day),
  );
  const points = known(line.points);
  const whole = points.filter((point) => !isUnfinished(point.day, grain, context.covered));
  const judged = whole.length > 0 ? whole : points;
  const best = judged.reduce<(typeof judged)[number] | null>(
    (top, point) => (top === null || point.value > top.value ? point : top),
    null,
  );
  if (!best) return `${line.name} is unknown throughout.`;
  const name = line.name;
  const when = periodText(best.day, grain);
  if (judged.length === 1)
    return `${name} was ${format.short(column, best.value)} ${grain === "day" ? "on" : "in"} ${when}.`;
  const last = judged.at(-1);
  const before = judged.at(-2);
  const change = last && before ? changeOf(column, last.value, before.value, format) : null;
  const moved =
    last && change && change.direction !== "unknown"
      ? `; ${grain === "day" ? "on " : "in "}${periodText(last.day, grain)} it was ${format.short(column, last.value)}, ${change.direction === "same" ? "unchanged" : `${change.text} against the ${grain} before`}`
      : "";
  if (last === best) {
    const against = change && change.direction === "up" ? `, ${change.text} against the ${grain} before` : "";
    return `${name} was highest ${grain === "day" ? "on" : "in"} ${when}, the latest whole ${grain}, at ${format.short(column, best.value)}${against}.`;
  }
  return `${name} peaked at ${format.short(column, best.value)} ${grain === "day" ? "on" : "in"} ${when}${moved}.`;
}

function barSummary(chart: ChartOf<"bar">, rows: readonly Row[], context: ChartContext): string {
  const { entry, format } = context;
  const y = columnOf(entry, chart.y);
  const x = columnOf(entry, chart.x);
  const bars = currentRows(rows).map((row) => ({ name: format.value(x, row[chart.x]), value: numberOf(row[chart.y]) }));
  const sorted = known(bars).toSorted((a, b) => b.value - a.value);
  const [top, second] = sorted;
  if (!top) return `${labelOf(chart.y)} is unknown throughout.`;
  const measure = labelOf(chart.y);
  if (!isAdditive(y)) {
    const then = second ? `, then ${second.name} (${format.short(y, second.value)})` : "";
    return `${measure} is highest for ${top.name} (${format.short(y, top.value)})${then}.`;
  }
  const total = sorted.every((bar) => bar.value >= 0) ? sumOf(currentRows(rows), chart.y) : null;
  const share = total && sorted.length > 1 && total > 0 ? `, ${format.rate(top.value / total)} of all` : "";
  const lead = `${top.name} ${sorted.length > 1 ? "leads with" : "has"} ${format.short(y, top.value)} ${measure.toLowerCase()}${share}`;
  return second ? `${lead}; ${second.name} follows with ${format.short(y, second.value)}.` : `${lead}.`;
}

function funnelSummary(chart: ChartOf<"funnel">, rows: readonly Row[], context: ChartContext): string {
  const { format } = context;
  const steps = funnelSteps(chart, rows, context.isEventCount);
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last || steps.length < 2) return "";
  if (steps.slice(1).every((step) => step.lost === null)) {
    const share = last.overallRate === null ? "" : `, ${format.rate(last.overallRate)} as many`;
    return `${format.countShort(first.count)} “${first.name.toLowerCase()}” stand against ${format.countShort(last.count)} “${last.name.toLowerCase()}”${share}; each is counted by itself.`;
  }
  const worst = steps
    .filter((step) => step.stepRate !== null)
    .toSorted((a, b) => (a.stepRate ?? 0) - (b.stepRate ?? 0))[0];
  const reached =
    last.overallRate === null
      ? `${format.countShort(last.count)} reached “${last.name.toLowerCase()}”`
      : `${format.rate(last.overallRate)} of those who ${first.name.toLowerCase()} also ${last.name.toLowerCase()}`;
  if (!worst || steps.length < 3) return `${reached}.`;
  return `${reached}; the largest drop is before “${worst.name.toLowerCase()}”, where ${format.rate(1 - (worst.stepRate ?? 0))} leave.`;
}

function heatmapSummary(chart: ChartOf<"heatmap">, rows: readonly Row[], context: ChartContext): string {
  const { entry, format } = context;
  const { cells, rows: lines, columns, hasBaseColumn } = cellsOf(chart, rows, context);
  const column = columnOf(entry, chart.value);
  const judged = known(cells).filter((cell) => !cell.isOpen && !(hasBaseColumn && cell.x === 0));
  const top = judged.toSorted((a, b) => b.value - a.value)[0];
  if (!top) return `No ${labelOf(chart.value).toLowerCase()} is known yet: every period is still open.`;
  const where = `${lines[top.y]?.label}, ${axisWord(chart.x, context.grain).toLowerCase()} ${columns[top.x]}`;
  if (!hasBaseColumn)
    return `The highest cell is ${where}: ${format.short(column, top.value)} ${labelOf(chart.value).toLowerCase()}.`;
  const second = judged.filter((cell) => cell.x === 1);
  const weights = second.map((cell) => lines[cell.y]?.size ?? 1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = second.reduce((sum, cell, index) => sum + cell.value * (weights[index] ?? 0), 0) / (total || 1);
  const opening =
    second.length > 0 ? `${format.rate(mean)} return in the ${context.grain ?? "period"} after their first; ` : "";
  return `${opening}the best cell is ${where}, with ${format.rate(top.value)}.`;
}

function scatterSummary(chart: ChartOf<"scatter">, rows: readonly Row[], context: ChartContext): string {
  const current = currentRows(rows);
  const groups = new Map<string, number>();
  if (chart.series)
    for (const row of current)
      groups.set(textOf(row[chart.series]) ?? "–", (groups.get(textOf(row[chart.series]) ?? "–") ?? 0) + 1);
  const [largest] = [...groups].sort((a, b) => b[1] - a[1]);
  const count = context.format.count(current.length);
  return `${count} points by ${labelOf(chart.x).toLowerCase()} and ${labelOf(chart.y).toLowerCase()}${largest ? `; ${largest[0]} is the largest group with ${context.format.count(largest[1])}` : ""}.`;
}

function leaderboardSummary(chart: ChartOf<"leaderboard">, rows: readonly Row[], context: ChartContext): string {
  const { entry, format } = context;
  const [top, ...others] = leaderboardLines(chart, rows);
  if (!top) return "";
  const column = columnOf(entry, chart.value);
  const sure = top.lower === null ? "" : ` (at least ${format.rate(top.lower)} with 95 % confidence)`;
  return `${top.label} is first of ${others.length + 1} with ${format.short(column, top.value)} ${labelOf(chart.value).toLowerCase()}${sure}.`;
}

function tilesSummary(chart: ChartOf<"tiles">, rows: readonly Row[], context: ChartContext): string {
  const { entry, format } = context;
  const [now] = currentRows(rows);
  const [before] = previousRows(rows);
  const told = chart.tiles.slice(0, 3).map((name) => {
    const column = columnOf(entry, name);
    const change = before ? `, ${changeOf(column, numberOf(now?.[name]), numberOf(before[name]), format).text}` : "";
    return `${labelOf(name)} ${format.short(column, now?.[name] ?? null)}${change}`;
  });
  return `${told.join("; ")}.`;
}

const telling: readonly Unit[] = ["rate", "money", "bytes", "seconds", "count"];

function tableSummary(rows: readonly Row[], context: ChartContext): string {
  const { entry, format } = context;
  const current = currentRows(rows);
  const count = `${format.count(current.length)} ${current.length === 1 ? "row" : "rows"}`;
  const leading = entry.columns
    .slice(
      0,
      Math.max(
        0,
        entry.columns.findIndex((column) => column.unit !== "text"),
      ),
    )
    .slice(0, 2);
  const title = leading.find(
    (column) => /(product|customer)_name$/.test(column.name) && current.every((row) => row[column.name] !== null),
  );
  const [first] = leading;
  const isKey = first !== undefined && new Set(current.map((row) => row[first.name])).size === current.length;
  const names = title ? [title] : isKey ? [first] : leading;
  const varied = entry.columns.filter((column) => new Set(current.map((row) => numberOf(row[column.name]))).size > 1);
  const measure = telling
    .map((unit) => varied.find((column) => column.unit === unit))
    .find((column) => column !== undefined);
  if (names.length === 0 || !measure) return `${count}.`;
  const [top] = current.toSorted((a, b) => (numberOf(b[measure.name]) ?? 0) - (numberOf(a[measure.name]) ?? 0));
  const value = format.short(measure, top?.[measure.name]);
  const called = names.map((column) => format.value(column, top?.[column.name] ?? null)).join(" ");
  const most = measure.unit === "count" ? "Most" : "Highest";
  return `${count}. ${most} ${labelOf(measure.name).toLowerCase()}: ${called}, ${value}.`;
}

/** The sentence of a chart; empty when there is nothing to say. */
export function summary(chart: Chart, rows: readonly Row[], context: ChartContext, show: string | null = null): string {
  if (currentRows(rows).length === 0) return "";
  switch (chart.kind) {
    case "line":
      return lineSummary(chart, rows, context, show);
    case "forecast":
      return forecastSummary(chart, rows, context);
    case "curve":
      return curveSummary(chart, rows, context);
    case "bar":
      return barSummary(chart, rows, context);
    case "funnel":
      return funnelSummary(chart, rows, context);
    case "heatmap":
      return heatmapSummary(chart, rows, context);
    case "scatter":
      return scatterSummary(chart, rows, context);
    case "leaderboard":
      return leaderboardSummary(chart, rows, context);
    case "tiles":
      return tilesSummary(chart, rows, context);
    case "table":
      return tableSummary(rows, context);
  }
}
