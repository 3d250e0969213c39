import { Select } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { lazy, type ReactNode, Suspense, useCallback, useId, useMemo, useRef, useState } from "react";
import type { Notice } from "../api.ts";
import type { CatalogueEntry, Chart, Row } from "../catalogue-types.ts";
import { annotationSentence } from "../charts/annotations.ts";
import type { ChartContext } from "../charts/drawing.ts";
import { measureChoices } from "../charts/line-series.ts";
import { summary } from "../charts/summary.ts";
import { unbroken } from "../format.ts";
import { ImportLink } from "../imports/import-button.tsx";
import { AnnotationList } from "../kept/annotation-list.tsx";
import { daysOf, isOverTime, useAnnotations } from "../kept/use-annotations.ts";
import { isAnalyst } from "../kept/use-kept.ts";
import { type ExtraParams, grainFor } from "../query-params.ts";
import { useView, useWorkspace } from "../shell/workspace.tsx";
import { currentRows, labelOf } from "../values.ts";
import { coveredDays, initialView, setControl } from "../view-state.ts";
import { AnalysisBody, type DrawRows } from "./analysis-body.tsx";
import { Card, type CardSize } from "./card.tsx";
import { CardMenu } from "./card-menu.tsx";
import { Controls } from "./controls.tsx";
import { ExplainDrawer } from "./explain-drawer.tsx";
import { Guard } from "./guard.tsx";
import { lackOfRows } from "./lack-of-rows.ts";
import { isMoneyMetric, withMoney } from "./metric-units.ts";
import { NoticeList } from "./notice-list.tsx";
import { savePng } from "./png.ts";
import { provenance } from "./provenance.ts";
import { emptyWords, isNothing, lackOf, unnamedDimension, untrainedWords } from "./requirements.ts";
import { CardSkeleton, EmptyState, ErrorState } from "./states.tsx";
import { subtitleOf } from "./subtitle.ts";
import { useAnalysis } from "./use-analysis.ts";

const noRows: readonly Row[] = [];
const noNotices: readonly Notice[] = [];

const AnnotateDialog = lazy(() =>
  import("../kept/annotate-dialog.tsx").then((module) => ({ default: module.AnnotateDialog })),
);

const AddDialog = lazy(() => import("../boards/add-dialog.tsx").then((module) => ({ default: module.AddDialog })));

export interface AnalysisCardProps {
  readonly entry: CatalogueEntry;
  readonly size: CardSize;
  /** Tells two cards of one analysis apart; the analysis' name when left out. */
  readonly id?: string;
  readonly title?: string;
  /** Said behind the subtitle. */
  readonly note?: string;
  /** Another chart than the declared one. */
  readonly chart?: Chart;
  /** Parameters the card fixes; they get no control. */
  readonly params?: ExtraParams;
  readonly hasControls?: boolean;
  /** What can be done with one row of a table; null for rows with which nothing can. */
  readonly rowAction?: (row: Row) => ReactNode;
  readonly drawRows?: DrawRows;
  /** The sentence of a card with `drawRows`. */
  readonly tell?: (rows: Parameters<DrawRows>[0], context: ChartContext) => string;
}

/** The measure shown by a line chart whose measures do not share a unit; kept in the address like any control. */
function MeasureControl({
  entry,
  measures,
  show,
}: {
  entry: CatalogueEntry;
  measures: readonly string[];
  show: string;
}) {
  const [, setView] = useView();
  const id = useId();
  return (
    <label className="control" htmlFor={id}>
      <span>Show</span>
      <Select
        id={id}
        size="xs"
        w={170}
        allowDeselect={false}
        value={show}
        data={measures.map((value) => ({ value, label: labelOf(value) }))}
        onChange={(value) =>
          setView((now) => setControl(now, entry.name, "show", value === measures[0] ? null : value))
        }
      />
    </label>
  );
}

/** One analysis as a card, derived whole from its catalogue entry. What cannot be drawn stays within its card. */
export function AnalysisCard(props: AnalysisCardProps) {
  const { entry, title = entry.title, size } = props;
  const [view] = useView();
  const subject = useMemo(() => ({ entry, view }), [entry, view]);
  return (
    <Guard
      subject={subject}
      fallback={(error, retry) => (
        <Card title={title} subtitle={entry.question} size={size}>
          <ErrorState error={error} onRetry={retry} />
        </Card>
      )}
    >
      <Drawn {...props} />
    </Guard>
  );
}

