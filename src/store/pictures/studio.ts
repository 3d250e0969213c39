/** The room a garment is photographed in: a lit backdrop, a floor, a soft shadow. */
import { lightness } from "./palette.ts";
import { height, width } from "./shape.ts";

const backdrops = {
  light: [
    ["#f3eee7", "#ddd3c6"],
    ["#eef0ee", "#d3d8d5"],
    ["#f4ece8", "#dfd0c8"],
    ["#ecebf0", "#d2d1da"],
  ],
  deep: [
    ["#b9a793", "#8d7a67"],
    ["#94a09c", "#6b7875"],
    ["#b59a8d", "#8b7064"],
    ["#9a9cab", "#71748a"],
  ],
} as const;

/** What gradients of the pieces are called; one of each in a picture. */
const lighting = `<linearGradient id="form"><stop offset="0" stop-color="#120c14" stop-opacity=".34"/><stop offset=".2" stop-color="#fff" stop-opacity=".1"/><stop offset=".42" stop-color="#fff" stop-opacity=".1"/><stop offset=".7" stop-color="#120c14" stop-opacity=".06"/><stop offset="1" stop-color="#120c14" stop-opacity=".5"/></linearGradient>
<linearGradient id="top" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".13"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#120c14" stop-opacity=".2"/></linearGradient>`;

const shadowLayers = 9;
const shadowReach = 78;
const shadowStrength = 0.44;

export interface Scene {
  readonly colour: string;
  readonly variety: number;
  readonly defs: string;
  readonly drawing: string;
  /** What casts the shadow. */
  readonly outline: string;
  /** Whether pieces stand on both sides, drawn once. */
  readonly isSymmetric: boolean;
  /** The part of the sheet that is shown, `x y width height`; all of it when not said. */
  readonly frame?: string;
}

/** A whole picture as SVG. A light garment hangs before a deeper wall. */
export function studio({ colour, variety, defs, drawing, outline, isSymmetric, frame }: Scene): string {
  const walls = lightness(colour) > 0.66 ? backdrops.deep : backdrops.light;
  const [near, far] = walls[variety % walls.length] ?? walls[0];
  // Each layer is one tone inside and at its rim, so that no ring shows where they overlap.
  const dark = Array.from({ length: shadowLayers }, (_, at) => {
    const size = (shadowReach * at) / shadowLayers;
    return `<g opacity="${(shadowStrength / shadowLayers).toFixed(3)}"><use href="#outline" stroke-width="${size.toFixed(1)}"/></g>`;
  }).join("");
  const other = isSymmetric ? `<use href="#shadow" transform="translate(${width} 0) scale(-1 1)"/>` : "";
  const shadow = `<g transform="translate(10 20)" fill="#2a1f1a" stroke="#2a1f1a" stroke-linejoin="round"><g id="shadow">${dark}</g>${other}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${frame ?? `0 0 ${width} ${height}`}"><defs><radialGradient id="wall" cx=".4" cy=".34" r=".85"><stop offset="0" stop-color="${near}"/><stop offset="1" stop-color="${far}"/></radialGradient>${lighting}${defs}<path id="outline" d="${outline}"/></defs><rect width="${width}" height="${height}" fill="url(#wall)"/>${shadow}${drawing}</svg>`;
}
