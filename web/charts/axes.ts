/** Axes: thin lines, four to five ticks, values short, days as days. */
import type { CatalogueColumn } from "../catalogue-types.ts";
import { monthText, shortDayText } from "../format-dates.ts";
import { type ChartContext, isNarrow } from "./drawing.ts";

/** A value axis that starts at zero unless values are negative. */
export function valueAxis(
  context: ChartContext,
  column: Pick<CatalogueColumn, "unit">,
  values: readonly (number | null)[],
): { [key: string]: unknown } {
  const most = values.reduce<number>((top, value) => Math.max(top, Math.abs(value ?? 0)), 0);
  const { tokens, format } = context;
  return {
    type: "value",
    splitNumber: 4,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: tokens.muted,
      fontSize: 12,
      formatter: (value: number) => format.axis(column, value, most),
      hideOverlap: true,
    },
    splitLine: { lineStyle: { color: tokens.line, width: 1 } },
  };
}

/** Evenly spaced days out of those drawn, at most `most`; in daily data they fall on the same weekday where possible. */
export function dayTicks(days: readonly string[], most: number): readonly string[] {
  const every = Math.max(1, Math.ceil(days.length / most));
  const step = every > 4 && days.length > 14 ? Math.ceil(every / 7) * 7 : every;
  return days.filter((_, index) => index % step === 0);
}

/** "4 Nov"; months "Nov", with their year in January and at the start. */
function tickText(day: string, index: number, isMonthly: boolean): string {
  if (!isMonthly) return shortDayText(day);
  return index === 0 || day.slice(5, 7) === "01" ? monthText(day) : monthText(day).slice(0, 3);
}

/** Labels of a time axis for the days in view: which days, and their words. */
export function dayLabels(context: ChartContext, days: readonly string[]): { [key: string]: unknown } {
  const isMonthly = days.length > 1 && days.every((day) => day.endsWith("-01"));
  const ticks = dayTicks(days, isNarrow(context) ? 4 : context.width < 800 ? 7 : isMonthly ? 13 : 9);
  const texts = new Map(ticks.map((day, index) => [Date.parse(`${day}T00:00:00Z`), tickText(day, index, isMonthly)]));
  return { customValues: [...texts.keys()], formatter: (value: number) => texts.get(value) ?? "" };
}

/** A time axis in shop days; periods are drawn at their first day. */
export function timeAxis(context: ChartContext, days: readonly string[]): { [key: string]: unknown } {
  const { tokens } = context;
  return {
    type: "time",
    axisLine: { lineStyle: { color: tokens.line } },
    axisTick: { show: false },
    axisLabel: { color: tokens.muted, fontSize: 12, hideOverlap: true, margin: 12, ...dayLabels(context, days) },
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
