import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { EmptyState, ErrorState } from "../components/states.tsx";
import type { Rows } from "./desk-types.ts";

export interface DeskColumn<T> {
  readonly label: string;
  readonly show: (row: T) => ReactNode;
  readonly isFigure?: boolean;
}

/** An answer on its way, here, or refused; a query is one. */
interface Answer<T> {
  readonly isError: boolean;
  readonly error: unknown;
  readonly data: Rows<T> | undefined;
  readonly refetch?: () => unknown;
}

interface Props<T> {
  readonly name: string;
  readonly answer: Answer<T>;
  readonly columns: readonly DeskColumn<T>[];
  readonly keyOf: (row: T) => string | number;
  readonly empty: { readonly what: string; readonly step: string };
}

/** A list of the desk as a table, with its states while empty, loading and refused. */
export function DeskTable<T>({ name, answer, columns, keyOf, empty }: Props<T>) {
  if (answer.isError)
    return <ErrorState error={answer.error} {...(answer.refetch ? { onRetry: () => void answer.refetch?.() } : {})} />;
  if (!answer.data) return <Skeleton height={160} radius={6} />;
  if (answer.data.rows.length === 0) return <EmptyState {...empty} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={`${name}, table`}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.isFigure ? "figure" : ""}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.data.rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.label} className={column.isFigure ? "figure" : ""}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
