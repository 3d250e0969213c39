import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getJson } from "../api.ts";
import { Markdown } from "../components/markdown.tsx";
import { SideDrawer } from "../components/side-drawer.tsx";
import { ErrorState } from "../components/states.tsx";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";

interface Measure {
  readonly name: string;
  readonly value: number;
  readonly baseline: number | null;
}

interface Card {
  readonly about: string;
  readonly run: {
    readonly trained_at: string;
    readonly cutoff_on: string;
    readonly version: string;
    readonly seed: number;
    readonly settings: Readonly<Record<string, string>>;
    readonly features: readonly string[];
    readonly row_count: number;
    readonly scored_count: number;
    readonly data_sha256: string;
    readonly measures: readonly Measure[];
    readonly standing_reason: string;
  } | null;
}

function Run({ run }: { run: NonNullable<Card["run"]> }) {
  const { format } = useWorkspace();
  const settings = Object.entries(run.settings).map(([name, value]) => `${labelOf(name).toLowerCase()} ${value}`);
  const facts: readonly (readonly [string, string])[] = [
    ["Trained", format.instant(run.trained_at)],
    ["Saw nothing from", format.day(run.cutoff_on)],
    ["Asked for", settings.join(", ") || "–"],
    ["Rows trained on", format.count(run.row_count)],
    ["Scored", run.scored_count > 0 ? format.count(run.scored_count) : "–"],
    ["Seed, version", `${run.seed}, Cartwright ${run.version}`],
    ["Data", run.data_sha256.slice(0, 12)],
    ["Inputs", run.features.join(", ") || "–"],
  ];
  return (
    <>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {run.standing_reason ? <p>{run.standing_reason}</p> : null}
      {run.measures.length > 0 ? (
        <div className="table-scroll">
          <table className="table">
            <caption>On what the model had not seen</caption>
            <thead>
              <tr>
                <th scope="col">Measure</th>
                <th scope="col">Model</th>
                <th scope="col">Baseline</th>
              </tr>
            </thead>
            <tbody>
              {run.measures.map(({ name, value, baseline }) => (
                <tr key={name}>
                  <th scope="row">{labelOf(name)}</th>
                  <td>{format.number(value)}</td>
                  <td>{format.number(baseline)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </>
  );
}

interface Props {
  readonly model: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** What is to be known of a model before it is believed: the facts of the run that answers, and the model's own page. */
export function ModelCard({ model, title, onClose }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ["model-card", model],
    queryFn: ({ signal }) => getJson<Card>(`/models/${model}/card`, signal),
    staleTime: 0,
  });
  return (
    <SideDrawer title={title} size="lg" onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <div className="explain">
          <section>
            <h3>The run that answers</h3>
            {data.run ? <Run run={data.run} /> : <p>It has not been trained on this shop's data yet.</p>}
          </section>
          <section>
            <h3>The model</h3>
            <Markdown text={data.about.replace(/^# .*\n+/, "")} />
          </section>
        </div>
      ) : error ? null : (
        <Skeleton height={300} />
      )}
    </SideDrawer>
  );
}
