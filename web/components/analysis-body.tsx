import { useElementSize } from "@mantine/hooks";
import type { EChartsType } from "echarts/core";
import { type ReactNode, useMemo, useState } from "react";
import type { CatalogueEntry, Chart, Row } from "../catalogue-types.ts";
import { draw } from "../charts/draw.ts";
import type { ChartContext, Drawing } from "../charts/drawing.ts";
import type { Rule } from "../segments/rule.ts";
import { ruleOfRow } from "../segments/rule-of-row.ts";
import { TheseCustomers } from "../segments/these-customers.tsx";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { isRowFilter, toggleFilter } from "../view-state.ts";
import { ChartView } from "./chart-view.tsx";
import { DataTable } from "./data-table.tsx";
import { LeaderboardTable } from "./leaderboard-table.tsx";
import { TileRow } from "./tile-row.tsx";

/** Draws rows in a way of its own, for cards that no declared kind of chart describes. */
export type DrawRows = (rows: readonly Row[], context: ChartContext) => Drawing;

interface Props {
  readonly entry: CatalogueEntry;
  readonly chart: Chart;
  readonly rows: readonly Row[];
  readonly context: Omit<ChartContext, "width">;
  readonly sentence: string;
  readonly show: string | null;
  readonly drawRows?: DrawRows | undefined;
  readonly pageSize: number;
  readonly rowAction?: (row: Row) => ReactNode;
  readonly onReady: (chart: EChartsType | null) => void;
}

function DrawnChart({ entry, chart, rows, context, sentence, show, drawRows, onReady }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [view, setView] = useView();
  const { coverage, shared } = useWorkspace();
  const [picked, setPicked] = useState<{ readonly rule: Rule; readonly words: string } | null>(null);
  const rounded = Math.round(width / 24) * 24;
  const drawing = useMemo(() => {
    if (rounded === 0) return null;
    const full = { ...context, width: rounded };
    return drawRows ? drawRows(rows, full) : draw(chart, rows, full, show);
  }, [chart, rows, context, rounded, drawRows, show]);
  const pick = (point: number, series: number): void => {
    const narrowing = drawing?.picks[point];
    if (narrowing && isRowFilter(narrowing.column)) {
      const { column, value } = narrowing;
      setView((now) => toggleFilter(now, column, value));
    }
    const source = drawing?.sourceOf?.(point, series);
    const rule = source ? ruleOfRow(entry, source, view, { coverage, grain: context.grain }) : null;
    setPicked(rule ? { rule, words: drawing?.points[point] ?? "" } : null);
  };
  return (
    <div ref={ref}>
      {drawing ? (
        <>
          <ChartView
            drawing={drawing}
            label={`${entry.title}. ${sentence}`}
            {...(shared ? {} : { onPick: pick })}
            onReady={onReady}
          />
          {picked ? <TheseCustomers {...picked} onClose={() => setPicked(null)} /> : null}
          {drawing.notes.length > 0 ? <p className="notes">{drawing.notes.join(" ")}</p> : null}
        </>
      ) : (
        <div style={{ height: 280 }} />
      )}
    </div>
  );
}

/** The content of a card once its rows are there. */
export function AnalysisBody(props: Props) {
  const { chart, entry, rows, pageSize, rowAction } = props;
  if (!props.drawRows) {
    switch (chart.kind) {
      case "table":
        return (
          <DataTable
            entry={entry}
            rows={rows}
            grain={props.context.grain}
            pageSize={pageSize}
            {...(rowAction ? { rowAction } : {})}
          />
        );
      case "leaderboard":
        return <LeaderboardTable entry={entry} chart={chart} rows={rows} pageSize={pageSize} />;
      case "tiles":
        return <TileRow entry={entry} chart={chart} rows={rows} />;
    }
  }
  return <DrawnChart {...props} />;
}
