/**
 * What a reader looks at, kept whole in the address: period, compare, filters and each card's controls. Any view can be
 * bookmarked, sent to a colleague and stepped back from. Only the colour theme is a matter of the reader's machine.
 */
import { addDays, addMonths, calendarOf, daysBetween, rangeText } from "./format-dates.ts";

/** Filters by values that can be listed. */
export const valueFilterNames = ["category", "brand", "channel", "country", "segment"] as const;
export type ValueFilterName = (typeof valueFilterNames)[number];

/** `traffic` is `people`, or not set. */
export const filterNames = [...valueFilterNames, "traffic"] as const;
export type FilterName = (typeof filterNames)[number];

/** Filters whose values stand in rows, to be clicked; a column `segment` is something else than a saved segment. */
export const isRowFilter = (name: string): name is Exclude<ValueFilterName, "segment"> =>
  name !== "segment" && (valueFilterNames as readonly string[]).includes(name);

export const periodPresets = ["all", "7d", "30d", "90d", "month", "last_month", "year", "12m"] as const;
export type PeriodPreset = (typeof periodPresets)[number];

/** A named period ending with the data's last day, or two days (the last one included). */
export type Period =
  | { readonly kind: "preset"; readonly preset: PeriodPreset }
  | { readonly kind: "days"; readonly from: string; readonly to: string };

/** `auto` compares with the period before, unless the period is everything. */
export const compareModes = ["auto", "none", "previous", "year", "custom"] as const;
export type CompareMode = (typeof compareModes)[number];

export type Controls = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface ViewState {
  readonly period: Period;
  readonly compare: CompareMode;
  /** First and last day of the compared period, with compare `custom`. */
  readonly compareFrom: string | null;
  readonly compareTo: string | null;
  readonly filters: Readonly<Record<FilterName, readonly string[]>>;
  /** Parameters a reader set, by analysis. */
  readonly controls: Controls;
  /** Cards shown as tables. */
  readonly tables: readonly string[];
  /** The card opened alone, and the one being explained. */
  readonly open: string | null;
  readonly explain: string | null;
}

export const initialView: ViewState = {
  period: { kind: "preset", preset: "all" },
  compare: "auto",
  compareFrom: null,
  compareTo: null,
  filters: { category: [], brand: [], channel: [], country: [], segment: [], traffic: [] },
  controls: {},
  tables: [],
  open: null,
  explain: null,
};

const isOneOf = <T extends string>(values: readonly T[], given: string | null): given is T =>
  given !== null && (values as readonly string[]).includes(given);
const dayOrNull = (given: string | null): string | null => (given !== null && calendarOf(given) ? given : null);

function readPeriod(search: URLSearchParams): Period {
  const from = dayOrNull(search.get("from"));
  const to = dayOrNull(search.get("to"));
  if (from && to) return from <= to ? { kind: "days", from, to } : { kind: "days", from: to, to: from };
  const preset = search.get("period");
  return { kind: "preset", preset: isOneOf(periodPresets, preset) ? preset : "all" };
}

/** Reads the address; what it does not understand it leaves at the default. */
export function readView(search: URLSearchParams): ViewState {
  const compare = search.get("compare");
  const controls: Record<string, Record<string, string | readonly string[]>> = {};
  for (const key of new Set(search.keys())) {
    const [analysis, name] = key.split(".");
    if (!analysis || !name) continue;
    const given = search.getAll(key);
    controls[analysis] = { ...controls[analysis], [name]: given.length === 1 ? (given[0] ?? "") : given };
  }
  return {
    period: readPeriod(search),
    compare: isOneOf(compareModes, compare) ? compare : "auto",
    compareFrom: dayOrNull(search.get("compare_from")),
    compareTo: dayOrNull(search.get("compare_to")),
    filters: {
      category: search.getAll("category"),
      brand: search.getAll("brand"),
      channel: search.getAll("channel"),
      country: search.getAll("country"),
      segment: search.getAll("segment"),
      traffic: search.getAll("traffic").includes("people") ? ["people"] : [],
    },
    controls,
    tables: search.getAll("table"),
    open: search.get("open"),
    explain: search.get("explain"),
  };
}

/** Writes the address, leaving out everything that is at its default. */
export function writeView(view: ViewState): URLSearchParams {
  const search = new URLSearchParams();
  if (view.period.kind === "days") {
    search.set("from", view.period.from);
    search.set("to", view.period.to);
  } else if (view.period.preset !== "all") search.set("period", view.period.preset);
  if (view.compare !== "auto") search.set("compare", view.compare);
  if (view.compare === "custom" && view.compareFrom) search.set("compare_from", view.compareFrom);
  if (view.compare === "custom" && view.compareTo) search.set("compare_to", view.compareTo);
  for (const name of filterNames) for (const value of view.filters[name]) search.append(name, value);
  for (const [analysis, params] of Object.entries(view.controls)) {
    for (const [name, value] of Object.entries(params)) {
      for (const one of typeof value === "string" ? [value] : value) search.append(`${analysis}.${name}`, one);
    }
  }
  for (const name of view.tables) search.append("table", name);
  if (view.open) search.set("open", view.open);
  if (view.explain) search.set("explain", view.explain);
  return search;
}

