/** What was, solid, and what is expected, dashed inside its shaded interval. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, numberOf, textOf } from "../values.ts";
import { annotated } from "./annotations.ts";
import { dayLabels, timeAxis, valueAxis } from "./axes.ts";
import { baseOption, type ChartContext, type Drawing } from "./drawing.ts";
import { periodText } from "./line.ts";
import { grainOf } from "./periods.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

type ForecastChart = ChartOf<"forecast">;

interface ForecastPoint {
  readonly day: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly isExpected: boolean;
}

interface Course {
  readonly name: string;
  readonly points: readonly ForecastPoint[];
}

/** More courses than this cannot be told apart. */
const mostCourses = 8;

function coursesOf(chart: ForecastChart, rows: readonly Row[]): readonly Course[] {
  const byName = new Map<string, ForecastPoint[]>();
  for (const row of rows) {
    const name = textOf(row[chart.series]) ?? "–";
    const points = byName.get(name) ?? [];
    byName.set(name, points);
    points.push({
      day: textOf(row[chart.x]) ?? "",
      value: numberOf(row[chart.y]),
      lower: numberOf(row[chart.lower]),
      upper: numberOf(row[chart.upper]),
      isExpected: row[chart.expected] === true,
    });
  }
  const total = ({ points }: Course): number => points.reduce((sum, point) => sum + (point.value ?? 0), 0);
  return [...byName]
    .map(([name, points]) => ({ name, points: points.toSorted((a, b) => (a.day < b.day ? -1 : 1)) }))
    .sort((a, b) => total(b) - total(a));
}

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The shaded interval: an unseen line at the lower bound with the width stacked on it. */
function bandOf(points: readonly ForecastPoint[], color: string): object[] {
  const common = {
    type: "line",
    stack: "interval",
    stackStrategy: "all",
    showSymbol: false,
    silent: true,
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  const last = points.findLast((point) => !point.isExpected);
  const expected = points.filter((point) => point.isExpected && point.lower !== null && point.upper !== null);
  // The band opens at the last known value, where nothing is uncertain.
  const known = last && last.value !== null ? [{ ...last, lower: last.value, upper: last.value }] : [];
  const bounds = [...known, ...expected].map(({ day, lower, upper }) => ({
    x: at(day),
    low: lower ?? 0,
    high: upper ?? 0,
  }));
  if (expected.length === 0) return [];
  return [
    { ...common, name: "interval start", data: bounds.map(({ x, low }) => [x, low]) },
    {
      ...common,
      name: "interval",
      data: bounds.map(({ x, low, high }) => [x, high - low]),
      areaStyle: { color, opacity: 0.18 },
    },
  ];
}

function linesOf({ name, points }: Course, color: string): object[] {
  const lastKnown = points.findLastIndex((point) => !point.isExpected);
  const common = { type: "line", name, symbolSize: 6, cursor: "default", emphasis: { disabled: true } };
  return [
    {
      ...common,
      data: points.map(({ day, value, isExpected }) => [at(day), isExpected ? null : value]),
      showSymbol: points.length <= 31,
      symbol: "circle",
      lineStyle: { color, width: 2 },
      itemStyle: { color },
      z: 3,
    },
    {
      ...common,
      // It starts at the last known point, so that the two parts join.
      data: points.map(({ day, value }, index) => [at(day), index < lastKnown ? null : value]),
      showSymbol: points.length <= 31,
      symbol: "emptyCircle",
      lineStyle: { color, width: 2, type: "dashed" },
      itemStyle: { color },
      z: 2,
    },
  ];
}

/** Draws one course with its interval, or several without. */
export function forecastDrawing(chart: ForecastChart, rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry } = context;
  const all = coursesOf(chart, rows);
  const courses = all.slice(0, mostCourses);
  const days = [...new Set(courses.flatMap(({ points }) => points.map(({ day }) => day)))].sort();
  const grain = grainOf(context.grain, days);
  const column = columnOf(entry, chart.y);
  const isAlone = courses.length === 1;
  const colorOf = (index: number): string => tokens.series[index % tokens.series.length] ?? tokens.accent;
  const told = (day: string) =>
    courses.flatMap(({ name, points }, index) => {
      const point = points.find((one) => one.day === day);
      if (!point) return [];
      const label = point.isExpected ? (isAlone ? "Expected" : `${name}, expected`) : isAlone ? "Was" : name;
      const line = { label, value: format.value(column, point.value), color: colorOf(index) };
      if (!isAlone || point.lower === null || point.upper === null) return [line];
      return [{ ...line, note: `${format.value(column, point.lower)} to ${format.value(column, point.upper)}` }];
    });
  const drawing: Drawing = {
    option: {
      ...baseOption(context),
      useUTC: true,
      grid: {
        left: 4,
        right: 16,
        top: isAlone ? 12 : 40,
        bottom: 4,
        outerBoundsMode: "same",
        outerBoundsContain: "axisLabel",
      },
      legend: isAlone
        ? { show: false }
        : {
            type: "scroll",
            top: 0,
            left: 0,
            itemWidth: 14,
            itemHeight: 2,
            icon: "rect",
            textStyle: { color: tokens.text, fontSize: 12 },
            data: courses.map(({ name }) => name),
          },
      xAxis: timeAxis(context, days),
      yAxis: valueAxis(
        context,
        column,
        courses.flatMap(({ points }) =>
          points.flatMap(({ value, lower, upper }) => (isAlone ? [value, lower, upper] : [value])),
        ),
      ),
      tooltip: {
        trigger: "axis",
        ...tooltipStyle(context),
        axisPointer: { type: "line", lineStyle: { color: tokens.muted, width: 1, type: "solid" } },
        formatter: (params: unknown) => {
          const [hovered] = Array.isArray(params) ? params : [params];
          const day = new Date(Number(hovered?.axisValue ?? 0)).toISOString().slice(0, 10);
          return tooltipHtml(periodText(day, grain), told(day));
        },
      },
      series: courses.flatMap((course, index) => [
        ...linesOf(course, colorOf(index)),
        ...(isAlone ? bandOf(course.points, colorOf(index)) : []),
      ]),
    },
    height: 300,
    minWidth: 0,
    points: days.map((day) => {
      const words = told(day).map(({ label, value, ...rest }) => {
        const note = "note" in rest ? `, ${rest.note}` : "";
        return `${label} ${value}${note}`;
      });
      return `${periodText(day, grain)}: ${words.join("; ")}`;
    }),
    picks: [],
    zoom:
      days.length > 7
        ? (start, end) => {
            const inView = days.filter((day) => at(day) >= start && at(day) <= end);
            return { xAxis: { axisLabel: dayLabels(context, inView) } } as Drawing["option"];
          }
        : null,
    notes: [
      isAlone
        ? "Dashed: expected. Shaded: of many such intervals about 95 in 100 hold what comes."
        : "Dashed: expected.",
      ...(all.length > courses.length ? [`The ${courses.length} largest of ${all.length}; the table has all.`] : []),
    ],
  };
  return annotated(drawing, days, grain, context);
}

/** The next expected period in words, with its interval. */
export function forecastSummary(chart: ForecastChart, rows: readonly Row[], context: ChartContext): string {
  const [course] = coursesOf(chart, rows);
  const next = course?.points.find((point) => point.isExpected);
  if (!course || !next) return "";
  const { entry, format } = context;
  const column = columnOf(entry, chart.y);
  const days = course.points.map(({ day }) => day);
  const when = periodText(next.day, grainOf(context.grain, days));
  const range =
    next.lower === null || next.upper === null
      ? ""
      : `, between ${format.short(column, next.lower)} and ${format.short(column, next.upper)} in 95 of 100 cases`;
  const name = course.name === "total" ? "The shop" : course.name;
  return `${name} is expected to reach ${format.short(column, next.value)} in ${when}${range}.`;
}
