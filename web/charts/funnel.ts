/** A funnel as horizontal bars; between two steps stands what was lost, in words and as the hatched part of the bar. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { columnOf, currentRows, labelOf, numberOf, previousRows, textOf } from "../values.ts";
import { baseOption, type ChartContext, type Drawing, hatch, isNarrow } from "./drawing.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

export interface FunnelStep {
  readonly name: string;
  readonly count: number | null;
  /** Against the first step. */
  readonly overallRate: number | null;
  /** Against the step before; null for the first step and when steps are counted alone. */
  readonly stepRate: number | null;
  /** How many of the step before did not come here; null for the first step and when steps are counted alone. */
  readonly lost: number | null;
  readonly before: number | null;
}

const stepNames: Readonly<Record<string, string>> = {
  view: "Viewed a product",
  search: "Searched",
  click: "Clicked",
  cart_add: "Added to cart",
  cart_remove: "Removed from cart",
  wishlist_add: "Added to wishlist",
  checkout_start: "Started checkout",
  purchase: "Purchased",
};

export const stepLabel = (name: string): string => stepNames[name] ?? labelOf(name);

/** The steps with what was lost before each; a step above its predecessor (raw event counts) loses nothing. */
export function funnelSteps(
  chart: ChartOf<"funnel">,
  rows: readonly Row[],
  isEventCount = false,
): readonly FunnelStep[] {
  const previous = new Map(previousRows(rows).map((row) => [textOf(row[chart.step]), numberOf(row[chart.value])]));
  const current = currentRows(rows);
  return current.map((row, index) => {
    const name = textOf(row[chart.step]) ?? "–";
    const count = numberOf(row[chart.value]);
    const earlier = index === 0 ? null : numberOf(current[index - 1]?.[chart.value]);
    const declared = row.step_rate === undefined ? numberOf(row[chart.rate]) : numberOf(row.step_rate);
    const stepRate = index === 0 ? null : declared;
    return {
      name: stepLabel(name),
      count,
      overallRate: numberOf(row.overall_rate ?? row[chart.rate]),
      stepRate,
      lost:
        isEventCount || stepRate === null || earlier === null || count === null ? null : Math.max(0, earlier - count),
      before: previous.get(name) ?? null,
    };
  });
}

export function funnelDrawing(chart: ChartOf<"funnel">, rows: readonly Row[], context: ChartContext): Drawing {
  const { tokens, format, entry } = context;
  const steps = funnelSteps(chart, rows, context.isEventCount);
  const column = columnOf(entry, chart.value);
  const color = tokens.series[0] ?? tokens.accent;
  const narrow = isNarrow(context);
  const widest = Math.max(1, ...steps.map((step) => step.count ?? 0));
  // A step's row is followed by a row of words about the drop to the next one.
  const lines = steps.flatMap((step, index) => {
    const next = steps[index + 1];
    return next
      ? [
          { step, drop: null },
          { step: null, drop: next },
        ]
      : [{ step, drop: null }];
  });
  const dropText = (step: FunnelStep): string => {
    if (step.stepRate === null) return "counted alone";
    if (step.lost === null || step.stepRate > 1) return `${format.rate(step.stepRate)} as many as before`;
    return `${format.rate(step.stepRate)} went on; ${format.short(column, step.lost)} (${format.rate(1 - step.stepRate)}) did not`;
  };
  const countText = (step: FunnelStep): string =>
    `${format.short(column, step.count)}${step.overallRate === null ? "" : `  ·  ${format.rate(step.overallRate)}`}${step.before === null || narrow ? "" : `  ·  was ${format.short(column, step.before)}`}`;
  return {
    option: {
      ...baseOption(context),
      grid: { left: narrow ? 4 : 148, right: 8, top: narrow ? 18 : 4, bottom: 0 },
      xAxis: { type: "value", min: 0, max: widest * (narrow ? 1.02 : 1.3), show: false },
      yAxis: {
        type: "category",
        inverse: true,
        data: lines.map((line, index) => (line.step ? line.step.name : `drop-${index}`)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          show: !narrow,
          color: tokens.text,
          fontSize: 13,
          fontWeight: 500,
          margin: 12,
          formatter: (name: string) => (name.startsWith("drop-") ? "" : name),
        },
      },
      tooltip: {
        trigger: "item",
        ...tooltipStyle(context),
        formatter: (params: unknown) => {
          const step = lines[Number(Reflect.get(Object(params), "dataIndex"))]?.step;
          if (!step) return "";
          return tooltipHtml(step.name, [
            { label: labelOf(chart.value), value: format.value(column, step.count) },
            { label: "Of the first step", value: format.rate(step.overallRate) },
            { label: "Of the step before", value: format.rate(step.stepRate) },
            ...(step.before === null ? [] : [{ label: "Compared period", value: format.value(column, step.before) }]),
          ]);
        },
      },
      series: [
        {
          type: "bar",
          stack: "funnel",
          barWidth: 32,
          data: lines.map(({ step }) => step?.count ?? null),
          itemStyle: { color, borderRadius: [0, 3, 3, 0] },
          cursor: "default",
          label: {
            show: narrow,
            position: [0, -16],
            color: tokens.text,
            fontSize: 12,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const step = lines[dataIndex]?.step;
              return step ? `${step.name}  ${countText(step)}` : "";
            },
          },
        },
        {
          type: "bar",
          stack: "funnel",
          barWidth: 32,
          data: lines.map(({ step }) => step?.lost ?? (step ? 0 : null)),
          cursor: "default",
          itemStyle: { color: tokens.subtle, decal: hatch(tokens.line), borderRadius: [0, 3, 3, 0] },
          label: {
            show: !narrow,
            position: "right",
            color: tokens.text,
            fontSize: 13,
            fontWeight: 600,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const step = lines[dataIndex]?.step;
              return step ? countText(step) : "";
            },
          },
        },
        {
          type: "bar",
          stack: "words",
          silent: true,
          barGap: "-100%",
          barWidth: 32,
          data: lines.map(({ drop }) => (drop ? 0 : null)),
          itemStyle: { color: "transparent" },
          label: {
            show: true,
            position: "right",
            distance: 0,
            offset: narrow ? [0, -8] : [0, 0],
            color: tokens.muted,
            fontSize: 12,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const drop = lines[dataIndex]?.drop;
              return drop ? `↓ ${dropText(drop)}` : "";
            },
          },
        },
      ],
    } as Drawing["option"],
    height: Math.max(1, lines.length) * 46 + 20,
    minWidth: 0,
    points: lines.map(({ step, drop }) =>
      step
        ? `${step.name}: ${format.value(column, step.count)}, ${format.rate(step.overallRate)} of the first step`
        : drop
          ? dropText(drop)
          : "",
    ),
    picks: [],
    sourceOf: (point, series) => {
      const current = currentRows(rows);
      const isDrop = point % 2 === 1 || series === 1;
      const at = Math.floor(point / 2) - (series === 1 ? 1 : 0);
      const [here, next] = [current[at], current[at + 1]];
      if (!here || (isDrop && !next)) return null;
      return { step_name: here[chart.step] ?? null, next_step_name: (isDrop ? next?.[chart.step] : null) ?? null };
    },
    zoom: null,
    notes: steps.some((step) => step.lost !== null && step.lost > 0)
      ? ["Hatched: those of the step before who did not go on."]
      : [],
  };
}
