/** Annotations on charts over time: a lettered line where each begins, its days shaded, its words in tooltip and points. */
import { dayText, rangeText } from "../format-dates.ts";
import type { ChartContext, Drawing } from "./drawing.ts";
import { type Grain, periodEnd } from "./periods.ts";

/** What happened, as charts show it. */
export interface Annotation {
  /** Null for those nobody wrote. */
  readonly id: string | null;
  readonly kind: "note" | "import" | "prices";
  readonly first_on: string;
  readonly last_on: string;
  readonly text: string;
  readonly made_by: string | null;
}

/** More than this and the letters would cover the chart; the list below it says so. */
export const mostMarked = 26;

/** The letter of an annotation by its place in the list. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** When an annotation was, in words. */
export const whenText = ({ first_on, last_on }: Annotation): string =>
  first_on === last_on ? dayText(first_on) : rangeText(first_on, last_on);

/** Those that touch the days from `first` to `last`, oldest first. */
export function annotationsWithin(all: readonly Annotation[], first: string, last: string): readonly Annotation[] {
  return all
    .filter((one) => one.first_on <= last && one.last_on >= first)
    .toSorted((a, b) => (a.first_on < b.first_on ? -1 : a.first_on > b.first_on ? 1 : 0))
    .slice(0, mostMarked);
}

/** One sentence about the annotations of a chart; empty without any. */
export function annotationSentence(shown: readonly Annotation[]): string {
  if (shown.length === 0) return "";
  const told = shown.slice(0, 2).map((one) => `${whenText(one)}, ${one.text}`);
  const rest = shown.length - told.length;
  return ` Noted: ${told.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`;
}

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

interface Lettered {
  readonly one: Annotation;
  readonly letter: string;
}

/** A series without points that only carries the marks, so that it can stand beside the lines of any chart. */
function marks(shown: readonly Lettered[], days: readonly string[], { tokens }: ChartContext): object {
  const [start, end] = [at(days[0] ?? ""), at(days.at(-1) ?? "")];
  const held = (day: string): number => Math.min(Math.max(at(day), start), end);
  return {
    type: "line",
    name: "annotations",
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: "none",
      animation: false,
      lineStyle: { color: tokens.muted, width: 1, type: "dotted" },
      label: {
        position: "end",
        distance: 2,
        color: tokens.text,
        backgroundColor: tokens.subtle,
        borderRadius: 4,
        padding: [2, 5],
        fontSize: 12,
        fontWeight: 600,
      },
      data: shown.map(({ one, letter }) => ({ xAxis: held(one.first_on), label: { formatter: letter } })),
    },
    markArea: {
      silent: true,
      animation: false,
      itemStyle: { color: tokens.muted, opacity: 0.1 },
      data: shown
        .filter(({ one }) => one.first_on !== one.last_on)
        .map(({ one }) => [{ xAxis: held(one.first_on) }, { xAxis: held(one.last_on) }]),
    },
  };
}

/** Height of the letters above the plot. */
const letterRoom = 20;

/** The drawing with the context's annotations, lettered as they are listed; `days` are the starts of the periods its points stand for. */
export function annotated(drawing: Drawing, days: readonly string[], grain: Grain, context: ChartContext): Drawing {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return drawing;
  const end = periodEnd(last, grain);
  const shown = (context.annotations ?? [])
    .map((one, index) => ({ one, letter: letterOf(index) }))
    .filter(({ one }) => one.first_on <= end && one.last_on >= first);
  if (shown.length === 0) return drawing;
  const noted = (day: string): string =>
    shown
      .filter(({ one }) => one.first_on <= periodEnd(day, grain) && one.last_on >= day)
      .map(({ one, letter }) => `; note ${letter}: ${one.text}`)
      .join("");
  const { grid, series } = drawing.option;
  const top = Number(Reflect.get(Object(grid), "top") ?? 0);
  return {
    ...drawing,
    option: {
      ...drawing.option,
      grid: { ...Object(grid), top: top + letterRoom },
      series: [...(Array.isArray(series) ? series : []), marks(shown, days, context)] as never,
    },
    height: drawing.height + letterRoom,
    points: drawing.points.map((point, index) => `${point}${noted(days[index] ?? "")}`),
  };
}
