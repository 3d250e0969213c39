/** Steps of one hue for heat maps, and the text colour that can be read on each. */
import type { Tokens } from "../tokens.ts";

function luminance(hex: string): number {
  const channel = (start: number): number => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** Contrast of two colours by WCAG 2. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

/** The step of a value between `least` and `most`; equal bounds give the middle step. */
export function stepColor(value: number, least: number, most: number, tokens: Tokens): string {
  const steps = tokens.sequential;
  const share = most > least ? (value - least) / (most - least) : 0.5;
  const index = Math.min(steps.length - 1, Math.max(0, Math.floor(share * steps.length)));
  return steps[index] ?? tokens.subtle;
}

/** Whichever of the theme's text and surface reads better on the colour. */
export const textOn = (color: string, tokens: Tokens): string =>
  contrast(color, tokens.text) >= contrast(color, tokens.surface) ? tokens.text : tokens.surface;
