/** Charts of a report as inline SVG: shapes take their colours from classes of the page, so that they follow its theme. */
import { escapeHtml } from "./html.ts";

const width = 720;

/** A number of the drawing, short enough for a file of many. */
const at = (value: number): string => String(Math.round(value * 10) / 10);

const framed = (height: number, label: string, body: string): string =>
  `<svg viewBox="0 0 ${width} ${at(height)}" role="img" aria-label="${escapeHtml(label)}">${body}</svg>`;

const textAt = (x: number, y: number, text: string, className: string): string =>
  `<text x="${at(x)}" y="${at(y)}" class="${className}">${escapeHtml(text)}</text>`;

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
}

/** Bars from a common zero, one below the other, each with its name and value. */
export function barsSvg(bars: readonly Bar[], label: string): string {
  const [left, right, step] = [200, 150, 26];
  const least = Math.min(0, ...bars.map((bar) => bar.value));
  const most = Math.max(0, ...bars.map((bar) => bar.value));
  const x = (value: number): number => left + ((value - least) / (most - least || 1)) * (width - left - right);
  const body = bars.map((bar, index) => {
    const top = index * step;
    const [from, to] = [Math.min(x(0), x(bar.value)), Math.max(x(0), x(bar.value))];
    return [
      textAt(left - 10, top + 17, cut(bar.label, 25), "end"),
      `<rect x="${at(from)}" y="${at(top + 5)}" width="${at(Math.max(1, to - from))}" height="16" rx="2" class="${bar.value < 0 ? "worse" : "bar"}"/>`,
      textAt(to + 6, top + 17, bar.text, "start strong"),
    ].join("");
  });
  return framed(bars.length * step + 4, label, body.join(""));
}

export interface Point {
  readonly label: string;
  /** Null: unknown, and not drawn. */
  readonly value: number | null;
  /** True where the period is not over. */
  readonly isOpen?: boolean;
}

export interface Series {
  readonly name: string;
  readonly className: "line" | "line second" | "line dashed";
  /** One for each point of the axis. */
  readonly values: readonly (number | null)[];
}

interface Scale {
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly axis: string;
  readonly height: number;
}

/** A round step that divides a span into about four. */
function roundStep(span: number): number {
  const raw = span / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (([1, 2, 2.5, 5, 10].find((one) => one * power >= raw) ?? 10) as number) * power;
}

function scaleOf(labels: readonly string[], values: readonly number[], write: (value: number) => string): Scale {
  const [left, top, bottom, height] = [84, 10, 26, 250];
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = roundStep(most - least);
  const [low, high] = [Math.floor(least / step) * step, Math.max(step, Math.ceil(most / step) * step)];
  const y = (value: number): number => top + (1 - (value - low) / (high - low)) * (height - top - bottom);
  const slot = (width - left - 4) / Math.max(1, labels.length);
  const x = (index: number): number => left + slot * (index + 0.5);
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, index) => low + index * step);
  const every = Math.ceil(labels.length / 8);
  const axis = [
    ...ticks.map(
      (tick) =>
        `<line x1="${left}" x2="${width}" y1="${at(y(tick))}" y2="${at(y(tick))}" class="grid"/>${textAt(left - 8, y(tick) + 4, write(tick), "end muted")}`,
    ),
    ...labels.map((label, index) => (index % every === 0 ? textAt(x(index), height - 6, label, "middle muted") : "")),
  ].join("");
  return { x, y, axis, height };
}

function pathOf(values: readonly (number | null)[], { x, y }: Scale): string {
  let isBroken = true;
  return values
    .map((value, index) => {
      if (value === null) {
        isBroken = true;
        return "";
      }
      const move = isBroken ? "M" : "L";
      isBroken = false;
      return `${move}${at(x(index))} ${at(y(value))}`;
    })
    .join("");
}

/**
 * Columns over time with lines over them.
 *
 * @param columns the axis; empty columns where only lines are wanted
 * @param band lower and upper bound at each point, drawn behind
 */
export function overTimeSvg(
  columns: readonly Point[],
  series: readonly Series[],
  options: {
    readonly label: string;
    readonly write: (value: number) => string;
    readonly band?: readonly (readonly [number, number] | null)[];
  },
): string {
  const values = [...columns.map((point) => point.value), ...series.flatMap((one) => one.values)].filter(
    (value) => value !== null,
  );
  const bounds = (options.band ?? []).flatMap((pair) => pair ?? []);
  const scale = scaleOf(
    columns.map((point) => point.label),
    [...values, ...bounds],
    options.write,
  );
  const { x, y } = scale;
  const wide = Math.min(40, ((width - 84) / Math.max(1, columns.length)) * 0.7);
  const bars = columns.map(({ value, isOpen }, index) => {
    if (value === null) return "";
    const [from, to] = [Math.min(y(0), y(value)), Math.max(y(0), y(value))];
    return `<rect x="${at(x(index) - wide / 2)}" y="${at(from)}" width="${at(wide)}" height="${at(Math.max(0.5, to - from))}" class="${isOpen ? "bar open" : "bar"}"/>`;
  });
  const known = (options.band ?? []).flatMap((pair, index) => (pair ? [{ pair, index }] : []));
  const outline = [
    ...known.map(({ pair, index }) => `${at(x(index))},${at(y(pair[0]))}`),
    ...known.toReversed().map(({ pair, index }) => `${at(x(index))},${at(y(pair[1]))}`),
  ];
  const band = known.length > 0 ? `<polygon points="${outline.join(" ")}" class="band"/>` : "";
  const lines = series.map((one) => `<path d="${pathOf(one.values, scale)}" class="${one.className}"/>`);
  return framed(scale.height, options.label, `${scale.axis}${band}${bars.join("")}${lines.join("")}`);
}

export interface HeatCell {
  readonly text: string;
  /** From 0 (palest) to 1 (darkest); null for an unknown cell, which is hatched. */
  readonly shade: number | null;
}

/** Cells by row and column, shaded in one hue; a null cell is left out. */
export function heatSvg(
  rows: readonly { readonly label: string; readonly cells: readonly (HeatCell | null)[] }[],
  columns: readonly string[],
  label: string,
): string {
  const [left, top, step] = [150, 22, 26];
  const slot = (width - left) / Math.max(1, columns.length);
  const head = columns.map((name, index) => textAt(left + slot * (index + 0.5), 14, name, "middle muted"));
  const body = rows.map((row, line) => {
    const y = top + line * step;
    const cells = row.cells.map((cell, index) => {
      if (!cell) return "";
      const box = `x="${at(left + slot * index + 1)}" y="${at(y + 1)}" width="${at(slot - 2)}" height="${step - 2}" rx="2"`;
      const centre = left + slot * (index + 0.5);
      if (cell.shade === null)
        return `<rect ${box} class="unknown"/>${textAt(centre, y + 17, cell.text, "middle muted")}`;
      const word = textAt(centre, y + 17, cell.text, cell.shade > 0.7 ? "middle on-dark" : "middle");
      return `<rect ${box} class="heat" fill-opacity="${(0.06 + 0.94 * cell.shade).toFixed(2)}"/>${word}`;
    });
    return textAt(left - 8, y + 17, cut(row.label, 22), "end") + cells.join("");
  });
  return framed(top + rows.length * step + 2, label, head.join("") + body.join(""));
}
