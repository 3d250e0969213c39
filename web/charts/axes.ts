/** Axes: thin lines, four to five ticks, values short, days as days. */
import type { CatalogueColumn } from "../catalogue-types.ts";
import type { ChartContext } from "./drawing.ts";

/** A value axis that starts at zero unless values are negative. */
export function valueAxis(context: ChartContext, column: Pick<CatalogueColumn, "unit">): { [key: string]: unknown } {
  const { tokens, format } = context;
  return {
    type: "value",
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.muted,
      fontSize: 12,
      formatter: (value: number) => format.short(column, value),
      hideOverlap: true,
    },
    splitLine: { lineStyle: { color: tokens.line, width: 1 } },
  };
}

/** A time axis in shop days; periods are drawn at their first day. */
export function timeAxis(context: ChartContext): { [key: string]: unknown } {
  const { tokens } = context;
  return {
    type: "time",
    splitNumber: context.width < 520 ? 3 : 6,
    axisLine: { lineStyle: { color: tokens.line } },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.muted,
      fontSize: 12,
      hideOverlap: true,
      formatter: { year: "{yyyy}", month: "{MMM}", day: "{d} {MMM}", hour: "", minute: "", second: "" },
    },
    splitLine: { show: false },
  };
}

/** An axis of names, in the rows' order. */
export function nameAxis(
  context: ChartContext,
  names: readonly string[],
  write: (name: string) => string,
): { [key: string]: unknown } {
  const { tokens } = context;
  return {
    type: "category",
    data: names,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: tokens.text, fontSize: 12, formatter: write },
  };
}
