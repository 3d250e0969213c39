/** What offers brought, in words. */
import type { Row } from "../catalogue-types.ts";
import type { ChartContext } from "../charts/drawing.ts";
import { currentRows, isUnnamed, numberOf, sumOf } from "../values.ts";

const revenueOf = (row: Row): number => numberOf(row.net_revenue_minor) ?? 0;

/** The revenue that followed a click on an offer, its share of all, and which offers brought most of it. */
export function offersSentence(rows: readonly Row[], { format }: Pick<ChartContext, "format">): string {
  const current = currentRows(rows);
  const offers = current.filter((row) => !isUnnamed(String(row.place)));
  const [most] = offers.toSorted((a, b) => revenueOf(b) - revenueOf(a));
  if (!most) return "";
  const credited = sumOf(offers, "net_revenue_minor") ?? 0;
  const all = sumOf(current, "net_revenue_minor") ?? 0;
  const share = all > 0 ? `, ${format.rate(credited / all)} of net revenue` : "";
  return `${format.money(credited)} followed a click on an offer${share}; most of it on ${most.place} (${most.source}), ${format.money(revenueOf(most))}.`;
}
