/** What the toggle of traffic leaves out, in words. */
import type { Row } from "../catalogue-types.ts";
import type { Format } from "../format.ts";
import { currentRows, numberOf, sumOf, textOf } from "../values.ts";

/** Sum of a column that stands on each of a day's rows. */
function sumOfDays(rows: readonly Row[], name: string): number {
  const days = new Map(rows.map((row) => [textOf(row.day_on), numberOf(row[name]) ?? 0]));
  return [...days.values()].reduce((sum, value) => sum + value, 0);
}

/** "1.8 % of events and 0.2 % of revenue left out", from the rows of traffic-quality; empty while they are on their way. */
export function leftOutWords(rows: readonly Row[] | null, format: Pick<Format, "rate">): string {
  if (!rows) return "";
  const current = currentRows(rows);
  const shareOf = (part: string): number | null => {
    const all = sumOfDays(current, `all_${part}`);
    return all === 0 ? null : (sumOf(current, part) ?? 0) / all;
  };
  const isFlagged = ["event_count", "session_count", "order_count", "gross_revenue_minor"].some(
    (part) => (sumOf(current, part) ?? 0) !== 0,
  );
  if (!isFlagged) return "Nothing is flagged, so nothing is left out";
  const shares = [
    ["event_count", "events"],
    ["gross_revenue_minor", "revenue"],
  ] as const;
  const parts = shares.flatMap(([part, word]) => {
    const share = shareOf(part);
    return share === null ? [] : [`${format.rate(share)} of ${word}`];
  });
  return `Left out: ${parts.join(", ")}`;
}
