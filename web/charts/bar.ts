/** Bars from zero. Names run down the side with their values; days and months run along the bottom. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { changeOf } from "../change.ts";
import { monthText, shortDayText } from "../format-dates.ts";
import {
  columnOf,
  currentRows,
  isAdditive,
  isUnnamed,
  labelOf,
  numberOf,
  previousRows,
  sumOf,
  textOf,
} from "../values.ts";
import { nameAxis, valueAxis } from "./axes.ts";
import { baseOption, type ChartContext, cut, type Drawing, hatch, isNarrow } from "./drawing.ts";
import { grainOf, isUnfinished } from "./periods.ts";
import { type TooltipLine, tooltipHtml, tooltipStyle } from "./tooltip.ts";

/** Rows drawn sideways; the rest is in the table. */
const mostBars = 12;

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly value: number | null;
  readonly before: number | null;
  readonly isOpen: boolean;
}

function barsOf(chart: ChartOf<"bar">, rows: readonly Row[], context: ChartContext): readonly Bar[] {
  const x = columnOf(context.entry, chart.x);
  const current = currentRows(rows);
  const isDated = x.unit === "day" || x.unit === "month";
  const grain = grainOf(context.grain, isDated ? current.map((row) => textOf(row[chart.x]) ?? "") : []);
  const earlier = new Map(
    previousRows(rows).map((row) => [textOf(isDated ? row.aligned_on : row[chart.x]), numberOf(row[chart.y])]),
  );
  return current.map((row) => {
    const key = textOf(row[chart.x]) ?? "–";
    const label = isDated
      ? grain === "day" || grain === "week"
        ? shortDayText(key)
        : monthText(key)
      : context.format.value(x, row[chart.x] ?? null);
    return {
      key,
      label,
      value: numberOf(row[chart.y]),
      before: earlier.get(key) ?? null,
      isOpen: isDated && isUnfinished(key, grain, context.covered),
    };
  });
}

/** True when the rows come largest first. */
const isRanked = (bars: readonly Bar[]): boolean =>
  bars.every((bar, index) => index === 0 || (bar.value ?? 0) <= (bars[index - 1]?.value ?? 0));

/** Whether names run down the side: asked for, or text too long to stand under columns. */
export function isSideways(chart: ChartOf<"bar">, context: ChartContext): boolean {
  const { unit } = columnOf(context.entry, chart.x);
  return chart.horizontal ?? unit === "text";
}

export function barDrawing(chart: ChartOf<"bar">, rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry } = context;
  const y = columnOf(entry, chart.y);
  const all = barsOf(chart, rows, context);
  const sideways = isSideways(chart, context);
  const bars = sideways ? all.slice(0, mostBars) : all;
  const isCompared = previousRows(rows).length > 0;
  const total = isAdditive(y) && all.every((bar) => (bar.value ?? 0) >= 0) ? sumOf(currentRows(rows), chart.y) : null;
  const color = tokens.series[0] ?? tokens.accent;
  const narrow = isNarrow(context);
  const labelWidth = sideways
    ? Math.min(
        Math.max(104, Math.min(168, context.width * 0.32)),
        24 + 7 * Math.max(0, ...bars.map((bar) => bar.label.length)),
      )
    : 0;
  const lines = (bar: Bar): readonly TooltipLine[] => {
    const change = isCompared ? changeOf(y, bar.value, bar.before, format) : null;
    const share = total && bar.value !== null ? `${format.rate(bar.value / total)} of all` : undefined;
    return [
      { label: labelOf(chart.y), value: format.value(y, bar.value), color, note: share },
      ...(change
        ? [{ label: "Compared period", value: format.value(y, bar.before), color, isDashed: true, note: change.text }]
        : []),
    ];
  };
  const names = nameAxis(
    context,
    bars.map((bar) => bar.key),
    (key) => cut(bars.find((bar) => bar.key === key)?.label ?? key, sideways ? labelWidth : 90),
  );
  const values = valueAxis(
    context,
    y,
    bars.map((bar) => bar.value),
  );
  const hasNegative = bars.some((bar) => (bar.value ?? 0) < 0);
  const open = bars.filter((bar) => bar.isOpen);
  const main = {
    type: "bar",
    name: labelOf(chart.y),
    data: bars.map((bar) => ({
      // ECharts writes no label beside a missing bar; an unknown value is a bar without length labelled "–".
      value: bar.value ?? (sideways ? 0 : null),
      itemStyle: bar.isOpen
        ? { color: tokens.subtle, borderColor: color, borderWidth: 1, decal: hatch(color) }
        : { color },
    })),
    barMaxWidth: sideways ? 16 : 40,
    barCategoryGap: "32%",
    barGap: "12%",
    itemStyle: { color, borderRadius: sideways ? [0, 3, 3, 0] : [3, 3, 0, 0] },
    emphasis: { itemStyle: { opacity: 0.85 } },
    label: sideways
      ? {
          show: true,
          position: "right",
          color: tokens.text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => format.short(y, bars[dataIndex]?.value),
        }
      : { show: false },
  };
  const before = {
    type: "bar",
    name: "Compared period",
    data: bars.map((bar) => bar.before),
    barMaxWidth: sideways ? 6 : 16,
    itemStyle: { color, opacity: 0.35 },
    emphasis: { disabled: true },
  };
  return {
    option: {
      ...baseOption(context),
      grid: sideways
        ? { left: labelWidth + 8, right: narrow ? 64 : 76, top: 0, bottom: 4 }
        : { left: 4, right: 8, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      // Sideways bars carry their values, so the value axis and its grid would repeat them.
      xAxis: sideways
        ? { ...values, show: hasNegative, min: hasNegative ? undefined : 0 }
        : { ...names, axisLine: { show: true, lineStyle: { color: tokens.line } } },
      yAxis: sideways
        ? { ...names, inverse: true, axisLabel: { ...(names.axisLabel as object), margin: 8 } }
        : { ...values, ...(hasNegative ? {} : { min: 0 }) },
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const bar = bars[Number(Reflect.get(Object(params), "dataIndex"))];
          return bar ? tooltipHtml(bar.label + (bar.isOpen ? ", unfinished" : ""), lines(bar)) : "";
        },
      },
      series: isCompared ? [main, before] : [main],
    } as Drawing["option"],
    height: sideways ? Math.max(64, bars.length * (isCompared ? 36 : 28) + 8) : 280,
    minWidth: sideways ? 0 : Math.min(720, bars.length * 18),
    points: bars.map(
      (bar) =>
        `${bar.label}${bar.isOpen ? ", unfinished" : ""}: ${lines(bar)
          .map((line) => `${line.label} ${line.value}${line.note ? `, ${line.note}` : ""}`)
          .join("; ")}`,
    ),
    picks: bars.map((bar) =>
      entry.filters.includes(chart.x) && !isUnnamed(bar.key) ? { column: chart.x, value: bar.key } : null,
    ),
    sourceOf: (point) => currentRows(rows).find((row) => textOf(row[chart.x]) === bars[point]?.key) ?? null,
    zoom: null,
    notes: [
      ...(all.length > bars.length
        ? [
            `The ${isRanked(all) ? "largest" : "first"} ${bars.length} of ${all.length} are drawn; all are in the table.`,
          ]
        : []),
      ...(open.length > 0 && open.length < 3
        ? [
            `Hatched: ${open.map((bar) => bar.label).join(" and ")} ${open.length === 1 ? "is" : "are"} only partly in the period.`,
          ]
        : []),
      ...(isCompared ? ["Pale: the compared period."] : []),
    ],
  };
}
