import { Button, CopyButton, Skeleton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import { ProblemError, problemOf } from "../api.ts";
import type { Chart } from "../catalogue-types.ts";

/** Text in which `words between backticks` are commands. */
export function WithCode({ text }: { text: string }): ReactNode {
  return text.split("`").map((part, index) => {
    const key = `${index}-${part}`;
    return index % 2 === 1 ? <code key={key}>{part}</code> : <Fragment key={key}>{part}</Fragment>;
  });
}

interface EmptyProps {
  readonly what: string;
  readonly step: string;
  readonly action?: ReactNode;
}

/** Nothing to show: why, and the step that would fill it. */
export function EmptyState({ what, step, action }: EmptyProps) {
  return (
    <div className="state">
      <p className="state-what">{what}</p>
      <p className="muted">
        <WithCode text={step} />
      </p>
      {action}
    </div>
  );
}

/** What failed, what it means, what to do, with an id to copy. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problem =
    error instanceof ProblemError
      ? error.problem
      : {
          ...problemOf(0, null),
          code: "unexpected",
          title: "This card could not be drawn",
          detail: error instanceof Error ? error.message : "The reason is unknown.",
        };
  const id = problem.instance === "–" ? problem.code : problem.instance;
  return (
    <div className="state" role="alert">
      <p className="state-what">
        <IconAlertTriangle size={18} stroke={1.5} aria-hidden className="state-icon" /> {problem.title}
      </p>
      <p>
        <WithCode text={problem.detail} />
      </p>
      <p className="muted">
        <WithCode text={problem.remedy} />
      </p>
      <div className="state-actions">
        {onRetry ? (
          <Button size="compact-sm" onClick={onRetry}>
            Reload
          </Button>
        ) : null}
        <CopyButton value={`${problem.code} ${id}`}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? "Copied" : `Copy id ${id.replace(/^urn:uuid:/, "").slice(0, 13)}`}
            </Button>
          )}
        </CopyButton>
      </div>
    </div>
  );
}

const heights: Readonly<Record<Chart["kind"], number>> = {
  line: 280,
  forecast: 300,
  curve: 280,
  bar: 240,
  funnel: 250,
  heatmap: 320,
  scatter: 380,
  leaderboard: 420,
  table: 380,
  tiles: 84,
};

/** The shape of what is coming, so that nothing moves when it arrives. */
export function CardSkeleton({ kind }: { kind: Chart["kind"] }) {
  const height = heights[kind];
  if (kind === "leaderboard" || kind === "table") {
    return (
      <output className="skeleton-rows" style={{ minHeight: height }} aria-label="Loading">
        {Array.from({ length: 10 }, (_, index) => index).map((index) => (
          <Skeleton key={index} height={18} width={`${96 - ((index * 7) % 30)}%`} radius={4} />
        ))}
      </output>
    );
  }
  return (
    <output aria-label="Loading" style={{ display: "block" }}>
      <Skeleton height={height} radius={6} />
    </output>
  );
}
