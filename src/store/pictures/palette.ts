/** Colours of cloth by their names in the catalogue, and what light makes of them. */

const named: Readonly<Record<string, string>> = {
  black: "#26282e",
  white: "#f3f1ec",
  cream: "#ece1ca",
  beige: "#d3c0a1",
  sand: "#cdb894",
  camel: "#b58a58",
  brown: "#6a4a36",
  rust: "#b1552d",
  orange: "#d9772f",
  mustard: "#cb9a30",
  yellow: "#e2bf4d",
  olive: "#6c6a3d",
  "forest green": "#2e5843",
  green: "#3d7a53",
  sage: "#9aab8d",
  teal: "#256a70",
  "light blue": "#9dbddb",
  blue: "#3d66a8",
  denim: "#45638c",
  navy: "#283a61",
  purple: "#5c4280",
  lilac: "#b7a4cf",
  pink: "#dda3ab",
  red: "#b3332f",
  burgundy: "#6e2639",
  grey: "#8d939b",
  charcoal: "#45494f",
  silver: "#c3c7cc",
};

type Rgb = readonly [number, number, number];

const rgbOf = (hex: string): Rgb => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const hexOf = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(Math.min(255, Math.max(0, part)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/** A colour `share` of the way from one to the other. */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [rgbOf(from), rgbOf(to)];
  return hexOf([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share]);
}

export const lighter = (colour: string, share: number): string => mix(colour, "#ffffff", share);
export const darker = (colour: string, share: number): string => mix(colour, "#0b0a10", share);

/** How light a colour looks, 0 to 1. */
export function lightness(colour: string): number {
  const [red, green, blue] = rgbOf(colour);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** A whole number that depends on nothing but the text (FNV-1a). */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The cloth's colour by its name; a name nobody knows gets a muted colour of its own. */
export function colourNamed(name: string): string {
  const known = named[name.trim().toLowerCase()];
  if (known !== undefined) return known;
  const words = name.toLowerCase().split(/\s+/);
  const part = words.map((word) => named[word]).find((colour) => colour !== undefined);
  if (part !== undefined)
    return words.includes("light") ? lighter(part, 0.35) : words.includes("dark") ? darker(part, 0.35) : part;
  const hues = Object.values(named);
  return hues[hashOfText(name) % hues.length] ?? "#8d939b";
}
