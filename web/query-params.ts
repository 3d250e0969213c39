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

const lengths: Readonly<Record<string, number>> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 91,
  year: 365,
  fiscal_quarter: 92,
  fiscal_year: 366,
};

/** Periods a card needs for a course to show, and more than which it turns into a thicket. */
const fewest = 4;
const most = 120;

/**
 * The grain a card is drawn in: the reader's choice, else the declared default, made finer while the period holds fewer
 * than four of it and coarser while it holds more than 120. Null for analyses without a grain.
 */
export function grainFor(entry: CatalogueEntry, view: ViewState, coverage: Coverage | null): string | null {
  const param = entry.params.find((one) => one.name === "grain");
  if (!param || typeof param.default !== "string") return null;
  const given = view.controls[entry.name]?.grain;
  if (typeof given === "string") return given;
  if (!coverage || !entry.hasPeriod) return param.default;
  const { from, to } = periodDays(view.period, coverage);
  const days = daysBetween(from, to) + 1;
  const periods = (grain: string): number => days / (lengths[grain] ?? 1);
  const fineToCoarse = (param.schema.enum ?? []).toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0));
  let place = fineToCoarse.indexOf(param.default);
  while (place > 0 && periods(fineToCoarse[place] ?? "") < fewest) place -= 1;
  while (place < fineToCoarse.length - 1 && periods(fineToCoarse[place] ?? "") > most) place += 1;
  return fineToCoarse[place] ?? param.default;
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

/** Rows a card asks for when the analysis would answer with all there are. */
const enough = 1000;

/** What a card sends for a parameter nobody set: nothing, except a limit where the declared one is no limit at all. */
export function cardDefault(param: CatalogueParam): string | null {
  const isUnlimited = param.name === "limit" && typeof param.default === "number" && param.default > enough;
  return isUnlimited ? String(enough) : null;
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
    if (compared) {
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
    const given = set[param.name] ?? cardDefault(param);
    if (given === null) continue;
    const value = typeof given === "string" ? held(param, given) : given;
    for (const one of typeof value === "string" ? [value] : listed(value)) search.append(param.name, one);
  }
  return search;
}
