/** The dashboard's tokens with the storefront's warmer accent and paper. Contrast on their surfaces is as the dashboard's. */
import { dark, light, type Tokens } from "../tokens.ts";

const day: Tokens = { ...light, background: "#faf8f5", line: "#e6e1da", subtle: "#f3efe9", accent: "#b4532a" };
const night: Tokens = { ...dark, accent: "#f0a07a" };

const named = ({ series: _, sequential: __, ...colours }: Tokens): string =>
  Object.entries(colours)
    .map(([name, value]) => `--${name.toLowerCase()}:${value};`)
    .join("");

/** Both themes as custom properties; `data-theme` on the root chooses. */
export const tokensCss = (): string =>
  `:root{color-scheme:light;${named(day)}}:root[data-theme=dark]{color-scheme:dark;${named(night)}}`;
