import type { Place } from "../api.ts";
import { rangeText } from "../format-dates.ts";
import { pageOf } from "../pages/registry.ts";
import { valueText } from "../values.ts";
import { filterNames, type PeriodPreset, readView, type ViewState } from "../view-state.ts";

const periodWords: Readonly<Record<PeriodPreset, string>> = {
  all: "all days",
  "7d": "last 7 days",
  "30d": "last 30 days",
  "90d": "last 90 days",
  month: "this month",
  last_month: "last month",
  year: "this year",
  "12m": "last 12 months",
};

/** The period of a view in words: "last 30 days". */
export const periodText = ({ period }: ViewState): string =>
  period.kind === "days" ? rangeText(period.from, period.to) : periodWords[period.preset];

/** What a view is narrowed to, value by value. */
export const filterTexts = ({ filters }: ViewState): readonly string[] =>
  filterNames.flatMap((name) => filters[name].map((value) => valueText(name, value)));

/** A place in a few words: "Sales, last 30 days, France". */
export function placeWords({ page, search }: Place): string {
  const view = readView(new URLSearchParams(search));
  return [pageOf(page)?.label ?? page, periodText(view), ...filterTexts(view)].join(", ");
}
