/** Turns a view into the query string of one analysis: only the parameters the analysis declares are sent. */
import type { CatalogueEntry } from "./catalogue-types.ts";
import { addDays } from "./format-dates.ts";
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
    if (entry.filters.includes(name)) for (const value of view.filters[name]) search.append(name, value);
  }
  const set: ExtraParams = { ...extra, ...view.controls[entry.name] };
  for (const param of entry.params) {
    const value = set[param.name];
    if (value === undefined) continue;
    for (const one of typeof value === "string" ? [value] : value) search.append(param.name, one);
  }
  return search;
}
