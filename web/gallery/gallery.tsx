import { useMemo } from "react";
import { ProblemError } from "../api.ts";
import type { ChartContext } from "../charts/drawing.ts";
import { rfmGridDrawing } from "../charts/rfm-grid.ts";
import { summary } from "../charts/summary.ts";
import { AnalysisBody } from "../components/analysis-body.tsx";
import { Card, type CardSize } from "../components/card.tsx";
import { CardSkeleton, EmptyState, ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { type Fixture, fixtureDays, fixtures } from "./fixtures.ts";

const ignore = (): void => undefined;

const sizeOf = ({ entry }: Fixture): CardSize =>
  ["tiles", "leaderboard", "table", "heatmap", "funnel"].includes(entry.chart.kind) ? "full" : "half";

function FixtureCard({ fixture }: { fixture: Fixture }) {
  const { tokens, format, colorOf } = useWorkspace();
  const { entry, rows, title, isGrid } = fixture;
  const context = useMemo<Omit<ChartContext, "width">>(
    () => ({ entry, tokens, format, colorOf, covered: fixtureDays, grain: null }),
    [entry, tokens, format, colorOf],
  );
  const sentence = summary(entry.chart, rows, { ...context, width: 800 });
  return (
    <Card title={title} subtitle={`${entry.chart.kind}, ${rows.length} rows`} size={sizeOf(fixture)}>
      {rows.length === 0 ? (
        <EmptyState what="No carts yet." step="Import events with `cartwright import <path>` or connect the store." />
      ) : (
        <>
          {sentence ? <p className="sentence">{sentence}</p> : null}
          <AnalysisBody
            entry={entry}
            chart={entry.chart}
            rows={rows}
            context={context}
            sentence={sentence}
            show={null}
            drawRows={isGrid ? rfmGridDrawing : undefined}
            pageSize={10}
            onReady={ignore}
          />
        </>
      )}
    </Card>
  );
}

const failure = new ProblemError({
  status: 503,
  code: "query_timeout",
  title: "The warehouse took too long",
  detail: "The query was stopped after 30 s.",
  remedy: "Choose a shorter period, then reload.",
  instance: "req-7f3a91",
});

/** Every kind of chart in every state, on fixed rows: the page one develops charts on. */
export function Gallery() {
  return (
    <div className="page">
      <h1 className="lead">
        Gallery: every kind of chart, also empty, with one row, long labels, negative and unknown values.
      </h1>
      <div className="grid">
        {fixtures.map((fixture) => (
          <FixtureCard key={fixture.title} fixture={fixture} />
        ))}
        <Card title="Loading" subtitle="line" size="half">
          <CardSkeleton kind="line" />
        </Card>
        <Card title="Failed" subtitle="line" size="half">
          <ErrorState error={failure} onRetry={ignore} />
        </Card>
      </div>
    </div>
  );
}
