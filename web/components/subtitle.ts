/** What a card's figures are over: period, comparison, grain, and filters that cannot apply. */
import type { CatalogueEntry } from "../catalogue-types.ts";
import { rangeText } from "../format-dates.ts";
import { grainFor } from "../query-params.ts";
import type { Workspace } from "../shell/workspace.tsx";
import { comparedDays, comparisonCaveat, filterNames, periodDays, type ViewState } from "../view-state.ts";

/** `isComparable` is false for charts that draw the asked period alone. */
export function subtitleOf(
  entry: CatalogueEntry,
  view: ViewState,
  { coverage }: Pick<Workspace, "coverage">,
  isComparable = true,
): string {
  const drawn = grainFor(entry, view, coverage);
  const by = (
    drawn
      ? entry.grain.replace(
          /(period|day, week,? (month, quarter or year|or month)|day or week)/,
          drawn.replace("_", " "),
        )
      : entry.grain
  ).replace(/^one row (per|for each|for the|for|of) /, "by ");
  const short = (by.split(",")[0] ?? by).replace(/ that [a-z ]+$/, "");
  const grain = short.charAt(0).toUpperCase() + short.slice(1);
  if (!entry.hasPeriod || !coverage) return grain;
  const { from, to } = periodDays(view.period, coverage);
  const compared = isComparable ? comparedDays(view, coverage) : null;
  const caveat = isComparable ? comparisonCaveat(view, coverage) : "";
  const ignored = filterNames.filter((name) => view.filters[name].length > 0 && !entry.filters.includes(name));
  const parts = [
    `${rangeText(from, to)}${/^by (whole )?period$/.test(short) ? "" : `, ${short}`}`,
    ...(compared ? [`compared with ${rangeText(compared.from, compared.to)}`] : []),
    ...(caveat ? [caveat] : []),
    ...(ignored.length > 0 ? [`not narrowed by ${ignored.join(" and ")}`] : []),
  ];
  return parts.join("; ");
}
