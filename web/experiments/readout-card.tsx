import { Select, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Curve } from "../charts/curves.ts";
import { Card } from "../components/card.tsx";
import { EmptyState, ErrorState } from "../components/states.tsx";
import { shortDayText } from "../format-dates.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { CurveChart } from "./curve-chart.tsx";
import type { ExperimentAnswer, ReadoutAnswer, VariantRow } from "./experiment-types.ts";
import { pText } from "./p-text.ts";
import { readoutWords } from "./readout-words.ts";
import { useExperiment } from "./use-experiment.ts";

/** The readout of one experiment, chosen from the list. */
export function ReadoutCard() {
  const list = useExperiment<{ rows: readonly ExperimentAnswer[] }>("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [isAdjusted, setAdjusted] = useState(false);
  const [bySegment, setBySegment] = useState(false);
  const rows = list.data?.rows ?? [];
  const id = chosen ?? rows.find((row) => row.status !== "draft")?.definition.experiment_id ?? null;
  const query = new URLSearchParams({ adjusted: String(isAdjusted), by_segment: String(bySegment) });
  const answer = useExperiment<ReadoutAnswer>(`/${id}/readout?${query}`, id !== null);
  const experiment = rows.find((row) => row.definition.experiment_id === id);
  return (
    <Card
      title="Readout"
      subtitle={
        experiment?.definition.hypothesis || "Variants against the control, and whether the figures can be trusted"
      }
      size="full"
    >
      {list.isError ? <ErrorState error={list.error} /> : null}
      {rows.length === 0 && !list.isError ? (
        <EmptyState
          what="No experiments yet."
          step="Make one with `cartwright experiment create`, import its exposures, then read it here."
        />
      ) : (
        <fieldset className="controls">
          <legend className="sr-only">Settings of the readout</legend>
          <span className="control">
            <span>Experiment</span>
            <Select
              size="xs"
              w={220}
              aria-label="Experiment"
              allowDeselect={false}
              value={id}
              onChange={setChosen}
              data={rows.map((row) => ({ value: row.definition.experiment_id, label: row.definition.title }))}
            />
          </span>
          <Switch
            size="xs"
            label="Take off what customers spent before"
            checked={isAdjusted}
            onChange={(event) => setAdjusted(event.currentTarget.checked)}
          />
          <Switch
            size="xs"
            label="By country"
            checked={bySegment}
            onChange={(event) => setBySegment(event.currentTarget.checked)}
          />
        </fieldset>
      )}
      {answer.isError ? <ErrorState error={answer.error} onRetry={() => void answer.refetch()} /> : null}
      {answer.data && id !== null ? <Result answer={answer.data} experiment={experiment} /> : null}
    </Card>
  );
}

/** Differences of shares are in points: "0.78 %" of a share would be read as a part of it. */
function useEffectText(type: ReadoutAnswer["type"], metric: string): (value: number | null) => string {
  const { format } = useWorkspace();
  const text = useMetricText(type, metric);
  return (value) => (type === "proportion" && value !== null ? `${format.number(100 * value)} pp` : text(value));
}

function useMetricText(type: ReadoutAnswer["type"], metric: string): (value: number | null) => string {
  const { format } = useWorkspace();
  return (value) =>
    type === "proportion" ? format.rate(value) : metric.endsWith("_minor") ? format.money(value) : format.number(value);
}

function Result({ answer, experiment }: { answer: ReadoutAnswer; experiment: ExperimentAnswer | undefined }) {
  const { format } = useWorkspace();
  const text = useMetricText(answer.type, answer.metric);
  const effectText = useEffectText(answer.type, answer.metric);
  const dropped = Object.entries(answer.dropped).map(
    ([reason, count]) => `${format.count(count)} ${labelOf(reason).toLowerCase()}`,
  );
  return (
    <>
      <p className="lead-small">{readoutWords(answer, format)}</p>
      <VariantTable rows={answer.variants} caption={labelOf(answer.metric)} write={text} writeEffect={effectText} />
      <p className="notes">
        Sample ratio p {pText(answer.srm.p_value)}
        {answer.srm.is_mismatch ? " (mismatch)" : ""}. Power for the measured effect {format.rate(answer.power)},
        smallest visible effect {effectText(answer.minimum_detectable_effect)}.{" "}
        {dropped.length > 0 ? `Left out: ${dropped.join(", ")}.` : "Nobody was left out."}
      </p>
      {answer.warnings.map((warning) => (
        <p className="experiment-warning" key={warning}>
          {warning}
        </p>
      ))}
      {answer.timeline.length > 1 ? <Timeline answer={answer} write={effectText} /> : null}
      {answer.guardrails.map((guardrail) => (
        <Guardrail key={guardrail.metric} guardrail={guardrail} />
      ))}
      {answer.segments.map((segment) => (
        <VariantTable
          key={segment.segment}
          rows={segment.variants}
          caption={segment.segment}
          write={text}
          writeEffect={effectText}
        />
      ))}
      {experiment ? <Journal experiment={experiment} /> : null}
    </>
  );
}

function Guardrail({ guardrail }: { guardrail: ReadoutAnswer["guardrails"][number] }) {
  const { format } = useWorkspace();
  const write = guardrail.metric === "conversion_rate" ? format.rate : format.money;
  return (
    <VariantTable
      rows={guardrail.variants}
      caption={`Guardrail: ${labelOf(guardrail.metric)}${guardrail.is_worse ? ", which is worse" : ", no harm shown"}`}
      write={write}
      writeEffect={
        guardrail.metric === "conversion_rate"
          ? (value) => (value === null ? "–" : `${format.number(100 * value)} pp`)
          : format.money
      }
    />
  );
}

interface TableProps {
  readonly rows: readonly VariantRow[];
  readonly caption: string;
  readonly write: (value: number | null) => string;
  readonly writeEffect: (value: number | null) => string;
}

function VariantTable({ rows, caption, write, writeEffect }: TableProps) {
  const { format } = useWorkspace();
  const interval = (lower: number | null, upper: number | null, text: (value: number | null) => string): string =>
    lower === null || upper === null ? "–" : `${text(lower)} to ${text(upper)}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={`${caption}, table`}>
      <table className="table experiment-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th>Variant</th>
            <th className="figure">Customers</th>
            <th className="figure">Mean</th>
            <th className="figure">Effect</th>
            <th className="figure">95 % interval</th>
            <th className="figure">Relative</th>
            <th className="figure">p</th>
            <th className="figure">p, looking daily</th>
            <th className="figure">Best with</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.variant}>
              <td>
                {row.variant}
                {row.is_control ? <span className="muted"> (control)</span> : null}
              </td>
              <td className="figure">{format.count(row.unit_count)}</td>
              <td className="figure">{write(row.mean)}</td>
              <td className="figure">{writeEffect(row.absolute_effect)}</td>
              <td className="figure">{interval(row.ci_lower, row.ci_upper, writeEffect)}</td>
              <td className="figure">{format.rate(row.relative_effect)}</td>
              <td className="figure">{pText(row.p_value_adjusted)}</td>
              <td className="figure">{pText(row.sequential_p_value)}</td>
              <td className="figure">{format.rate(row.probability_best)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Timeline({ answer, write }: { answer: ReadoutAnswer; write: (value: number | null) => string }) {
  const { tokens } = useWorkspace();
  const variant = answer.variants[1]?.variant ?? "";
  const days = useMemo(
    () => answer.timeline.filter((row) => row.variant === variant && row.absolute_effect !== null),
    [answer, variant],
  );
  const curves = useMemo<readonly Curve[]>(() => {
    const line = (
      name: string,
      color: string,
      of: (row: (typeof days)[number]) => number | null,
      isDashed = false,
    ): Curve => ({
      name,
      color,
      isDashed,
      points: days.map((row) => [Date.parse(`${row.exposed_on}T00:00:00Z`), of(row)]),
    });
    const zero: Curve = {
      name: "none",
      color: tokens.muted,
      isMark: true,
      points: days.map((row) => [Date.parse(`${row.exposed_on}T00:00:00Z`), 0]),
    };
    return [
      line(`Effect of ${variant}`, tokens.accent, (row) => row.absolute_effect),
      line("One look, 95 %", tokens.series[2] ?? tokens.accent, (row) => row.ci_lower, true),
      line("One look, 95 %", tokens.series[2] ?? tokens.accent, (row) => row.ci_upper, true),
      line("Looking daily, 95 %", tokens.muted, (row) => row.sequential_ci_lower, true),
      line("Looking daily, 95 %", tokens.muted, (row) => row.sequential_ci_upper, true),
      zero,
    ];
  }, [days, tokens, variant]);
  if (days.length < 2) return null;
  return (
    <section aria-label="Effect over time">
      <h3>The effect as customers came in</h3>
      <p className="card-subtitle">
        By day of first exposure, cumulative; only the always-valid interval may be looked at every day
      </p>
      <CurveChart
        curves={curves}
        axes={{
          x: (value) => shortDayText(new Date(value).toISOString().slice(0, 10)),
          y: (value) => write(value),
          xName: "Exposed by",
        }}
        label={`Effect of ${variant} by day.`}
      />
    </section>
  );
}

function Journal({ experiment }: { experiment: ExperimentAnswer }) {
  return (
    <section aria-label="Journal">
      <h3>Journal</h3>
      <ol className="experiment-journal">
        {experiment.journal.map((entry) => (
          <li key={entry.sequence}>
            <time dateTime={entry.happened_at}>{entry.happened_at.slice(0, 16).replace("T", " ")}</time> {entry.action}{" "}
            by {entry.actor}
            {entry.note ? `: ${entry.note}` : ""}
          </li>
        ))}
      </ol>
    </section>
  );
}
