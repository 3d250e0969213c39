/** What the Qini curve says, in words. */
import type { Row } from "../catalogue-types.ts";
import type { ChartContext } from "../charts/drawing.ts";
import { currentRows, numberOf } from "../values.ts";

const perHundred = (rate: number): number => Math.round(rate * 1000) / 10;

/** What treating everyone adds, where the curve is highest, and whether the ranking is better than a random one. */
export function upliftSentence(rows: readonly Row[], { format }: Pick<ChartContext, "format">): string {
  const curve = currentRows(rows);
  const last = curve.at(-1);
  const whole = numberOf(last?.gain_rate);
  const [area, lower, upper] = [last?.qini_area, last?.qini_lower, last?.qini_upper].map(numberOf);
  if (!last || whole === null || area == null || lower == null || upper == null) return "";
  const effect = `Treating everyone ${whole >= 0 ? "adds" : "costs"} ${format.count(perHundred(Math.abs(whole)))} orders for every 100 people`;
  const range = `Qini area ${format.number(area)}, ${format.number(lower)} to ${format.number(upper)}`;
  if (lower <= 0) return `${effect}. Who gains more cannot be told from chance (${range}): treat all or none.`;
  const gainOf = (row: Row): number => numberOf(row.gain_rate) ?? 0;
  const best = curve.reduce((high, row) => (gainOf(row) > gainOf(high) ? row : high), last);
  const share = format.rate(numberOf(best.top_rate));
  const most =
    best === last ? "" : `; treating only the best-ranked ${share} adds ${format.count(perHundred(gainOf(best)))}`;
  return `${effect}${most}. The ranking is better than a random one (${range}).`;
}
