/** Reads row values by meaning. Unknown is null and stays null: nothing here turns a missing value into zero. */
import type { CatalogueColumn, CatalogueEntry, Row, Value } from "./catalogue-types.ts";

/** A value as a number for drawing; whole numbers above 2^53 arrive as text and lose their last digits here only. */
export function numberOf(value: Value | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A value as text for labels; null for unknown. */
export function textOf(value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** The sum over rows, leaving unknown values out; null when none is known. */
export function sumOf(rows: readonly Row[], name: string): number | null {
  const known = rows.map((row) => numberOf(row[name])).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** The rows of the asked period; without compare all of them. */
export const currentRows = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row.period !== "previous");

/** The rows of the compared period; none without compare. */
export const previousRows = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => row.period === "previous");

export const columnOf = (entry: CatalogueEntry, name: string): CatalogueColumn =>
  entry.columns.find((column) => column.name === name) ?? { name, unit: "text", meaning: name, isNullable: true };

const valueWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  period: { current: "Current", previous: "Compared" },
  segment: { purchaser: "Buyers", non_purchaser: "Others" },
  traffic: { people: "people only" },
  reason: { robot: "Known robot", rate: "Too many events", staff: "Staff", test: "Test" },
  event_type: {
    view: "View",
    click: "Click",
    search: "Search",
    cart_add: "Add to cart",
    cart_remove: "Remove from cart",
    wishlist_add: "Add to wishlist",
    wishlist_remove: "Remove from wishlist",
    checkout_start: "Start checkout",
    purchase: "Purchase",
    refund: "Refund",
    review: "Review",
  },
  violation: {
    unplanned_event: "Event not planned",
    unplanned_property: "Property not planned",
    missing_property: "Property missing",
    wrong_type: "Wrong type",
    value_not_allowed: "Value not allowed",
  },
  alert: { out_of_stock: "Out of stock", reorder: "Reorder", overstock: "Overstock", not_selling: "Not selling" },
  demand_pattern: { smooth: "Smooth", erratic: "Erratic", intermittent: "Intermittent", lumpy: "Lumpy" },
};

const countryNames = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");

/**
 * A value in words: values of closed lists, ISO codes of countries, channels named like identifiers, and category paths.
 * Every other value stays as it is, in every other column.
 */
export function valueText(column: string | undefined, value: string): string {
  if (column === "country" && /^[A-Z]{2}$/.test(value)) return countryNames.of(value) ?? value;
  if (/^(channel|main_channel|breakdown)$/.test(column ?? "") && /^[a-z]+([ _][a-z]+)*$/.test(value))
    return sentenceCase(value);
  if (/^(category|main_category)$/.test(column ?? "") && /^[a-z0-9_]+(\.[a-z0-9_]+)*$/.test(value)) {
    return sentenceCase(value).replaceAll(".", " › ");
  }
  const known =
    column === "step_name" || column === "next_step_name" ? valueWords.event_type : valueWords[column ?? ""];
  return known?.[value] ?? value;
}

/** True for the stand-ins analyses write where the source names nothing; no filter finds them. */
export const isUnnamed = (value: string): boolean => /^\(.*\)$/.test(value);

/** True for amounts of which shares can be taken: not for rates, durations, means, medians and what several steps lose. */
export const isAdditive = (column: Pick<CatalogueColumn, "name" | "unit">): boolean =>
  (column.unit === "money" || column.unit === "count" || column.unit === "bytes") &&
  !/^(mean|median|average|min|max|lost)/.test(column.name);

const words: Readonly<Record<string, string>> = {
  rfm_code: "RFM code",
  rfm_segment: "Segment",
  r_score: "R",
  f_score: "F",
  m_score: "M",
  p25: "25th percentile",
  p75: "75th percentile",
  clv_minor: "CLV",
  cac_minor: "CAC",
  roas_rate: "ROAS",
  average_order_value_minor: "Average order value",
  net_revenue_ma3_minor: "3-period average",
  conversion_rate_lower: "Lower bound",
  month_index: "Month",
  limit: "Top",
  monetary_minor: "Monetary value",
  mean_monetary_minor: "Mean monetary value",
  cohort_month: "Cohort",
  entity_count: "Count",
  window_hours: "Window (hours)",
  lookback_days: "Days back",
  click_count: "Clicks",
  stored_bytes: "Stored size",
  raw_bytes: "Raw size",
};
const suffixes = /_(minor|count|rate|on|at|month|seconds|days|bytes)$/;

/** A column's name in words: the unit's suffix falls away, since the formatted value shows the unit. */
export function labelOf(name: string): string {
  const known = words[name];
  if (known !== undefined) return known;
  const bare = name === "month" ? name : name.replace(suffixes, "");
  const kept = name.endsWith("_count") ? pluralOf(bare) : name.endsWith("_rate") ? `${bare}_rate` : bare;
  const spaced = kept.replaceAll("_", " ").replace(/ (share|conversion) rate$/, " $1");
  const sentence = spaced.charAt(0).toUpperCase() + spaced.slice(1);
  return sentence.replace(/ id$/, " ID");
}

const countable =
  /(order|customer|unit|event|visitor|session|purchase|product|view|cart|entity|row|path|line|pair|item|review|return|rule|reject|duplicate|batch)$/;

/** The plural of things one counts; participles and adjectives ("loaded", "distinct") stay as they are. */
function pluralOf(noun: string): string {
  if (!countable.test(noun)) return noun;
  if (noun.endsWith("y")) return `${noun.slice(0, -1)}ies`;
  return /(s|sh|ch|x)$/.test(noun) ? `${noun}es` : `${noun}s`;
}
