import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  getPaginationRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo, useState } from "react";
import type { CatalogueEntry, Row, Value } from "../catalogue-types.ts";
import { shortPeriodText } from "../charts/periods.ts";
import { unknown } from "../format.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf, numberOf, textOf } from "../values.ts";
import { Cell, isNumeric } from "./cell.tsx";

interface Props {
  readonly entry: CatalogueEntry;
  readonly rows: readonly Row[];
  /** Length of the periods that day columns name by their first day; null where they are days. */
  readonly grain?: string | null;
  readonly pageSize?: number;
  /** Columns by their own names and values as given, neither worded nor rounded. */
  readonly isRaw?: boolean;
  /** What can be done with a row, in a column of its own before the others. */
  readonly rowAction?: (row: Row) => ReactNode;
}

const sortWords = { asc: "ascending", desc: "descending" } as const;

/** All columns of an analysis, sortable by each; unknown values sort last in either direction. */
export function DataTable({ entry, rows, grain = null, pageSize = 10, isRaw = false, rowAction }: Props) {
  const { format } = useWorkspace();
  const [sorting, setSorting] = useState<SortingState>([]);
  const isCompared = rows.some((row) => row.period === "previous");
  const columns = useMemo<ColumnDef<Row>[]>(() => {
    const shown = entry.columns.filter((column) => column.name !== "period");
    const period = { name: "period", unit: "text", meaning: "Current or compared period", isNullable: false } as const;
    return [...shown, ...(isCompared ? [period] : [])].map((column) => {
      const isPeriod = column.unit === "day" && grain !== null;
      const write = isPeriod
        ? (value: Value | undefined) => (typeof value === "string" ? shortPeriodText(value, grain) : format.day(value))
        : format.columnFormat(
            column,
            rows.map((row) => row[column.name]),
          );
      return {
        id: column.name,
        header: isRaw ? column.name : labelOf(column.name),
        accessorFn: (row) => (isNumeric(column) ? numberOf(row[column.name]) : textOf(row[column.name])) ?? undefined,
        sortUndefined: "last",
        sortDescFirst: isNumeric(column),
        cell: ({ row }) =>
          isRaw ? (
            (textOf(row.original[column.name]) ?? unknown)
          ) : (
            <Cell column={column} row={row.original} filters={entry.filters} write={write} />
          ),
        meta: { isNumeric: isNumeric(column), meaning: column.meaning },
      };
    });
  }, [entry, rows, grain, format, isCompared, isRaw]);
  const table = useReactTable({
    data: rows as Row[],
    columns,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    getPaginationRowModel: getPaginationRowModel(),
    initialState: { pagination: { pageSize } },
    autoResetPageIndex: true,
  });
  const { pageIndex } = table.getState().pagination;
  const first = pageIndex * pageSize + 1;
  const last = Math.min(rows.length, first + pageSize - 1);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={`${entry.title}, table`}>
        <table className="table">
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {rowAction ? (
                  <th scope="col">
                    <span className="sr-only">What can be done</span>
                  </th>
                ) : null}
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted();
                  const meta = header.column.columnDef.meta as { isNumeric: boolean; meaning: string };
                  return (
                    <th
                      key={header.id}
                      className={meta.isNumeric ? "figure" : ""}
                      aria-sort={sorted ? sortWords[sorted] : "none"}
                    >
                      <button type="button" onClick={header.column.getToggleSortingHandler()} title={meta.meaning}>
                        {flexRender(header.column.columnDef.header, header.getContext())}
                        <SortIcon sorted={sorted} />
                      </button>
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} className={row.original.period === "previous" ? "before" : ""}>
                {rowAction ? <td>{rowAction(row.original)}</td> : null}
                {row.getVisibleCells().map((cell) => {
                  const { isNumeric: isFigure } = cell.column.columnDef.meta as { isNumeric: boolean };
                  return (
                    <td key={cell.id} className={isFigure ? "figure" : ""}>
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length > pageSize ? (
        <div className="pager">
          <span className="muted figure">
            {format.count(first)}–{format.count(last)} of {format.count(rows.length)}
          </span>
          <button
            type="button"
            className="link-button"
            disabled={!table.getCanPreviousPage()}
            onClick={() => table.previousPage()}
          >
            Previous
          </button>
          <button
            type="button"
            className="link-button"
            disabled={!table.getCanNextPage()}
            onClick={() => table.nextPage()}
          >
            Next
          </button>
        </div>
      ) : null}
    </>
  );
}

function SortIcon({ sorted }: { sorted: false | "asc" | "desc" }) {
  const Icon = sorted === "asc" ? IconArrowUp : sorted === "desc" ? IconArrowDown : IconArrowsSort;
  return <Icon size={12} stroke={1.5} aria-hidden className={sorted ? "sort-icon" : "sort-icon idle"} />;
}
