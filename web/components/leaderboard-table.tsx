import { useState } from "react";
import type { CatalogueEntry, ChartOf, Row } from "../catalogue-types.ts";
import { changeOf } from "../change.ts";
import { type LeaderboardLine, leaderboardLines } from "../charts/leaderboard.ts";
import { keyed } from "../keyed.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { columnOf, labelOf, previousRows, textOf } from "../values.ts";
import { FilterValue, isNumeric } from "./cell.tsx";

interface Props {
  readonly entry: CatalogueEntry;
  readonly chart: ChartOf<"leaderboard">;
  readonly rows: readonly Row[];
  /** Rows shown before the reader asks for all. */
  readonly pageSize: number;
}

/** Columns told in the bar or below the name. */
const told = /^(rank|period|aligned_on)$|_id$|_name$|^brand$|^category$/;

function Bar({ line }: { line: LeaderboardLine }) {
  const sure = line.sureLength;
  return (
    <span className="inline-bar" aria-hidden>
      <span className={sure === null ? "sure" : "unsure"} style={{ width: `${line.length * 100}%` }} />
      {sure === null ? null : <span className="sure" style={{ width: `${sure * 100}%` }} />}
    </span>
  );
}

/** Rows ranked by the analysis, each with a bar; the pale end of a bar is what a small sample leaves unsure. */
export function LeaderboardTable({ entry, chart, rows, pageSize }: Props) {
  const [isWhole, setWhole] = useState(false);
  const { format } = useWorkspace();
  const lines = leaderboardLines(chart, rows);
  const keys = keyed(lines.map((line) => textOf(line.row.product_id ?? null) ?? line.label));
  const value = columnOf(entry, chart.value);
  const isCompared = rows.some((row) => row.period === "previous");
  const figures = entry.columns.filter(
    (column) =>
      isNumeric(column) && column.name !== chart.value && column.name !== chart.lower && !told.test(column.name),
  );
  // Sessions first: they are what the rate is made of.
  const others = figures
    .toSorted((a, b) => Number(b.name.endsWith("session_count")) - Number(a.name.endsWith("session_count")))
    .slice(0, 4);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label={`${entry.title}, ranked`}>
        <table className="table leaderboard">
          <thead>
            <tr>
              <th className="figure rank">#</th>
              <th>{labelOf(chart.label).replace(/ (name|ID)$/, "")}</th>
              <th className="bar-column">{labelOf(chart.value)}</th>
              {isCompared ? <th className="figure">Change</th> : null}
              {chart.lower ? (
                <th className="figure" title={columnOf(entry, chart.lower).meaning}>
                  At least
                </th>
              ) : null}
              {others.map((column) => (
                <th key={column.name} className="figure extra" title={column.meaning}>
                  {labelOf(column.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(isWhole ? lines : lines.slice(0, pageSize)).map((line, index) => {
              const { brand, category } = line.row;
              const change = isCompared ? changeOf(value, line.value, line.before, format) : null;
              return (
                <tr key={keys[index]?.key ?? line.label}>
                  <td className="figure rank muted">{format.count(line.row.rank ?? index + 1)}</td>
                  <td className="name">
                    <span className="name-main" title={line.label}>
                      {line.label}
                    </span>
                    <span className="name-more muted">
                      {typeof brand === "string" && brand !== "" ? <FilterValue name="brand" value={brand} /> : null}
                      {typeof category === "string" && category !== "" ? (
                        <FilterValue name="category" value={category} />
                      ) : null}
                    </span>
                  </td>
                  <td className="bar-column">
                    <span className="bar-figure figure">{format.short(value, line.value)}</span>
                    <Bar line={line} />
                  </td>
                  {change ? (
                    <td className={`figure verdict-${change.verdict}`}>
                      {change.direction === "unknown" ? "–" : change.text.replace(/ \(.*/, "")}
                    </td>
                  ) : null}
                  {chart.lower ? <td className="figure">{format.rate(line.lower)}</td> : null}
                  {others.map((column) => (
                    <td key={column.name} className="figure extra">
                      {format.short(column, line.row[column.name])}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {lines.length > pageSize ? (
        <div className="pager">
          <button type="button" className="link-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? `Show the first ${format.count(pageSize)}` : `Show all ${format.count(lines.length)}`}
          </button>
        </div>
      ) : null}
      {isCompared && lines.some((line) => line.before === null) ? (
        <p className="notes">
          A change of “–”: not among the first {format.count(previousRows(rows).length)} of the compared period.
        </p>
      ) : null}
      {chart.lower ? (
        <p className="notes">
          Solid: at least this much, with 95 % confidence. Hatched: measured, but not sure with so few sessions.
        </p>
      ) : null}
    </>
  );
}
