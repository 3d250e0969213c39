/** How a figure moved between two periods, in words, with whether that is good. */
import type { CatalogueColumn } from "./catalogue-types.ts";
import type { Format } from "./format.ts";

export interface Change {
  readonly direction: "up" | "down" | "same" | "unknown";
  /** Rising refunds are worse; a figure without a good side is neutral. */
  readonly verdict: "better" | "worse" | "neutral";
  /** "+8.2 % (£93.1 k)", "−0.4 points", "no figure before". */
  readonly text: string;
  /** The same for a screen reader: "up 8.2 %". */
  readonly spoken: string;
}

const lowerIsBetter = /refund|abandon|missing|reject|churn|recency|cac|duplicate/;

/** The change from `before` to `now`; rates move in points, everything else in per cent with the amount in brackets. */
export function changeOf(
  column: Pick<CatalogueColumn, "name" | "unit">,
  now: number | null,
  before: number | null,
  format: Format,
): Change {
  if (now === null || before === null) {
    return { direction: "unknown", verdict: "neutral", text: "no figure before", spoken: "nothing to compare with" };
  }
  const difference = now - before;
  if (difference === 0) return { direction: "same", verdict: "neutral", text: "unchanged", spoken: "unchanged" };
  const direction = difference > 0 ? "up" : "down";
  const isGood = lowerIsBetter.test(column.name) ? difference < 0 : difference > 0;
  const verdict = isGood ? "better" : "worse";
  if (column.unit === "rate") {
    const points = format.rate(Math.abs(difference)).replace("%", "points");
    return { direction, verdict, text: `${difference > 0 ? "+" : "−"}${points}`, spoken: `${direction} ${points}` };
  }
  const amount = format.short(column, Math.abs(difference));
  if (before === 0) return { direction, verdict, text: `from 0 (${amount})`, spoken: `${direction} from zero` };
  const relative = format.percentChange(difference / Math.abs(before));
  return {
    direction,
    verdict,
    text: `${relative} (${amount})`,
    spoken: `${direction} ${relative.replace(/^[+−]/, "")}`,
  };
}
