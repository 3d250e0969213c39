/** Turns a view into the query string of one analysis: only the parameters the analysis declares are sent. */
import type { CatalogueEntry, CatalogueParam } from "./catalogue-types.ts";
import { addDays, daysBetween } from "./format-dates.ts";
import {
  type Coverage,
  comparedDays,
  effectiveCompare,
  filterNames,
  periodDays,
  type ViewState,
} from "./view-state.ts";

export type ExtraParams = Readonly<Record<string, string | readonly string[]>>;

/** Whether the card's rows carry a compared period under this view. */
export const isCompared = (entry: CatalogueEntry, view: ViewState): boolean =>
  entry.hasPeriod && effectiveCompare(view) !== "none";

const lengths: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/**
 * The grain a card is drawn in: the reader's choice, else the declared default, made finer while the period holds fewer
 * than three of it. Null for analyses without a grain.
 */
export function grainFor(entry: CatalogueEntry, view: ViewState, coverage: Coverage | null): string | null {
  const param = entry.params.find((one) => one.name === "grain");
  if (!param || typeof param.default !== "string") return null;
  const given = view.controls[entry.name]?.grain;
  if (typeof given === "string") return given;
  if (!coverage || !entry.hasPeriod) return param.default;
  const { from, to } = periodDays(view.period, coverage);
  const days = daysBetween(from, to) + 1;
  const offered = (param.schema.enum ?? []).toSorted((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const allowed = offered.slice(Math.max(0, offered.indexOf(param.default)));
  return allowed.find((grain) => days >= 3 * (lengths[grain] ?? 1)) ?? allowed.at(-1) ?? param.default;
}

/** A whole number held to the largest the parameter takes, so that a card may ask for "as many as there are". */
function held({ kind, schema }: CatalogueParam, given: string): string {
  const isTooLarge = kind === "integer" && schema.maximum !== undefined && Number(given) > schema.maximum;
  return isTooLarge ? String(schema.maximum) : given;
}

/** A single value with a comma is sent twice: only repeated keys keep their commas. */
function listed(values: readonly string[]): readonly string[] {
  const [only] = values;
  return values.length === 1 && only?.includes(",") ? [only, only] : values;
}

/** Lists are sent as repeated keys, so that a value may hold a comma. */
export function analysisParams(
  entry: CatalogueEntry,
  view: ViewState,
  coverage: Coverage,
  extra: ExtraParams = {},
): URLSearchParams {
  const search = new URLSearchParams();
  if (entry.hasPeriod) {
    const { from, to } = periodDays(view.period, coverage);
    search.set("period_start", from);
    search.set("period_end", addDays(to, 1));
    const mode = effectiveCompare(view);
    const compared = comparedDays(view, coverage);
    if (mode !== "none" && compared) {
      search.set("compare", mode);
      if (mode === "custom") {
        search.set("compare_start", compared.from);
        search.set("compare_end", addDays(compared.to, 1));
      }
    }
  }
  for (const name of filterNames) {
    if (entry.filters.includes(name)) for (const value of listed(view.filters[name])) search.append(name, value);
  }
  const grain = grainFor(entry, view, coverage);
  const set: ExtraParams = { ...(grain ? { grain } : {}), ...view.controls[entry.name], ...extra };
  for (const param of entry.params) {
    const given = set[param.name];
    if (given === undefined) continue;
    const value = typeof given === "string" ? held(param, given) : given;
    for (const one of typeof value === "string" ? [value] : listed(value)) search.append(param.name, one);
  }
  return search;
}
