/** What warehouses of several engines are filled with and compared by. */
import type { ResultRow } from "../../src/analyses/run.ts";

/** Visitors late and again: a day is built anew, and an event that was there is set aside. */
export const later = `event_id,event_at,event_type,customer_id,session_id,product_id,price
late-1,2025-03-01T10:00:00Z,view,C000001,,P0001,20.00
late-2,2025-03-01T10:05:00Z,cart_add,C000001,,P0001,20.00
late-3,2025-03-01T10:06:00Z,view,C000002,late,P0002,20.00
late-4,2025-03-01T10:06:00Z,view,,,P0002,20.00
late-1,2025-03-01T10:00:00Z,view,C000001,,P0001,20.00
`;

/** Sums of floating point numbers come out in another order: they agree to nine digits. */
export function roughly(rows: readonly ResultRow[]): readonly unknown[] {
  const round = (value: unknown): unknown => {
    if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(9));
    if (Array.isArray(value)) return value.map(round);
    return value;
  };
  // When a model was trained follows the clock of the machine.
  const told = (row: ResultRow) => Object.entries(row).filter(([name]) => name !== "trained_at");
  return rows.map((row) => Object.fromEntries(told(row).map(([name, value]) => [name, round(value)])));
}
