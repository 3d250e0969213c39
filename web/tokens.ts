/**
 * The colours and sizes of the product. Charts take them as values (a canvas knows no CSS variables); everything else
 * reads the CSS variables that `theme.ts` makes of them.
 */
export interface Tokens {
  readonly background: string;
  readonly surface: string;
  readonly line: string;
  /** Between surface and line: hovered rows, tracks of bars, skeletons. */
  readonly subtle: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  /** Text on the accent. */
  readonly onAccent: string;
  readonly better: string;
  readonly worse: string;
  readonly caution: string;
  /** Categories, bound to values rather than positions. */
  readonly series: readonly string[];
  /** One hue from near the surface to the accent, for heat maps. */
  readonly sequential: readonly string[];
}

export const light: Tokens = {
  background: "#f7f8fa",
  surface: "#ffffff",
  line: "#e4e7ec",
  subtle: "#f0f2f6",
  text: "#101828",
  muted: "#475467",
  accent: "#3b5bdb",
  onAccent: "#ffffff",
  better: "#067647",
  worse: "#b42318",
  caution: "#93590a",
  series: ["#3b5bdb", "#c2410c", "#0f766e", "#a21caf", "#a16207", "#0369a1", "#be123c", "#4d7c0f"],
  sequential: ["#eef2ff", "#dce4fd", "#c2cffa", "#a3b5f5", "#8198ee", "#5f7ae5", "#3b5bdb"],
};

export const dark: Tokens = {
  background: "#0d1117",
  surface: "#151b24",
  line: "#273142",
  subtle: "#1c2431",
  text: "#e8edf5",
  muted: "#9aa7bd",
  accent: "#8ea2ff",
  onAccent: "#0d1117",
  better: "#4cc38a",
  worse: "#ff8a80",
  caution: "#f2b84b",
  series: ["#8ea2ff", "#fb923c", "#2dd4bf", "#e879f9", "#facc15", "#38bdf8", "#fb7185", "#a3e635"],
  sequential: ["#1c2440", "#253056", "#313f70", "#41528e", "#5064ab", "#6f83d6", "#8ea2ff"],
};
