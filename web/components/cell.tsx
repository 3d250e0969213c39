import type { CatalogueColumn, Row, Value } from "../catalogue-types.ts";
import { useView } from "../shell/workspace.tsx";
import { isUnnamed, textOf, valueText } from "../values.ts";
import { type FilterName, isRowFilter, toggleFilter } from "../view-state.ts";

const numeric: ReadonlySet<string> = new Set(["count", "money", "rate", "number", "seconds", "days", "years", "bytes"]);

export const isNumeric = (column: Pick<CatalogueColumn, "unit">): boolean => numeric.has(column.unit);

/** A value that narrows the page to itself when clicked. */
export function FilterValue({ name, value }: { name: FilterName; value: string }) {
  const [view, setView] = useView();
  const isSet = view.filters[name].includes(value);
  return (
    <button
      type="button"
      className="value-button"
      title={isSet ? `Remove filter ${name}: ${value}` : `Only ${name}: ${value}`}
      aria-pressed={isSet}
      onClick={() => setView((now) => toggleFilter(now, name, value))}
    >
      {valueText(name, value) || "(empty)"}
    </button>
  );
}

interface CellProps {
  readonly column: CatalogueColumn;
  readonly row: Row;
  readonly filters: readonly string[];
  readonly write: (value: Value) => string;
}

/** One cell of a table, formatted by its column; names the page can be narrowed to are buttons. */
export function Cell({ column, row, filters, write }: CellProps) {
  const value: Value = row[column.name] ?? null;
  const text = textOf(value);
  if (text !== null && !isUnnamed(text) && isRowFilter(column.name) && filters.includes(column.name)) {
    return <FilterValue name={column.name} value={text} />;
  }
  return <>{write(value)}</>;
}
