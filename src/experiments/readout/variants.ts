/** Which values of the variant column are variants of the experiment. */
import { CartwrightError } from "../../errors.ts";

export interface VariantChoice {
  readonly control: string;
  /** All variants by name; null when they are to be found in the file. */
  readonly variants: readonly string[] | null;
  /** Planned shares, control first; null for equal ones. */
  readonly weights: readonly number[] | null;
}

/** A value with fewer rows than this share of the largest variant's is a slip of the pen, not an arm. */
const strayShare = 0.01;

/** More variants than this are ids, or amounts, in the wrong column. */
const mostVariants = 50;

/**
 * The variants, control first, the others by name. When neither names nor weights say how many there are, values with less
 * than 1 % of the largest one's rows are strays; when weights say how many, the most frequent values are taken. The control and
 * the largest other value always count.
 *
 * @param counts rows by value of the column, without empty ones
 */
export function chooseVariants(counts: ReadonlyMap<string, number>, choice: VariantChoice, column: string): string[] {
  const { control, variants, weights } = choice;
  if (!counts.has(control)) throw notFound(column, control, counts);
  if (variants) {
    const missing = variants.find((name) => !counts.has(name));
    if (missing !== undefined) throw notFound(column, missing, counts);
    return [control, ...variants.filter((name) => name !== control)];
  }
  const others = [...counts.keys()]
    .filter((name) => name !== control)
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || compareText(a, b));
  const largest = Math.max(...counts.values());
  const kept = weights
    ? others.slice(0, weights.length - 1)
    : others.filter((name, rank) => rank === 0 || (counts.get(name) ?? 0) >= strayShare * largest);
  if (kept.length >= mostVariants) throw tooMany(column, kept.length + 1);
  if (kept.length === 0) throw noOther(column, control);
  if (weights && kept.length + 1 < weights.length) {
    throw new CartwrightError(
      "invalid_parameter",
      `weights must be one for each variant: got ${weights.length}, and column "${column}" holds ${counts.size}`,
      { name: "weights" },
    );
  }
  return [control, ...kept.sort(compareText)];
}

/** By code points: the same order on any machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const shown = (counts: ReadonlyMap<string, number>): string =>
  [...counts.keys()]
    .slice(0, 10)
    .map((name) => `"${name}"`)
    .join(", ") + (counts.size > 10 ? ", ..." : "");

const tooMany = (column: string, count: number): CartwrightError =>
  new CartwrightError(
    "variant_missing",
    `column "${column}" holds ${count.toLocaleString("en")} variants, more than ${mostVariants}: is it the right column?`,
    { found: "name those meant with --variants" },
  );

const notFound = (column: string, name: string, counts: ReadonlyMap<string, number>): CartwrightError =>
  new CartwrightError("variant_missing", `column "${column}" holds no variant "${name}"`, {
    found: shown(counts) || "none",
  });

const noOther = (column: string, control: string): CartwrightError =>
  new CartwrightError("variant_missing", `column "${column}" holds no variant but the control "${control}"`, {
    found: `"${control}"`,
  });
