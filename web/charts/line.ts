/** Lines over time: nulls are gaps, unfinished periods dotted, the compared period dashed in the same hue. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { changeOf } from "../change.ts";
import { dayText, longMonthText, rangeText } from "../format-dates.ts";
import { columnOf } from "../values.ts";
import { annotated } from "./annotations.ts";
import { dayLabels, timeAxis, valueAxis } from "./axes.ts";
import { baseOption, type ChartContext, cut, type Drawing, isNarrow } from "./drawing.ts";
import { type Line, type LinePoint, linesOf } from "./line-series.ts";
import { type Grain, grainOf, isUnfinished, periodEnd, weekends } from "./periods.ts";
import { weeklyMean } from "./smooth.ts";
import { type TooltipLine, tooltipHtml, tooltipStyle } from "./tooltip.ts";

/** A period in words: a day, "week of 4–10 Nov", a month. */
export function periodText(day: string, grain: Grain): string {
  if (grain === "day") return dayText(day);
  if (grain === "month") return longMonthText(day);
  return rangeText(day, periodEnd(day, grain));
}

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const pairs = (points: readonly LinePoint[]): (readonly [number, number | null])[] =>
  points.map((point) => [at(point.day), point.value]);

/** Room right of the plot for direct labels. */
const labelRoom = (lines: readonly Line[]): number =>
  Math.min(160, 24 + 7 * Math.max(...lines.map((line) => line.name.length)));

/** Plot height and label height in pixels that label offsets are worked out with. */
const plotHeight = 250;
const labelHeight = 16;

/** How far each line's direct label moves from its last point so that no two overlap. */
export function labelOffsets(lines: readonly Line[]): readonly number[] {
  const last = lines.map((line) => line.points.findLast((point) => point.value !== null)?.value ?? 0);
  const most = Math.max(1, ...lines.flatMap((line) => line.points.map((point) => point.value ?? 0)));
  const wanted = last.map((value, index) => ({ index, at: (1 - value / (most * 1.1)) * plotHeight }));
  const offsets = new Array<number>(lines.length).fill(0);
  let below = Number.NEGATIVE_INFINITY;
  for (const { index, at: place } of wanted.toSorted((a, b) => a.at - b.at)) {
    const placed = Math.max(place, below + labelHeight);
    offsets[index] = placed - place;
    below = placed;
  }
  return offsets;
}

function seriesOf(
  line: Line,
  isOpen: (day: string) => boolean,
  context: ChartContext,
  labelOffset: number | null,
): object[] {
  const { tokens } = context;
  // The dotted part repeats the neighbours of an unfinished point, so that it joins the solid part.
  const solid = line.points.map((point) => (isOpen(point.day) ? { ...point, value: null } : point));
  const dotted = line.points.map((point, index) => {
    const touches = [index - 1, index, index + 1].some((near) => {
      const neighbour = line.points[near];
      return neighbour !== undefined && isOpen(neighbour.day);
    });
    return touches ? point : { ...point, value: null };
  });
  const common = { type: "line", symbolSize: 6, connectNulls: false, cursor: "default", emphasis: { disabled: true } };
  const known = line.points.filter((point) => point.value !== null).length;
  const hasOpen = line.points.some((point) => isOpen(point.day));
  const endsOpen = isOpen(line.points.at(-1)?.day ?? "");
  const label =
    labelOffset === null
      ? {}
      : {
          endLabel: {
            show: true,
            formatter: cut(line.name, 144),
            color: tokens.text,
            fontSize: 12,
            distance: 8,
            offset: [0, labelOffset],
          },
        };
  return [
    {
      ...common,
      name: line.name,
      data: pairs(solid),
      showSymbol: known === 1 || line.points.length <= 31,
      symbol: "circle",
      lineStyle: { color: line.color, width: 2 },
      itemStyle: { color: line.color },
      ...(endsOpen ? {} : label),
      z: 3,
    },
    ...(hasOpen
      ? [
          {
            ...common,
            name: line.name,
            data: pairs(dotted),
            showSymbol: line.points.length <= 62,
            symbol: "emptyCircle",
            lineStyle: { color: line.color, width: 2, type: "dotted" },
            itemStyle: { color: line.color },
            ...(endsOpen ? label : {}),
            z: 2,
          },
        ]
      : []),
    ...(line.before.length > 0
      ? [
          {
            ...common,
            name: line.name,
            data: pairs(line.before),
            showSymbol: false,
            lineStyle: { color: line.color, width: 1.5, type: "dashed", opacity: 0.65 },
            itemStyle: { color: line.color },
            z: 1,
          },
        ]
      : []),
  ];
}

/** Days beyond which a single daily line is drawn pale behind its weekly mean. */
const longCourse = 120;

/** A long daily course: single days pale, their weekly mean bold, the compared period by its weekly mean only. */
function longSeries(line: Line, context: ChartContext): object[] {
  const pale = { ...line, before: [] };
  const bold = { ...line, points: weeklyMean(line.points), before: weeklyMean(line.before) };
  const [days] = seriesOf(pale, () => false, context, null);
  const means = seriesOf({ ...bold, before: line.before.length > 0 ? bold.before : [] }, () => false, context, null);
  return [{ ...days, lineStyle: { color: line.color, width: 1, opacity: 0.5 } }, ...means];
}

