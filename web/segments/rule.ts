/** Rules of segments as the dashboard handles them: what each kind of condition asks for, and a rule in words. */
import type { Format } from "../format.ts";
import { labelOf, valueText } from "../values.ts";

export type FieldValue = string | number | readonly string[] | readonly number[];
/** A condition: its kind and the fields that are set. */
export interface Condition {
  readonly kind: string;
  readonly [field: string]: FieldValue;
}
export type Rule =
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule }
  | Condition;

export interface Segment {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly rule: Rule;
  readonly version: number;
  readonly saved_at: string | null;
  readonly saved_by: string | null;
}

export interface SegmentSize {
  readonly as_of: string;
  readonly customer_count: number;
  readonly customer_share_rate: number | null;
}

export const isCondition = (rule: Rule): rule is Condition => "kind" in rule;

/** How one field of a condition is entered. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly input: "count" | "money" | "number" | "day" | "month" | "texts" | "choice" | "choices" | "scores";
  readonly options?: readonly string[];
  /** The filter whose values are offered. */
  readonly values?: "category" | "brand" | "channel" | "country";
}

const eventTypes = [
  "view",
  "search",
  "cart_add",
  "cart_remove",
  "wishlist_add",
  "checkout_start",
  "purchase",
  "refund",
  "review",
  "click",
];
const segmentNames = ["Champions", "Can't Lose Them", "New", "Loyal", "Hibernating", "Lost", "Regular"];
const scores = ["1", "2", "3", "4", "5"];

const counted: readonly Field[] = [
  { name: "min_count", label: "At least", input: "count" },
  { name: "max_count", label: "At most", input: "count" },
  { name: "last_days", label: "In the last days", input: "count" },
  { name: "from", label: "From", input: "day" },
  { name: "to", label: "Before", input: "day" },
  { name: "category", label: "Category", input: "texts", values: "category" },
  { name: "brand", label: "Brand", input: "texts", values: "brand" },
  { name: "product_id", label: "Product id", input: "texts" },
  { name: "channel", label: "Channel", input: "texts", values: "channel" },
];

/** The kinds of condition, with the fields of each. */
export const kinds: Readonly<Record<string, { readonly label: string; readonly fields: readonly Field[] }>> = {
  orders: {
    label: "Orders",
    fields: [
      ...counted,
      { name: "min_revenue_minor", label: "Net revenue from", input: "money" },
      { name: "max_revenue_minor", label: "Net revenue to", input: "money" },
      { name: "first_from", label: "First order from", input: "day" },
      { name: "first_to", label: "First order before", input: "day" },
      { name: "last_from", label: "Last order from", input: "day" },
      { name: "last_to", label: "Last order before", input: "day" },
    ],
  },
  events: {
    label: "Events",
    fields: [{ name: "event_type", label: "Kind", input: "choice", options: eventTypes }, ...counted],
  },
  rfm: {
    label: "RFM",
    fields: [
      { name: "rfm_segment", label: "Segment", input: "choices", options: segmentNames },
      { name: "r_score", label: "Recency score", input: "scores", options: scores },
      { name: "f_score", label: "Frequency score", input: "scores", options: scores },
      { name: "m_score", label: "Monetary score", input: "scores", options: scores },
    ],
  },
  tier: {
    label: "Value tier",
    fields: [{ name: "tier", label: "Tier", input: "choices", options: ["Bronze", "Silver", "Gold", "Platinum"] }],
  },
  cohort: { label: "First order in", fields: [{ name: "month", label: "Months", input: "month" }] },
  country: { label: "Country", fields: [{ name: "country", label: "Country", input: "texts", values: "country" }] },
  score: {
    label: "Score of a model",
    fields: [
      { name: "model", label: "Model", input: "choice", options: ["propensity", "churn", "clv", "uplift"] },
      { name: "min_score", label: "From", input: "number" },
      { name: "max_score", label: "To", input: "number" },
    ],
  },
  cluster: {
    label: "Cluster",
    fields: [{ name: "cluster", label: "Numbers", input: "scores", options: ["1", "2", "3", "4", "5", "6", "7", "8"] }],
  },
};

/** A condition of a kind as it is first offered: what it needs is filled in. */
export function newCondition(kind: string): Condition {
  const preset: Readonly<Record<string, Readonly<Record<string, FieldValue>>>> = {
    orders: { min_count: 1 },
    events: { event_type: "view", min_count: 1 },
    rfm: { rfm_segment: ["Champions"] },
    tier: { tier: ["Platinum"] },
    cohort: { month: [] },
    country: { country: [] },
    score: { model: "churn", min_score: 0.5 },
    cluster: { cluster: [1] },
  };
  return { kind, ...preset[kind] };
}

const listed = (column: string, value: FieldValue): string =>
  (Array.isArray(value) ? (value as readonly (string | number)[]) : [value as string | number])
    .map((one) => valueText(column, String(one)))
    .join(" or ");

function fieldWords(name: string, value: FieldValue, format: Format): string {
  switch (name) {
    case "min_count":
      return `at least ${format.count(Number(value))}`;
    case "max_count":
      return value === 0 ? "none" : `at most ${format.count(Number(value))}`;
    case "last_days":
      return `in the last ${format.count(Number(value))} days`;
    case "min_revenue_minor":
      return `net revenue from ${format.moneyShort(Number(value))}`;
    case "max_revenue_minor":
      return `net revenue to ${format.moneyShort(Number(value))}`;
    case "from":
      return `from ${format.day(String(value))}`;
    case "to":
      return `before ${format.day(String(value))}`;
    case "month":
      return (value as readonly string[]).map((one) => one.slice(0, 7)).join(" or ");
    case "event_type":
    case "country":
    case "rfm_segment":
    case "tier":
    case "model":
      return listed(name, value);
    case "r_score":
    case "f_score":
    case "m_score":
      return `${{ r_score: "recency", f_score: "frequency", m_score: "monetary" }[name]} score ${listed(name, value)}`;
    default:
      return `${labelOf(name).toLowerCase()} ${listed(name, value)}`;
  }
}

/** The rule as a phrase: "orders: at least 2, in the last 90 days; and country: France". */
export function ruleWords(rule: Rule, format: Format): string {
  if ("all" in rule && Array.isArray(rule.all))
    return rule.all.map((part: Rule) => within(part, format)).join("; and ");
  if ("any" in rule && Array.isArray(rule.any)) return rule.any.map((part: Rule) => within(part, format)).join("; or ");
  if ("not" in rule) return `not (${ruleWords(rule.not as Rule, format)})`;
  const { kind, ...fields } = rule as Condition;
  const words = Object.entries(fields).map(([name, value]) => fieldWords(name, value as FieldValue, format));
  return `${(kinds[kind]?.label ?? kind).toLowerCase()}: ${words.join(", ") || "any"}`;
}

const within = (rule: Rule, format: Format): string =>
  isCondition(rule) || "not" in rule ? ruleWords(rule, format) : `(${ruleWords(rule, format)})`;
