import "../styles/kept.css";
import { Button, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { getJson } from "../api.ts";
import { Card } from "../components/card.tsx";
import { catalogue } from "../generated/catalogue.ts";
import { isAnalyst, useChange, useRefusal } from "../kept/use-kept.ts";
import { useWorkspace } from "../shell/workspace.tsx";
import { labelOf } from "../values.ts";
import { FinishedExperiments } from "./finished-experiments.tsx";
import { ModelCard } from "./model-card.tsx";

interface Training {
  readonly id: string;
  readonly model: string;
  readonly asked_by: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly words: string;
  readonly started_at: string;
  readonly finished_at: string | null;
}

const models = [...new Set(catalogue.flatMap(({ trainedModel }) => (trainedModel ? [trainedModel] : [])))];
const nameOf = (model: string): string => labelOf(model.replaceAll("-", "_"));
const stateWords = { running: "running", done: "trained", failed: "failed", cancelled: "cancelled" } as const;
const askedAgainMs = 1000;

/** The trainings of the server, asked again while one runs; what the models answer is asked anew when one has ended. */
function useTrainings() {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ["trainings"],
    queryFn: ({ signal }) => getJson<{ rows: readonly Training[] }>("/trainings", signal),
    refetchInterval: ({ state }) =>
      state.data?.rows.some((training) => training.state === "running") ? askedAgainMs : false,
  });
  const rows = data?.rows ?? [];
  const running = rows.find(({ state }) => state === "running") ?? null;
  const before = useRef(running?.id ?? null);
  useEffect(() => {
    if (before.current !== null && running === null) void client.invalidateQueries({ queryKey: ["analysis"] });
    before.current = running?.id ?? null;
  }, [running, client]);
  return { rows, running };
}

/** Trains a model, says where it is, and what became of the last ones. A shared page shows none of it. */
export function TrainingsCard() {
  return useWorkspace().shared ? null : <Trainings />;
}

function Trainings() {
  const { session, format } = useWorkspace();
  const { rows, running } = useTrainings();
  const [model, setModel] = useState(models[0] ?? "");
  const [experiment, setExperiment] = useState<string | null>(null);
  const change = useChange("trainings");
  const [refusal, attempt] = useRefusal();
  const [isTold, setTold] = useState(false);
  const isAllowed = isAnalyst(session);
  return (
    <Card
      title="Train a model"
      subtitle="On all data before today; a run that is no worse than the one before answers from then on"
      size="full"
    >
      <form
        className="card-controls"
        onSubmit={(event) => {
          event.preventDefault();
          const asked = model === "uplift" && experiment !== null ? { experiment } : {};
          void attempt(async () => void (await change("POST", `/models/${model}/train`, asked)));
        }}
      >
        <label className="control" htmlFor="training-model">
          <span>Model</span>
          <Select
            id="training-model"
            size="xs"
            w={220}
            allowDeselect={false}
            value={model}
            data={models.map((value) => ({ value, label: nameOf(value) }))}
            onChange={(value) => setModel(value ?? model)}
          />
        </label>
        {model === "uplift" ? <FinishedExperiments chosen={experiment} onChoose={setExperiment} /> : null}
        {isAllowed ? (
          <Button type="submit" size="compact-sm" disabled={running !== null}>
            Train
          </Button>
        ) : null}
        {running && isAllowed ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void attempt(async () => void (await change("DELETE", `/trainings/${running.id}`)))}
          >
            Cancel
          </Button>
        ) : null}
        <button type="button" className="link-button" onClick={() => setTold(true)}>
          Model card
        </button>
      </form>
      {isAllowed ? null : <p className="notes">Training needs the role analyst.</p>}
      {isTold ? <ModelCard model={model} title={nameOf(model)} onClose={() => setTold(false)} /> : null}
      <p role="status">
        {running ? `${nameOf(running.model)} is being trained: ${running.words || "reading the shop's data"}` : null}
      </p>
      {refusal ? <p role="alert">{refusal}</p> : null}
      {rows.length > 0 ? (
        <ul className="kept-list">
          {rows.slice(0, 5).map((training) => (
            <li key={training.id}>
              {nameOf(training.model)}: {stateWords[training.state]}
              <span className="muted">
                {format.instant(training.finished_at ?? training.started_at)}, by {training.asked_by}
                {training.state === "failed" ? ` · ${training.words}` : ""}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
