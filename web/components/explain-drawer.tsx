import { Button, CopyButton, Drawer, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type Explanation, getExplanation } from "../api.ts";
import type { CatalogueEntry } from "../catalogue-types.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { Markdown } from "./markdown.tsx";
import { ErrorState } from "./states.tsx";

interface Props {
  readonly entry: CatalogueEntry;
  readonly params: URLSearchParams;
  readonly onClose: () => void;
}

const written = (value: unknown): string => {
  if (value === null || value === undefined || value === "") return "–";
  if (Array.isArray(value)) return value.length === 0 ? "any" : value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

function Facts({ answer }: { answer: Explanation }) {
  const { format } = useWorkspace();
  const facts: readonly (readonly [string, string])[] = [
    ["Grain", answer.grain],
    ["Tables read", answer.tables.join(", ") || "–"],
    ["Rows read", format.count(answer.read_rows)],
    ["Time taken", `${format.number(answer.elapsed_ms)} ms`],
    ["Data refreshed", format.instant(answer.refreshed_at)],
    ["Data version", answer.data_version],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Body({ answer, entry }: { answer: Explanation; entry: CatalogueEntry }) {
  const params = Object.entries(answer.params);
  return (
    <div className="explain">
      <p className="lead-small">{answer.question}</p>
      <Facts answer={answer} />
      {answer.metrics.length > 0 ? (
        <section>
          <h3>Measures</h3>
          <dl className="definitions">
            {answer.metrics.map((metric) => (
              <div key={metric.name}>
                <dt>
                  {metric.label} <span className="muted">{metric.additivity}</span>
                </dt>
                <dd>{metric.meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <section>
        <h3>Columns</h3>
        <dl className="definitions">
          {entry.columns.map((column) => (
            <div key={column.name}>
              <dt>
                <code>{column.name}</code>
              </dt>
              <dd>{column.meaning}</dd>
            </div>
          ))}
        </dl>
      </section>
      {answer.definition ? (
        <section>
          <h3>Definition</h3>
          <Markdown text={answer.definition.replace(/^# .*\n+/, "")} />
        </section>
      ) : null}
      {params.length > 0 ? (
        <section>
          <h3>Parameters</h3>
          <dl className="facts">
            {params.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{written(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {answer.derived ? (
        <section>
          <h3>Computed from the rows of the SQL</h3>
          <p>{answer.derived}</p>
        </section>
      ) : null}
      <section>
        <div className="section-head">
          <h3>SQL as run</h3>
          <CopyButton value={answer.sql}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <pre className="sql" tabIndex={0}>
          {answer.sql}
        </pre>
      </section>
    </div>
  );
}

/** How a card's numbers come about: definition, parameters, SQL, freshness, rows read and time taken. */
export function ExplainDrawer({ entry, params, onClose }: Props) {
  const answer = useQuery({
    queryKey: ["explain", entry.name, params.toString(), entry.revision],
    queryFn: ({ signal }) => getExplanation(entry.name, params, signal),
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      overlayProps={{ backgroundOpacity: 0.35 }}
      size={560}
      title={`How “${entry.title}” is computed`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {answer.data ? <Body answer={answer.data} entry={entry} /> : null}
      {answer.isError ? <ErrorState error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Skeleton height={360} radius={8} /> : null}
    </Drawer>
  );
}
