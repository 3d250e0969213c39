/** What is woven or printed: one tile of each, in the colours of the cloth. */
import { darker, lighter, lightness, mix } from "./palette.ts";

export type Weave = "smooth" | "fleece" | "twill" | "rib" | "knit" | "leather";

/** The second colour of a pattern: stands out, but stays in the family. */
function second(colour: string, variety: number): string {
  if (lightness(colour) > 0.6)
    return mix(darker(colour, 0.45), ["#2e4a6b", "#8a4b32", "#4b5a44"][variety % 3] ?? "#2e4a6b", 0.6);
  return ["#eee5d3", "#d8c3a0", "#c9d4dd", "#e3b59b"][variety % 4] ?? "#eee5d3";
}

/** Tiles of the pattern's name, `id` the one to fill with; null for plain cloth. */
export function patternTile(pattern: string, colour: string, variety: number, id: string, turn: number): string | null {
  const ink = second(colour, variety);
  const start = (width: number, height: number): string =>
    `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn})">`;
  switch (pattern.trim().toLowerCase()) {
    case "striped": {
      const pitch = 38 + (variety % 3) * 14;
      const thin =
        variety % 2 === 0 ? `<rect y="${pitch * 0.62}" width="40" height="3" fill="${ink}" fill-opacity=".75"/>` : "";
      return `${start(40, pitch)}<rect width="40" height="${pitch * 0.36}" fill="${ink}" fill-opacity=".92"/>${thin}</pattern>`;
    }
    case "checked": {
      const size = 84 + (variety % 2) * 24;
      const third = mix(ink, colour, 0.35);
      return `${start(size, size)}<g fill="${darker(colour, 0.35)}" opacity=".5"><rect width="${size * 0.4}" height="${size}"/><rect width="${size}" height="${size * 0.4}"/></g><g fill="${third}" opacity=".5"><rect x="${size * 0.62}" width="${size * 0.1}" height="${size}"/><rect y="${size * 0.62}" width="${size}" height="${size * 0.1}"/></g><g fill="${ink}" opacity=".7"><rect x="${size * 0.19}" width="3" height="${size}"/><rect y="${size * 0.19}" width="${size}" height="3"/></g></pattern>`;
    }
    case "printed":
      return `${start(92, 92)}${motif(variety, ink, colour)}</pattern>`;
    default:
      return null;
  }
}

/** One of four small prints. */
function motif(variety: number, ink: string, colour: string): string {
  const soft = mix(ink, colour, 0.4);
  switch (variety % 4) {
    case 0: {
      const leaf = (x: number, y: number, turn: number, fill: string): string =>
        `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0-17C10-8 10 8 0 17C-10 8-10-8 0-17ZM0-17V22" fill="${fill}" stroke="${fill}" stroke-width="1.4"/>`;
      return leaf(24, 26, 25, ink) + leaf(68, 34, -40, soft) + leaf(30, 72, -70, soft) + leaf(74, 76, 12, ink);
    }
    case 1: {
      const flower = (x: number, y: number, size: number, fill: string): string =>
        `<g transform="translate(${x} ${y}) scale(${size})" fill="${fill}">${[0, 72, 144, 216, 288].map((turn) => `<ellipse rx="5.2" ry="9" cy="-9" transform="rotate(${turn})"/>`).join("")}<circle r="4.2" fill="${darker(colour, 0.3)}"/></g>`;
      return (
        flower(26, 26, 1, ink) + flower(72, 70, 0.85, ink) + flower(72, 20, 0.5, soft) + flower(22, 72, 0.55, soft)
      );
    }
    case 2:
      return [
        [22, 22],
        [68, 22],
        [45, 45],
        [22, 68],
        [68, 68],
        [91, 45],
        [0, 45],
        [45, 91],
        [45, 0],
      ]
        .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="6.5" fill="${ink}"/>`)
        .join("");
    default:
      return `<g fill="none" stroke="${ink}" stroke-width="4" stroke-linecap="round"><path d="M10 20l14 10"/><path d="M60 12l-6 16"/><path d="M34 58l16-4"/><path d="M76 60l4 16"/><path d="M14 80l12-8"/></g><g fill="${soft}"><circle cx="40" cy="30" r="4"/><circle cx="80" cy="36" r="5"/><circle cx="56" cy="82" r="4"/></g>`;
  }
}

/** The structure of the cloth itself, laid over its colour. */
export function weaveTile(weave: Weave, colour: string, id: string, turn: number): string | null {
  const [dark, light] = [darker(colour, 0.55), lighter(colour, 0.4)];
  const start = (width: number, height: number, extra = 0): string =>
    `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn + extra})">`;
  switch (weave) {
    case "twill":
      return `${start(5, 5, -58)}<rect width="5" height="1.7" fill="${light}" fill-opacity=".26"/><rect y="2.6" width="5" height="1.4" fill="${dark}" fill-opacity=".3"/></pattern>`;
    case "rib":
      return `${start(14, 14)}<rect width="4.5" height="14" fill="${dark}" fill-opacity=".36"/><rect x="7" width="4" height="14" fill="${light}" fill-opacity=".24"/></pattern>`;
    case "knit":
      return `${start(12, 11)}<path d="M0 1L6 7L12 1M0 12L6 18L12 12M0-10L6-4L12-10" fill="none" stroke="${dark}" stroke-width="2.2" stroke-opacity=".26"/><path d="M0 4L6 10L12 4" fill="none" stroke="${light}" stroke-width="1.6" stroke-opacity=".2"/></pattern>`;
    default:
      return null;
  }
}