function tooltipLines(lines: readonly Line[], day: string, context: ChartContext): readonly TooltipLine[] {
  const { entry, format } = context;
  const valueAt = (points: readonly LinePoint[]): number | null =>
    points.find((point) => point.day === day)?.value ?? null;
  return lines
    .map((line) => ({ line, now: valueAt(line.points), before: valueAt(line.before) }))
    .toSorted((a, b) => (b.now ?? Number.NEGATIVE_INFINITY) - (a.now ?? Number.NEGATIVE_INFINITY))
    .flatMap(({ line, now, before }) => {
      const column = columnOf(entry, line.column);
      const main: TooltipLine = { label: line.name, value: format.value(column, now), color: line.color };
      if (line.before.length === 0) return [main];
      const change = changeOf(column, now, before, format);
      return [
        { ...main, note: change.direction === "unknown" ? undefined : change.text },
        { label: `${line.name}, compared`, value: format.value(column, before), color: line.color, isDashed: true },
      ];
    });
}

/** Draws the lines; `show` names the one measure to draw when measures do not share a unit. */
export function lineDrawing(
  chart: ChartOf<"line">,
  rows: readonly Row[],
  context: ChartContext,
  show: string | null = null,
): Drawing {
  const { tokens, format, entry } = context;
  const all = linesOf(chart, rows, context, show);
  const drawnDays = all.flatMap((line) => line.points.map((point) => point.day)).sort();
  const [from = "", to = ""] = [drawnDays[0], drawnDays.at(-1)];
  // A compared period may reach into one more week or month; beyond the current ones it has nothing to stand beside.
  const beside = (point: LinePoint): boolean => point.day >= from && point.day <= to;
  const lines = all.map((line) => ({ ...line, before: line.before.filter(beside) }));
  const days = [...new Set(lines.flatMap((line) => line.points.map((point) => point.day)))].sort();
  const grain = grainOf(context.grain, days);
  const isOpen = (day: string): boolean => isUnfinished(day, grain, context.covered);
  const open = days.filter(isOpen);
  const column = columnOf(entry, lines[0]?.column ?? "");
  const narrow = isNarrow(context);
  const hasLegend = lines.length > 4 || (narrow && lines.length > 1);
  const labelled = lines.length > 1 && !hasLegend;
  const first = days[0];
  const last = days.at(-1);
  const bands = grain === "day" && first && last && days.length <= 100 && days.length > 2 ? weekends(first, last) : [];
  const offsets = labelOffsets(lines);
  const isLong = grain === "day" && lines.length === 1 && days.length > longCourse && column.unit !== "rate";
  const drawn = isLong
    ? lines.flatMap((line) => longSeries(line, context))
    : lines.flatMap((line, index) => seriesOf(line, isOpen, context, labelled ? (offsets[index] ?? 0) : null));
  const series = drawn.map((one, index) =>
    index === 0 && bands.length > 0
      ? {
          ...one,
          markArea: {
            silent: true,
            itemStyle: { color: tokens.subtle, opacity: 0.8 },
            data: bands.map(([start, end]) => [
              { xAxis: Math.max(start, at(first ?? "")) },
              { xAxis: Math.min(end, at(last ?? "")) },
            ]),
          },
        }
      : one,
  );
  const notes = [
    ...(open.length > 0 && open.length < 3
      ? [
          `Dotted: ${open.map((day) => periodText(day, grain)).join(" and ")} ${open.length === 1 ? "is" : "are"} only partly in the period.`,
        ]
      : []),
    ...(lines.some((line) => line.before.length > 0)
      ? ["Dashed: the compared period, on the days it stands beside."]
      : []),
    ...(bands.length > 0 ? ["Shaded: weekends."] : []),
    ...(isLong ? ["Pale: single days. Bold: the mean of the day and the six before it."] : []),
  ];
  const drawing: Drawing = {
    option: {
      ...baseOption(context),
      useUTC: true,
      grid: {
        left: 4,
        right: labelled ? labelRoom(lines) : 16,
        top: hasLegend ? 40 : 12,
        bottom: 4,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      legend: hasLegend
        ? {
            type: "scroll",
            top: 0,
            left: 0,
            itemWidth: 14,
            itemHeight: 2,
            icon: "rect",
            textStyle: { color: tokens.text, fontSize: 12 },
            inactiveColor: tokens.muted,
            data: lines.map((line) => line.name),
          }
        : { show: false },
      xAxis: timeAxis(context, days),
      yAxis: valueAxis(
        context,
        column,
        lines.flatMap((line) => line.points.map((point) => point.value)),
      ),
      tooltip: {
        trigger: "axis",
        ...tooltipStyle(context),
        axisPointer: { type: "line", lineStyle: { color: tokens.muted, width: 1, type: "solid" } },
        formatter: (params: unknown) => {
          const [hovered] = Array.isArray(params) ? params : [params];
          const day = new Date(Number(hovered?.axisValue ?? 0)).toISOString().slice(0, 10);
          const suffix = isOpen(day) ? ", unfinished" : "";
          return tooltipHtml(`${periodText(day, grain)}${suffix}`, tooltipLines(lines, day, context));
        },
      },
      dataZoom: [
        {
          type: "inside",
          zoomOnMouseWheel: false,
          moveOnMouseWheel: false,
          moveOnMouseMove: false,
          filterMode: "none",
        },
      ],
      toolbox: { show: true, top: -100, feature: { dataZoom: { yAxisIndex: "none" } } },
      series,
    },
    height: lines.length > 1 ? 300 : 280,
    minWidth: 0,
    points: days.map((day) => {
      const told = tooltipLines(lines, day, context).map(
        (line) => `${line.label} ${line.value}${line.note ? `, ${line.note}` : ""}`,
      );
      return `${periodText(day, grain)}${isOpen(day) ? ", unfinished" : ""}: ${told.join("; ") || format.count(null)}`;
    }),
    picks: [],
    zoom:
      days.length > 7
        ? (start, end) => {
            const inView = days.filter((day) => at(day) >= start && at(day) <= end);
            return { xAxis: { axisLabel: dayLabels(context, inView) } } as Drawing["option"];
          }
        : null,
    notes,
  };
  return annotated(drawing, days, grain, context);
}
