/** Points by two measures; an axis turns logarithmic, and says so, when its values span more than two orders. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf, numberOf, textOf } from "../values.ts";
import { valueAxis } from "./axes.ts";
import { baseOption, type ChartContext, type Drawing, isNarrow } from "./drawing.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

interface Point {
  readonly row: Row;
  readonly x: number;
  readonly y: number;
  readonly size: number | null;
  readonly group: string;
}

/** True when all values are positive and the largest is over a hundred times the smallest. */
export function needsLog(values: readonly number[]): boolean {
  const least = Math.min(...values);
  return values.length > 2 && least > 0 && Math.max(...values) / least > 100;
}

/** A rule by both of its sides, anything else by its name or id. */
function nameOf(row: Row): string {
  if (Array.isArray(row.antecedent)) {
    const names = Array.isArray(row.antecedent_names) ? row.antecedent_names : [];
    const left = row.antecedent.map((id, at) => names[at] || id).join(", ");
    return `${left} → ${textOf(row.consequent_name ?? null) || textOf(row.consequent ?? null)}`;
  }
  const name =
    Object.keys(row).find((key) => key.endsWith("_name")) ?? Object.keys(row).find((key) => key.endsWith("_id"));
  return (name && textOf(row[name])) || "Point";
}

export function scatterDrawing(chart: ChartOf<"scatter">, rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry } = context;
  const { size, series } = chart;
  const points: readonly Point[] = currentRows(rows).flatMap((row) => {
    const x = numberOf(row[chart.x]);
    const y = numberOf(row[chart.y]);
    if (x === null || y === null) return [];
    return [{ row, x, y, size: size ? numberOf(row[size]) : null, group: series ? (textOf(row[series]) ?? "–") : "" }];
  });
  const groups = [...new Set(points.map((point) => point.group))].sort();
  const [xLog, yLog] = [needsLog(points.map((point) => point.x)), needsLog(points.map((point) => point.y))];
  const largest = Math.max(1, ...points.map((point) => point.size ?? 0));
  const crowded = points.length > 400;
  const radius = (point: Point): number =>
    size ? (crowded ? 4 : 6) + (crowded ? 14 : 22) * Math.sqrt(Math.max(0, point.size ?? 0) / largest) : 7;
  const axis = (name: string, isLog: boolean, at: "bottom" | "left"): object => ({
    ...valueAxis(
      context,
      columnOf(entry, name),
      points.map((point) => (at === "left" ? point.y : point.x)),
    ),
    ...(isLog ? { type: "log" } : {}),
    name: `${labelOf(name)}${isLog ? " (logarithmic)" : ""}`,
    nameLocation: at === "bottom" ? "middle" : "end",
    nameGap: at === "bottom" ? 28 : 12,
    nameTextStyle: {
      color: tokens.muted,
      fontSize: 12,
      align: at === "left" ? "left" : "center",
    },
    axisLine: { show: true, lineStyle: { color: tokens.line } },
  });
  const facts = (point: Point): { label: string; value: string }[] =>
    [chart.x, chart.y, size, series].flatMap((name) => {
      const column = name ? columnOf(entry, name) : null;
      return column ? [{ label: labelOf(column.name), value: format.value(column, point.row[column.name]) }] : [];
    });
  const grouped = groups.map((group) => ({ group, members: points.filter((point) => point.group === group) }));
  return {
    option: {
      ...baseOption(context),
      grid: {
        left: 8,
        right: 16,
        top: series ? 64 : 32,
        bottom: 32,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      legend: series
        ? {
            type: isNarrow(context) ? "scroll" : "plain",
            top: 0,
            left: 0,
            icon: "circle",
            itemWidth: 10,
            itemHeight: 10,
            textStyle: { color: tokens.text, fontSize: 12 },
            inactiveColor: tokens.muted,
          }
        : { show: false },
      xAxis: axis(chart.x, xLog, "bottom"),
      yAxis: axis(chart.y, yLog, "left"),
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const { seriesIndex, dataIndex } = Object(params) as { seriesIndex: number; dataIndex: number };
          const point = grouped[seriesIndex]?.members[dataIndex];
          return point ? tooltipHtml(nameOf(point.row), facts(point)) : "";
        },
      },
      series: grouped.map(({ group, members }) => {
        const color = series ? context.colorOf(series, group) : (tokens.series[0] ?? tokens.accent);
        return {
          type: "scatter",
          name: group,
          data: members.map((point) => ({ value: [point.x, point.y], symbolSize: radius(point) })),
          itemStyle: { color, opacity: crowded ? 0.45 : 0.65, borderColor: tokens.surface, borderWidth: 0.5 },
          emphasis: { itemStyle: { opacity: 1 } },
          cursor: "default",
        };
      }),
    } as Drawing["option"],
    height: 380,
    minWidth: 0,
    points: (grouped[0]?.members ?? []).slice(0, 200).map(
      (point) =>
        `${nameOf(point.row)}: ${facts(point)
          .map((fact) => `${fact.label} ${fact.value}`)
          .join("; ")}`,
    ),
    picks: [],
    zoom: null,
    notes: [
      ...(xLog || yLog
        ? [
            `Logarithmic: ${[xLog ? labelOf(chart.x).toLowerCase() : "", yLog ? labelOf(chart.y).toLowerCase() : ""].filter(Boolean).join(" and ")}.`,
          ]
        : []),
      ...(size ? [`Area: ${labelOf(size).toLowerCase()}.`] : []),
    ],
  };
}
