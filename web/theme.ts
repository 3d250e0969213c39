import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";
import { dark, light, type Tokens } from "./tokens.ts";

const accent: MantineColorsTuple = [
  "#eef2ff",
  "#dce4fd",
  "#c2cffa",
  "#a3b5f5",
  "#8ea2ff",
  "#5f7ae5",
  "#3b5bdb",
  "#324fc2",
  "#2a43a6",
  "#21368a",
];

/** Mantine's scale for the dark scheme, on the tokens: text first, surfaces last. */
const night: MantineColorsTuple = [
  dark.text,
  "#c9d1de",
  dark.muted,
  "#66738a",
  "#3a475c",
  dark.subtle,
  dark.surface,
  dark.background,
  "#0a0e13",
  "#07090d",
];

/** Text on the accent is the token of the scheme: Mantine would choose it for the light scheme and keep it in the dark. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  return input.variant === "filled" && (input.color ?? "accent") === "accent"
    ? { ...colors, color: "var(--cw-onaccent)" }
    : colors;
};

/** Inter, 14 px body, radius 8 px for controls; one accent for controls, other colours only carry data. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  colors: { accent, dark: night },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  defaultRadius: "8px",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  autoContrast: true,
  variantColorResolver: variantColors,
});

function variables(tokens: Tokens): Record<string, string> {
  const { series, sequential, ...colours } = tokens;
  return {
    ...Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--cw-${name.toLowerCase()}`, value])),
    ...Object.fromEntries(series.map((value, index) => [`--cw-series-${index + 1}`, value])),
    ...Object.fromEntries(sequential.map((value, index) => [`--cw-step-${index + 1}`, value])),
    "--mantine-color-body": tokens.background,
    "--mantine-color-text": tokens.text,
    "--mantine-color-dimmed": tokens.muted,
    "--mantine-color-placeholder": tokens.muted,
    "--mantine-color-default": tokens.surface,
    "--mantine-color-default-hover": tokens.subtle,
    "--mantine-color-default-color": tokens.text,
    "--mantine-color-default-border": tokens.line,
    "--mantine-color-anchor": tokens.accent,
    "--mantine-primary-color-contrast": tokens.onAccent,
  };
}

/** Hands the tokens of the current colour scheme to style sheets as `--cw-*`. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables(light),
  dark: variables(dark),
});
