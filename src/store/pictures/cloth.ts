/** A piece of cloth: colour, pattern, weave, form, folds, seams. Light falls from the upper left. */
import { darker, lighter, lightness } from "./palette.ts";
import { patternTile, type Weave, weaveTile } from "./patterns.ts";

export interface Cloth {
  readonly colour: string;
  readonly pattern: string;
  readonly variety: number;
  readonly weave: Weave;
}

export interface Piece {
  /** The outline. */
  readonly d: string;
  /** Lighter above 0, darker below; 1 is white, -1 nearly black. */
  readonly tone?: number;
  /** Degrees by which thread and pattern are turned. */
  readonly turn?: number;
  /** Curves where the cloth dips; the ridge beside each catches light. */
  readonly folds?: readonly (readonly [d: string, width: number])[];
  /** Stitched lines. */
  readonly seams?: readonly string[];
  /** A colour of its own, such as a sole's or a lining's. */
  readonly colour?: string;
  readonly weave?: Weave;
  /** Without the cloth's pattern. */
  readonly isPlain?: boolean;
  /** How round it looks, 0 to 1. */
  readonly roundness?: number;
  /** Colour of the stitching. */
  readonly thread?: string;
}

/**
 * A line that fades to its sides, by strokes over one another. A blur would be smoother, but browsers that draw without a
 * graphics card take seconds for a picture with some.
 */
export function softLine(d: string, colour: string, size: number, strength: number): string {
  const layers = size > 40 ? 6 : 4;
  return Array.from(
    { length: layers },
    (_, at) =>
      `<path d="${d}" stroke="${colour}" stroke-width="${((size * (at + 0.6)) / layers).toFixed(1)}" stroke-opacity="${(strength / layers).toFixed(3)}"/>`,
  ).join("");
}

/** Draws pieces; ids are counted within one picture. */
export class Tailor {
  readonly cloth: Cloth;
  #count = 0;
  readonly #defs: string[] = [];
  readonly #outlines: string[] = [];

  constructor(cloth: Cloth) {
    this.cloth = cloth;
  }

  /** What the drawn pieces refer to. */
  get defs(): string {
    return this.#defs.join("");
  }

  /** The outlines of all pieces as one path, for the shadow they cast. */
  get outline(): string {
    return this.#outlines.join("");
  }

  piece(piece: Piece): string {
    this.#count += 1;
    this.#outlines.push(piece.d);
    const id = `p${this.#count}`;
    const { tone = 0, turn = 0, folds = [], seams = [], roundness = 0.7 } = piece;
    const plain = piece.colour ?? this.cloth.colour;
    const colour = tone >= 0 ? lighter(plain, tone) : darker(plain, -tone);
    const isDark = lightness(colour) < 0.3;
    const pattern =
      piece.isPlain || piece.colour !== undefined
        ? null
        : patternTile(this.cloth.pattern, colour, this.cloth.variety, `${id}t`, turn);
    const weave = weaveTile(piece.weave ?? this.cloth.weave, colour, `${id}w`, turn);
    this.#defs.push(`<clipPath id="${id}"><path d="${piece.d}"/></clipPath>`, pattern ?? "", weave ?? "");
    const fill = (paint: string, more = ""): string => `<path d="${piece.d}" fill="${paint}"${more}/>`;
    const lift = isDark ? 0.3 : 0.34;
    const shade = isDark ? 0.55 : 0.3;
    const dips = folds
      .map(
        ([d, size]) =>
          `${softLine(d, "#120c14", size * 2, shade * 0.6)}<g transform="translate(${-size} ${-size * 0.3})">${softLine(d, "#fff", size * 1.6, lift * 0.5)}</g>`,
      )
      .join("");
    const thread = piece.thread ?? (isDark ? lighter(colour, 0.34) : darker(colour, 0.42));
    const stitches = seams
      .map(
        (d) =>
          `<path d="${d}" stroke="${darker(colour, 0.6)}" stroke-width="2.4" stroke-opacity=".5"/><path d="${d}" transform="translate(0 3.6)" stroke="${thread}" stroke-width="1.7" stroke-dasharray="6 4" stroke-opacity=".85"/>`,
      )
      .join("");
    return [
      fill(colour),
      pattern === null ? "" : fill(`url(#${id}t)`),
      weave === null ? "" : fill(`url(#${id}w)`),
      `<g clip-path="url(#${id})">`,
      fill("url(#form)", ` fill-opacity="${roundness}"`),
      fill("url(#top)"),
      `<g fill="none" stroke-linecap="round">${dips}${softLine(piece.d, "#120c14", 60, isDark ? 0.5 : 0.32)}</g>`,
      stitches === "" ? "" : `<g fill="none" stroke-linecap="round">${stitches}</g>`,
      "</g>",
      `<path d="${piece.d}" fill="none" stroke="${darker(colour, 0.62)}" stroke-width="2" stroke-opacity=".55"/>`,
    ].join("");
  }
}
