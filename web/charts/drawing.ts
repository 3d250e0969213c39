/** What every chart function takes and returns. Charts are pure: declaration and rows in, an ECharts option out. */

import type { EChartsOption } from "echarts";
import type { CatalogueEntry, Row } from "../catalogue-types.ts";
import type { Format } from "../format.ts";
import type { Tokens } from "../tokens.ts";
import type { Annotation } from "./annotations.ts";
import type { Turn } from "./projection.ts";

/** The colour bound to one value of one dimension. */
export type ColorOf = (dimension: string, value: string) => string;

export interface ChartContext {
  readonly entry: CatalogueEntry;
  readonly tokens: Tokens;
  readonly format: Format;
  readonly colorOf: ColorOf;
  /** Width in CSS pixels that the chart will have. */
  readonly width: number;
  /** First and last day the answer covers, both included; periods reaching beyond are unfinished. Null when undated. */
  readonly covered: { readonly from: string; readonly to: string } | null;
  /** Length of one period, when the analysis has a `grain` parameter. */
  readonly grain: string | null;
  /** True for a funnel of raw events: nobody passes from one count to the next, so nothing is lost between them. */
  readonly isEventCount?: boolean;
  /** What is noted on days, for charts over time. */
  readonly annotations?: readonly Annotation[];
}

/** A value a click on a point narrows the page to. */
export interface Pick {
  readonly column: string;
  readonly value: string;
}

export interface Drawing {
  readonly option: EChartsOption;
  readonly height: number;
  /** Below this width the chart scrolls sideways instead of shrinking. */
  readonly minWidth: number;
  /** One sentence per point, for stepping through with the keyboard; the index is the data index of the first series. */
  readonly points: readonly string[];
  readonly picks: readonly (Pick | null)[];
  /** The row behind a point, by data index and series; null or absent where no single row is. */
  readonly sourceOf?: (point: number, series: number) => Row | null;
  /** What dragging over the chart zooms to: the labels of the axis between two instants. Null when it cannot be zoomed. */
  readonly zoom: ((start: number, end: number) => EChartsOption) | null;
  /** The series whose points are stepped through, where it is not the first. */
  readonly firstSeries?: number;
  /** For a drawing of a body that can be turned: how it stands at first, and what of the option another turn changes. */
  readonly turning?: { readonly first: Turn; readonly turned: (turn: Turn) => EChartsOption };
  /** What a reader must know to read it honestly: unfinished periods, bars left out, logarithmic axes. */
  readonly notes: readonly string[];
}

/** Width below which labels move out of the plot. */
export const isNarrow = (context: ChartContext): boolean => context.width < 520;

export const font = '"Inter Variable", system-ui, sans-serif';

/** Settings all charts share: type, no motion of their own, decals drawn as given. */
export function baseOption(context: ChartContext): EChartsOption {
  return {
    animationDuration: 160,
    animationDurationUpdate: 160,
    backgroundColor: "transparent",
    textStyle: { fontFamily: font, fontSize: 12, color: context.tokens.muted },
    aria: { enabled: false },
  };
}

/** The pattern of what is unfinished or lost, in the colour given. */
export function hatch(color: string): { [key: string]: unknown } {
  return { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color, symbolSize: 1 };
}

/** Text cut to about `width` pixels at 12 px type; paths lose their outer parts, everything else its end. */
export function cut(text: string, width: number): string {
  const room = Math.max(3, Math.floor(width / 6.4));
  if (text.length <= room) return text;
  const [, ...inner] = text.split(" › ");
  const shorter = inner.map((_, index) => inner.slice(index).join(" › ")).find((one) => one.length <= room);
  if (shorter) return shorter;
  return text.includes(" › ") ? `…${text.slice(1 - room).trimStart()}` : `${text.slice(0, room - 1).trimEnd()}…`;
}
