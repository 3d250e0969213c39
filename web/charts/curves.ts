/** Curves over a number: distributions, power, regret, effects by day. */
import { baseOption, type ChartContext, type Drawing, isNarrow } from "./drawing.ts";
import { tooltipHtml, tooltipStyle } from "./tooltip.ts";

export interface Curve {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number | null])[];
  readonly isDashed?: boolean;
  readonly isFilled?: boolean;
  /** A mark of the chart, such as a limit: drawn thin, and left out of tooltips. */
  readonly isMark?: boolean;
}

export interface CurveAxes {
  readonly x: (value: number) => string;
  readonly y: (value: number) => string;
  readonly xName: string;
  readonly hasLogX?: boolean;
  readonly hidesY?: boolean;
  /** Leaves out the labels at both ends, which are no round numbers. */
  readonly hidesEnds?: boolean;
  readonly yMax?: number;
}

type Context = Pick<ChartContext, "tokens" | "format" | "width">;

const height = 280;

function seriesOf(curve: Curve): object {
  return {
    type: "line",
    name: curve.name,
    data: curve.points,
    showSymbol: false,
    symbolSize: 6,
    lineStyle: { color: curve.color, width: curve.isMark ? 1 : 2, type: curve.isDashed ? "dashed" : "solid" },
    itemStyle: { color: curve.color },
    ...(curve.isFilled ? { areaStyle: { color: curve.color, opacity: 0.16 } } : {}),
    emphasis: { disabled: true },
    silent: curve.isMark === true,
    z: curve.isMark ? 1 : 3,
  };
}

/** Draws curves; every point of the first one can be stepped to. */
export function curvesDrawing(curves: readonly Curve[], axes: CurveAxes, context: Context): Drawing {
  const { tokens } = context;
  const full = context as ChartContext;
  const shown = curves.filter((curve) => !curve.isMark);
  const [first] = shown;
  const wordsAt = (index: number): string => {
    const at = first?.points[index]?.[0];
    if (at === undefined) return "";
    const parts = shown.map((curve) => {
      const value = curve.points[index]?.[1] ?? null;
      return `${curve.name} ${value === null ? "–" : axes.y(value)}`;
    });
    return `${axes.xName} ${axes.x(at)}: ${parts.join(", ")}`;
  };
  const text = { color: tokens.muted, fontSize: 12, hideOverlap: true };
  return {
    height,
    minWidth: 280,
    points: first?.points.map((_, index) => wordsAt(index)) ?? [],
    picks: [],
    zoom: null,
    notes: [],
    option: {
      ...baseOption(full),
      grid: { left: 8, right: 16, top: shown.length > 1 ? 36 : 12, bottom: 26, containLabel: true },
      legend:
        shown.length > 1
          ? {
              top: 0,
              left: 0,
              icon: "roundRect",
              itemWidth: 14,
              itemHeight: 3,
              textStyle: { color: tokens.text, fontSize: 12 },
              data: [...new Set(shown.map((curve) => curve.name))],
            }
          : { show: false },
      tooltip: {
        trigger: "axis",
        ...tooltipStyle(full),
        formatter: (given: unknown) => {
          const list = (Array.isArray(given) ? given : [given]) as readonly { dataIndex: number; seriesName: string }[];
          const index = list.find((one) => one.seriesName === first?.name)?.dataIndex ?? list[0]?.dataIndex ?? 0;
          const at = first?.points[index]?.[0] ?? 0;
          const lines = shown.map((curve) => {
            const value = curve.points[index]?.[1] ?? null;
            return { label: curve.name, value: value === null ? "–" : axes.y(value), color: curve.color };
          });
          return tooltipHtml(`${axes.xName} ${axes.x(at)}`, lines);
        },
      },
      xAxis: {
        type: axes.hasLogX ? "log" : "value",
        min: "dataMin",
        max: "dataMax",
        name: axes.xName,
        nameLocation: "middle",
        nameGap: 28,
        nameTextStyle: { color: tokens.muted, fontSize: 12 },
        splitNumber: isNarrow(full) ? 3 : 6,
        axisLine: { lineStyle: { color: tokens.line } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...text,
          formatter: axes.x,
          ...(axes.hidesEnds ? { showMinLabel: false, showMaxLabel: false } : {}),
        },
      },
      yAxis: {
        type: "value",
        ...(axes.yMax === undefined ? {} : { max: axes.yMax }),
        splitNumber: axes.yMax === 1 ? 5 : 4,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: axes.hidesY ? { show: false } : { ...text, formatter: axes.y },
        splitLine: { show: !axes.hidesY, lineStyle: { color: tokens.line } },
      },
      series: curves.map(seriesOf),
    } as Drawing["option"],
  };
}
