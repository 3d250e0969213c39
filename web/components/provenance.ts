/** From what a page, a card or a picture was made, so that it can be made again to the same number. */
import { rangeText } from "../format-dates.ts";
import type { Workspace } from "../shell/workspace.tsx";
import { comparedDays, filterNames, periodDays, type ViewState } from "../view-state.ts";

/** A line a fact: shop, period, filters, data, program, address. */
export function provenance(
  view: ViewState,
  { shop, coverage, format }: Pick<Workspace, "shop" | "coverage" | "format">,
  address: string,
): readonly string[] {
  const days = coverage ? periodDays(view.period, coverage) : null;
  const compared = coverage ? comparedDays(view, coverage) : null;
  const filters = filterNames.flatMap((name) =>
    view.filters[name].length > 0 ? [`${name} ${view.filters[name].join(" or ")}`] : [],
  );
  return [
    `${shop.name}, ${shop.currency}, days in ${shop.time_zone}`,
    days
      ? `Period ${rangeText(days.from, days.to)}${compared ? `, compared with ${rangeText(compared.from, compared.to)}` : ""}`
      : "No data yet",
    filters.length > 0 ? `Only ${filters.join("; ")}` : "No filters",
    `Data version ${shop.data_version}${shop.refreshed_at ? `, of ${format.instant(shop.refreshed_at)}` : ""}; Cartwright ${shop.version}`,
    address,
  ];
}