function Drawn(props: AnalysisCardProps) {
  const {
    entry: declared,
    size,
    id = declared.name,
    chart = declared.chart,
    params: fixed = {},
    hasControls = true,
    drawRows,
    tell,
    rowAction,
  } = props;
  const workspace = useWorkspace();
  const { shop, tokens, format, colorOf, coverage, shared, session } = workspace;
  const [view, setView] = useView();
  const lack = lackOf(declared, shop);
  const answer = useAnalysis(declared, fixed);
  const asMoney = isMoneyMetric(declared, answer.params);
  const entry = useMemo(() => (asMoney ? withMoney(declared) : declared), [asMoney, declared]);
  const drawn = useRef<EChartsType | null>(null);
  const onReady = useCallback((made: EChartsType | null) => {
    drawn.current = made;
  }, []);

  const given = view.controls[entry.name] ?? {};
  const measures = chart.kind === "line" ? measureChoices(chart, entry) : [];
  const asked = typeof given.show === "string" ? given.show : null;
  const show = measures.length > 0 ? (measures.find((name) => name === asked) ?? measures[0] ?? null) : null;
  const grain = grainFor(entry, view, coverage) ?? (entry.datedBy === "day_on" ? "day" : null);
  const isEventCount = given.basis === "events";
  const covered = coverage && entry.hasPeriod ? coveredDays(view.period, coverage) : null;
  const [coveredFrom, coveredTo] = [covered?.first, covered?.last];
  const rows = answer.data?.rows ?? noRows;
  const days = useMemo(() => daysOf(chart, rows), [chart, rows]);
  const lastDay = days && coveredTo && coveredTo > days.to ? coveredTo : days?.to;
  const annotations = useAnnotations(entry, chart, days?.from ?? "", lastDay ?? "");
  const [isAnnotating, setAnnotating] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const context = useMemo(
    () => ({
      entry,
      tokens,
      format,
      colorOf,
      grain,
      isEventCount,
      annotations,
      covered: coveredFrom && coveredTo ? { from: coveredFrom, to: coveredTo } : null,
    }),
    [entry, tokens, format, colorOf, grain, isEventCount, annotations, coveredFrom, coveredTo],
  );

  const isEmpty = answer.isSuccess && isNothing(chart, rows);
  const wide = { ...context, width: 800 };
  const told = rows.length === 0 ? "" : tell ? tell(rows, wide) : summary(chart, rows, wide, show);
  const sentence = told === "" ? "" : `${told}${annotationSentence(annotations)}`;
  const title = props.title ?? entry.title;
  const isTable = view.tables.includes(id);
  const isAlone = drawRows !== undefined || chart.kind === "scatter" || chart.kind === "heatmap";
  const over = subtitleOf(entry, view, workspace, isTable || !isAlone);
  const subtitle = props.note ? `${over}; ${props.note}` : over;
  const isListed = (chart.kind === "table" && drawRows === undefined) || isTable;
  const isCut = isListed && hasControls && String(currentRows(rows).length) === answer.params.get("limit");
  const isCharted = chart.kind !== "table" || drawRows !== undefined;
  const isCanvas = isCharted && !isTable && (drawRows !== undefined || !["leaderboard", "tiles"].includes(chart.kind));
  const definition = answer.data ? [`${entry.name}, definition ${answer.data.meta.definition_version}`] : [];
  const savePicture = (): void => {
    const missing = lackOfRows(answer.data);
    const said = missing === null ? [] : [missing];
    const made = [...provenance(view, workspace, location.href), ...definition, ...said];
    if (drawn.current) savePng(drawn.current, { name: id, title, subtitle, sentence, provenance: made }, tokens);
  };
  const isNarrowed =
    Object.values(view.filters).some((values) => values.length > 0) ||
    view.period.kind !== "preset" ||
    view.period.preset !== "all";

  const body = (): React.ReactNode => {
    if (lack) return <EmptyState {...lack} action={<ImportLink />} />;
    if (answer.isPending) return <CardSkeleton kind={drawRows ? "scatter" : chart.kind} />;
    if (answer.isError && !answer.data)
      return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
    if (isEmpty)
      return (
        <NothingFound
          isNarrowed={isNarrowed && entry.hasPeriod && !shared}
          entry={entry}
          onWiden={() => setView((now) => ({ ...now, period: initialView.period, filters: initialView.filters }))}
        />
      );
    const unnamed = isTable || drawRows ? null : unnamedDimension(entry, chart, rows);
    if (unnamed) return <EmptyState {...unnamed} />;
    return (
      <div className={answer.isPlaceholderData ? "reloading" : ""} aria-busy={answer.isPlaceholderData}>
        {sentence && chart.kind !== "tiles" ? <p className="sentence">{unbroken(sentence)}</p> : null}
        <AnalysisBody
          entry={entry}
          chart={isTable ? { kind: "table" } : chart}
          rows={rows}
          context={context}
          sentence={sentence}
          show={show}
          drawRows={isTable ? undefined : drawRows}
          pageSize={view.open === id ? 50 : 10}
          onReady={onReady}
          {...(rowAction && !shared ? { rowAction } : {})}
        />
        <AnnotationList shown={annotations} />
        <p className="print-only">{definition}</p>
        {isCut ? (
          <p className="notes">
            The first {format.count(currentRows(rows).length)} only. “Top” shows more; a download has all.
          </p>
        ) : null}
      </div>
    );
  };

  return (
    <Card
      title={title}
      subtitle={subtitle}
      size={view.open === id ? "full" : size}
      menu={
        <CardMenu
          id={id}
          entry={entry}
          params={answer.params}
          canShowTable={isCharted}
          canExport={lack === null}
          onPng={isCanvas && !isEmpty ? savePicture : null}
          onAddToBoard={shared || (drawRows && !isTable) ? null : () => setAdding(true)}
          onAnnotate={isOverTime(chart) && !shared && isAnalyst(session) ? () => setAnnotating(true) : null}
        />
      }
      controls={
        lack === null &&
        hasControls &&
        !shared &&
        (entry.params.length > Object.keys(fixed).length || measures.length > 0) ? (
          <div className="card-controls">
            {show ? <MeasureControl entry={entry} measures={measures} show={show} /> : null}
            <Controls entry={entry} fixed={Object.keys(fixed)} />
          </div>
        ) : null
      }
    >
      <NoticeList notices={answer.data?.meta.notices ?? noNotices} />
      {body()}
      {isAnnotating ? (
        <Suspense fallback={null}>
          <AnnotateDialog entry={entry} day={lastDay ?? ""} onClose={() => setAnnotating(false)} />
        </Suspense>
      ) : null}
      {isAdding ? (
        <Suspense fallback={null}>
          <AddDialog
            entry={declared}
            title={title}
            size={size}
            chart={isTable ? { kind: "table" } : chart === declared.chart ? null : chart}
            fixed={fixed}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      ) : null}
      {view.explain === id ? (
        <ExplainDrawer
          entry={entry}
          params={answer.params}
          onClose={() => setView((now) => ({ ...now, explain: null }))}
        />
      ) : null}
    </Card>
  );
}

function NothingFound({
  isNarrowed,
  entry,
  onWiden,
}: {
  isNarrowed: boolean;
  entry: CatalogueEntry;
  onWiden: () => void;
}) {
  if (!isNarrowed) {
    const known = emptyWords(entry.name) ?? untrainedWords(entry);
    if (known) return <EmptyState {...known} action={entry.name === "pipeline-runs" ? <ImportLink /> : null} />;
    return (
      <EmptyState
        what={`No data yet answers “${entry.question}”`}
        step="It fills when data of this kind arrives. See what is loaded on the Data page."
      />
    );
  }
  return (
    <EmptyState
      what="Nothing matches this period and these filters."
      step="Choose a longer period or take a filter away."
      action={
        <button type="button" className="link-button" onClick={onWiden}>
          Show everything
        </button>
      }
    />
  );
}
