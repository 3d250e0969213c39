/** Tooltips as HTML. Names come from the shop's data, so every text is escaped. */
import type { ChartContext } from "./drawing.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? char);

export interface TooltipLine {
  readonly label: string;
  readonly value: string;
  readonly color?: string | undefined;
  readonly isDashed?: boolean;
  /** Words after the value, such as the change against the compared period. */
  readonly note?: string | undefined;
}

/** A heading and lines of label and value. */
export function tooltipHtml(heading: string, lines: readonly TooltipLine[]): string {
  const rows = lines.map((line) => {
    const style = line.isDashed ? "dashed" : "solid";
    const mark = line.color
      ? `<span style="display:inline-block;width:12px;border-top:2px ${style} ${line.color};margin-right:6px;vertical-align:middle"></span>`
      : "";
    const note = line.note ? ` <span style="opacity:.75">${escapeHtml(line.note)}</span>` : "";
    return `<tr><td style="padding:1px 16px 1px 0">${mark}${escapeHtml(line.label)}</td><td style="text-align:right;font-weight:600">${escapeHtml(line.value)}${note}</td></tr>`;
  });
  return `<div style="font-weight:600;margin-bottom:4px">${escapeHtml(heading)}</div><table style="border-spacing:0;font-variant-numeric:tabular-nums">${rows.join("")}</table>`;
}

/** Surface, line and type of a tooltip. */
export function tooltipStyle({ tokens }: ChartContext): { [key: string]: unknown } {
  return {
    confine: true,
    backgroundColor: tokens.surface,
    borderColor: tokens.line,
    borderWidth: 1,
    padding: [8, 12],
    textStyle: { color: tokens.text, fontSize: 12 },
    extraCssText: "border-radius:8px;box-shadow:0 4px 16px rgb(0 0 0 / 12%)",
    transitionDuration: 0,
  };
}
