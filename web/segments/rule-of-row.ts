/** The customers behind a point of a chart, as a rule; null where no rule says exactly who they are. */
import type { CatalogueEntry, Row } from "../catalogue-types.ts";
import { addDays, addMonths } from "../format-dates.ts";
import { isUnnamed, numberOf, textOf } from "../values.ts";
import { type Coverage, periodDays, type ViewState } from "../view-state.ts";
import type { Condition, FieldValue, Rule } from "./rule.ts";

interface Where {
  readonly coverage: Coverage | null;
  /** Length of the periods of the answer; null where it has none. */
  readonly grain: string | null;
}

/** Columns that name what was ordered, and the field of an order condition that says the same. */
const orderedBy = ["category", "brand", "product_id", "channel"] as const;

/** Controls that do not change who is counted. */
const harmless: ReadonlySet<string> = new Set(["show", "limit", "sort"]);

const isNarrowed = (view: ViewState): boolean =>
  Object.values(view.filters).some((values) => values.length > 0) ||
  view.period.kind !== "preset" ||
  view.period.preset !== "all";

/** The period and the product filters of the page as fields of a condition. */
function pageFields(view: ViewState, coverage: Coverage | null): Readonly<Record<string, FieldValue>> {
  const isWhole = view.period.kind === "preset" && view.period.preset === "all";
  const days = coverage && !isWhole ? periodDays(view.period, coverage) : null;
  const filters = (["category", "brand", "channel"] as const).filter((name) => view.filters[name].length > 0);
  return {
    ...(days ? { from: days.from, to: addDays(days.to, 1) } : {}),
    ...Object.fromEntries(filters.map((name) => [name, view.filters[name]])),
  };
}

function cohortRule(row: Row): Rule | null {
  const cohort = textOf(row.cohort_month);
  const index = numberOf(row.month_index);
  if (cohort === null || index === null) return null;
  const joined: Condition = { kind: "cohort", month: [cohort] };
  if (index === 0) return joined;
  const from = addMonths(cohort, index);
  return { all: [joined, { kind: "orders", from, to: addMonths(from, 1) }] };
}

export function ruleOfRow(entry: CatalogueEntry, row: Row, view: ViewState, { coverage, grain }: Where): Rule | null {
  // A rule cannot name another segment.
  if (view.filters.segment.length > 0) return null;
  const isPlain = !isNarrowed(view) && Object.keys(view.controls[entry.name] ?? {}).every((name) => harmless.has(name));
  const scored = numberOf(row.r_score);
  const frequent = numberOf(row.f_score);
  if (scored !== null && frequent !== null)
    return isPlain ? { kind: "rfm", r_score: [scored], f_score: [frequent] } : null;
  const segment = textOf(row.rfm_segment);
  if (segment !== null) return isPlain ? { kind: "rfm", rfm_segment: [segment] } : null;
  const tier = textOf(row.tier);
  if (tier !== null) return isPlain ? { kind: "tier", tier: [tier] } : null;
  if (entry.name === "cohort-retention") return isPlain && grain === "month" ? cohortRule(row) : null;

  const countries: readonly Rule[] =
    view.filters.country.length > 0 ? [{ kind: "country", country: view.filters.country }] : [];
  const both = (rule: Rule): Rule => (countries.length === 0 ? rule : { all: [rule, ...countries] });
  const fields = pageFields(view, coverage);
  const step = textOf(row.step_name);
  if (step !== null) {
    const next = textOf(row.next_step_name);
    const here: Condition = { kind: "events", event_type: step, ...fields };
    if (next === null) return both(here);
    return { all: [here, { kind: "events", event_type: next, max_count: 0, ...fields }, ...countries] };
  }
  const country = textOf(row.country);
  if (country !== null && !isUnnamed(country))
    return {
      all: [
        { kind: "orders", ...fields },
        { kind: "country", country: [country] },
      ],
    };
  const named = orderedBy.find((name) => textOf(row[name]) !== null);
  const value = named ? textOf(row[named]) : null;
  if (!named || value === null || isUnnamed(value)) return null;
  return both({ kind: "orders", ...fields, [named]: [value] });
}
