import { Button, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useWorkspace } from "../shell/workspace.tsx";
import type { RefusedRow } from "./import-types.ts";

interface Props {
  readonly columns: readonly string[];
  readonly rejects: readonly RefusedRow[];
  /** Refused rows of the whole file, of which the first are listed. */
  readonly total: number;
  readonly onCorrect: (row: RefusedRow, correction: { values?: Record<string, string>; raw?: string }) => void;
}

const pageSize = 20;
const folded = (name: string): string => name.trim().toLowerCase();

/** The refused rows, each to be put right where it stands. */
export function RejectsTable({ columns, rejects, total, onCorrect }: Props) {
  const { format } = useWorkspace();
  const [shown, setShown] = useState(pageSize);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label="Refused rows, table">
        <table className="table import-rejects">
          <thead>
            <tr>
              <th scope="col" className="figure">
                Line
              </th>
              <th scope="col">Column</th>
              <th scope="col">Value</th>
              <th scope="col">Why it is refused</th>
            </tr>
          </thead>
          <tbody>
            {rejects.slice(0, shown).map((row) => (
              <RefusedLine key={row.source_row} row={row} columns={columns} onCorrect={onCorrect} />
            ))}
          </tbody>
        </table>
      </section>
      {shown < rejects.length ? (
        <Button variant="subtle" size="compact-sm" onClick={() => setShown((now) => now + pageSize)}>
          Show more
        </Button>
      ) : null}
      {total > rejects.length ? (
        <p className="notes">
          The first {format.count(rejects.length)} of {format.count(total)}. When so many are wrong, the mapping may be,
          or the file is best corrected itself.
        </p>
      ) : null}
    </>
  );
}

interface LineProps extends Pick<Props, "columns" | "onCorrect"> {
  readonly row: RefusedRow;
}

function RefusedLine({ row, columns, onCorrect }: LineProps) {
  const column = columns.find((name) => folded(name) === folded(row.column_name));
  const first = column === undefined ? row.raw : row.value;
  const [draft, setDraft] = useState(row.correction?.raw ?? row.correction?.values?.[column ?? ""] ?? first ?? "");
  const label = column === undefined ? `Line ${row.line}, the whole row` : `Line ${row.line}, ${column}`;
  const apply = (): void => {
    if (draft === first && row.correction === null) return;
    if (draft === row.correction?.raw || draft === row.correction?.values?.[column ?? ""]) return;
    onCorrect(
      row,
      column === undefined ? { raw: draft } : { values: { ...(row.correction?.values ?? {}), [column]: draft } },
    );
  };
  return (
    <tr>
      <td className="figure">{row.line}</td>
      <td>{row.column_name || "(the row)"}</td>
      <td className={column === undefined ? "import-whole" : ""}>
        {first === null || row.raw === null ? (
          <span className="muted">Too long to be corrected here</span>
        ) : (
          <TextInput
            size="xs"
            aria-label={label}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={apply}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              apply();
            }}
          />
        )}
      </td>
      <td aria-live="polite">
        {row.is_corrected ? (
          <span className="verdict-better import-fixed">
            <IconCheck size={14} stroke={1.5} aria-hidden /> corrected, loads
          </span>
        ) : (
          <span className={row.correction ? "verdict-worse" : ""}>{row.reason}</span>
        )}
      </td>
    </tr>
  );
}