/** The days the data covers, both included. */
export interface Coverage {
  readonly first: string;
  readonly last: string;
}

/** First and last day of the period, both included, within what the data covers. */
export function periodDays(period: Period, coverage: Coverage): { from: string; to: string } {
  if (period.kind === "days") return { from: period.from, to: period.to };
  const { first, last } = coverage;
  const held = (from: string): { from: string; to: string } => ({ from: from < first ? first : from, to: last });
  const monthStart = `${last.slice(0, 7)}-01`;
  switch (period.preset) {
    case "all":
      return { from: first, to: last };
    case "7d":
      return held(addDays(last, -6));
    case "30d":
      return held(addDays(last, -29));
    case "90d":
      return held(addDays(last, -89));
    case "month":
      return held(monthStart);
    case "last_month":
      return { from: addMonths(monthStart, -1), to: addDays(monthStart, -1) };
    case "year":
      return held(`${last.slice(0, 4)}-01-01`);
    case "12m":
      return held(addDays(addMonths(last, -12), 1));
  }
}

/** The part of the period that the data covers, both days included. */
export function coveredDays(period: Period, coverage: Coverage): Coverage {
  const { from, to } = periodDays(period, coverage);
  const later = [from, coverage.first].sort().at(-1) ?? from;
  const earlier = [to, coverage.last].sort()[0] ?? to;
  return { first: later, last: earlier };
}

/** How the period is really compared: `auto` resolved, and `custom` without days as none. */
export function effectiveCompare(view: ViewState): Exclude<CompareMode, "auto"> {
  if (view.compare === "custom") return view.compareFrom && view.compareTo ? "custom" : "none";
  if (view.compare !== "auto") return view.compare;
  return view.period.kind === "preset" && view.period.preset === "all" ? "none" : "previous";
}

function askedComparison(view: ViewState, coverage: Coverage): { from: string; to: string } | null {
  const mode = effectiveCompare(view);
  const { from, to } = periodDays(view.period, coverage);
  if (mode === "none") return null;
  if (mode === "custom") return { from: view.compareFrom ?? from, to: view.compareTo ?? to };
  if (mode === "year") return { from: addDays(from, -364), to: addDays(to, -364) };
  const length = daysBetween(from, to) + 1;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

/** Share of the days from `from` to `to` that the data covers. */
function coveredShare({ from, to }: { from: string; to: string }, coverage: Coverage): number {
  const first = from < coverage.first ? coverage.first : from;
  const last = to > coverage.last ? coverage.last : to;
  return Math.max(0, daysBetween(first, last) + 1) / (daysBetween(from, to) + 1);
}

/** Below this share a compared period would make every change look enormous. */
const leastCovered = 0.9;

/**
 * First and last day of the compared period, both included. Null without compare, and null when the data covers too little
 * of it: days before the first are unknown, not zero.
 */
export function comparedDays(view: ViewState, coverage: Coverage): { from: string; to: string } | null {
  const asked = askedComparison(view, coverage);
  return asked && coveredShare(asked, coverage) >= leastCovered ? asked : null;
}

/** What a reader must know about the compared period; empty when the data covers it whole. */
export function comparisonCaveat(view: ViewState, coverage: Coverage): string {
  const asked = askedComparison(view, coverage);
  if (!asked || coveredShare(asked, coverage) === 1) return "";
  if (comparedDays(view, coverage)) return `of which there is data from ${rangeText(coverage.first, coverage.first)}`;
  return `not compared, no data before ${rangeText(coverage.first, coverage.first)}`;
}

/** The view with one value of a filter added, or taken away when it is set. */
export function toggleFilter(view: ViewState, name: FilterName, value: string): ViewState {
  const set = view.filters[name];
  const next = set.includes(value) ? set.filter((one) => one !== value) : [...set, value];
  return { ...view, filters: { ...view.filters, [name]: next } };
}

/** The view with one parameter of one analysis set; null puts it back to its default. */
export function setControl(
  view: ViewState,
  analysis: string,
  name: string,
  value: string | readonly string[] | null,
): ViewState {
  const { [name]: _dropped, ...others } = view.controls[analysis] ?? {};
  return {
    ...view,
    controls: { ...view.controls, [analysis]: value === null ? others : { ...others, [name]: value } },
  };
}
