/** Figure tiles: label, figure, change against the compared period, and the daily course as a small line. */
import type { CatalogueEntry, ChartOf, Row } from "../catalogue-types.ts";
import { type Change, changeOf } from "../change.ts";
import type { Format } from "../format.ts";
import { columnOf, currentRows, labelOf, numberOf, previousRows } from "../values.ts";

export interface Tile {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  /** To glance at, and in full. */
  readonly figure: string;
  readonly exact: string;
  /** Null without a compared period. */
  readonly change: Change | null;
  /** Daily values for the small line; empty when no daily analysis carries the column. */
  readonly course: readonly (number | null)[];
}

const aboutVisits = /session|visitor|event/;

/** Daily values of a column; the average order value is divided out of its two parts, never averaged. */
function courseOf(name: string, days: readonly Row[]): readonly (number | null)[] {
  if (days.length < 2) return [];
  if (days.some((row) => row[name] !== undefined)) return days.map((row) => numberOf(row[name]));
  if (name !== "average_order_value_minor") return [];
  return days.map((row) => {
    const [revenue, orders] = [numberOf(row.net_revenue_minor), numberOf(row.order_count)];
    return revenue === null || !orders ? null : revenue / orders;
  });
}

/** Tiles in the declared order; figures about visits are left out of shops that record none. */
export function tilesOf(
  chart: ChartOf<"tiles">,
  entry: CatalogueEntry,
  rows: readonly Row[],
  daily: readonly Row[],
  format: Format,
  hasSessions: boolean,
): readonly Tile[] {
  const [now] = currentRows(rows);
  const [before] = previousRows(rows);
  const days = currentRows(daily);
  return chart.tiles
    .filter((name) => hasSessions || !aboutVisits.test(name))
    .map((name) => {
      const column = columnOf(entry, name);
      const value = now?.[name] ?? null;
      return {
        name,
        label: labelOf(name),
        meaning: column.meaning,
        figure: format.short(column, value),
        exact: format.value(column, value),
        change: before ? changeOf(column, numberOf(value), numberOf(before[name]), format) : null,
        course: courseOf(name, days),
      };
    });
}
