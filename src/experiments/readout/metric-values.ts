/** A column of texts as a metric: what can be used, and why the rest cannot. */
import { numberOf } from "../../tables/table.ts";
import type { MetricType } from "./units.ts";

/** Why a row cannot be used; the keys of `dropped`. */
export type Reason =
  | "missing_variant"
  | "unknown_variant"
  | "missing_unit"
  | "unit_in_two_variants"
  | "duplicate_unit"
  | "missing_metric"
  | "non_numeric_metric"
  | "not_zero_or_one"
  | "negative_count"
  | "missing_denominator"
  | "non_numeric_denominator"
  | "non_numeric_covariate"
  | "missing_stratum";

const truths: Readonly<Record<string, number>> = {
  "1": 1,
  "0": 0,
  true: 1,
  false: 0,
  yes: 1,
  no: 0,
  t: 1,
  f: 0,
  y: 1,
  n: 0,
};

/** 1 or 0 for the usual ways to write yes and no, else null. */
export function truthOf(text: string): number | null {
  const known = truths[text] ?? truths[text.toLowerCase()];
  if (known !== undefined) return known;
  const number = numberOf(text);
  return number === 0 || number === 1 ? number : null;
}

const missing = new Set(["", "na", "n/a", "nan", "null", "none", "-"]);

/** Whether a text stands for no value. */
export function isMissing(text: string): boolean {
  if (text.length > 4) return false;
  const first = text.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  return !isDigit && missing.has(text.toLowerCase());
}

/** Whether a text names no variant. Unlike elsewhere "none" and "-" do: a variant may well be called so. */
export const hasNoVariant = (text: string): boolean => isMissing(text) && text !== "-" && text.toLowerCase() !== "none";

/** A proportion when nearly every value that is there says yes or no, else a mean: a few slips do not change what a column is. */
export function inferType(texts: readonly string[]): MetricType {
  let known = 0;
  let truths = 0;
  for (const text of texts) {
    if (isMissing(text)) continue;
    known++;
    if (truthOf(text) !== null) truths++;
  }
  return known > 0 && truths >= 0.99 * known ? "proportion" : "mean";
}

/** Below this share negative values among whole numbers are slips; above it the metric is one that can be negative. */
const slipShare = 0.01;

/**
 * Whether negative values are slips: every value is a whole number, as counts are, and hardly any is negative. Amounts with
 * decimals may be negative (refunds).
 */
export function negativesAreSlips(values: Float64Array, isUsable: Uint8Array): boolean {
  let usable = 0;
  let negative = 0;
  for (const [row, value] of values.entries()) {
    if (!isUsable[row]) continue;
    if (!Number.isInteger(value)) return false;
    usable++;
    if (value < 0) negative++;
  }
  return negative > 0 && negative < slipShare * usable;
}
