/** A leaderboard's inline bars: how far each reaches, and how much of it is sure. Lengths are shares of the widest bar. */
import type { ChartOf, Row } from "../catalogue-types.ts";
import { currentRows, numberOf, previousRows, textOf } from "../values.ts";

export interface LeaderboardLine {
  readonly row: Row;
  readonly label: string;
  readonly value: number | null;
  /** 0 to 1 of the widest bar; 0 for unknown and negative values. */
  readonly length: number;
  /** Length up to the lower end of the interval; null when the analysis gives none. */
  readonly sureLength: number | null;
  readonly lower: number | null;
  /** The value in the compared period, matched by the row's id; null when absent then. */
  readonly before: number | null;
}

const keyOf = (row: Row, label: string): string =>
  textOf(row.product_id ?? row.customer_id ?? null) ?? textOf(row[label]) ?? "";

export function leaderboardLines(chart: ChartOf<"leaderboard">, rows: readonly Row[]): readonly LeaderboardLine[] {
  const current = currentRows(rows);
  const widest = Math.max(0, ...current.map((row) => numberOf(row[chart.value]) ?? 0));
  const share = (value: number | null): number =>
    value === null || widest === 0 ? 0 : Math.max(0, Math.min(1, value / widest));
  const earlier = new Map(previousRows(rows).map((row) => [keyOf(row, chart.label), numberOf(row[chart.value])]));
  return current.map((row) => {
    const value = numberOf(row[chart.value]);
    const lower = chart.lower === undefined ? null : numberOf(row[chart.lower]);
    return {
      row,
      label: textOf(row[chart.label]) ?? "–",
      value,
      length: share(value),
      sureLength: lower === null ? null : share(lower),
      lower,
      before: earlier.get(keyOf(row, chart.label)) ?? null,
    };
  });
}
