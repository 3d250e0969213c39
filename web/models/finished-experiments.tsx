import { Select } from "@mantine/core";
import type { ExperimentAnswer } from "../experiments/experiment-types.ts";
import { useExperiment } from "../experiments/use-experiment.ts";

const finished: readonly string[] = ["stopped", "decided"];

/** Chooses the experiment that uplift is learnt from; null is the last that stopped. */
export function FinishedExperiments({
  chosen,
  onChoose,
}: {
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
}) {
  const { data } = useExperiment<{ readonly rows: readonly ExperimentAnswer[] }>("");
  const options = (data?.rows ?? [])
    .filter(({ status }) => finished.includes(status))
    .map(({ definition }) => ({
      value: definition.experiment_id,
      label: definition.title || definition.experiment_id,
    }));
  return (
    <label className="control" htmlFor="training-experiment">
      <span>Learnt from</span>
      <Select
        id="training-experiment"
        size="xs"
        w={240}
        clearable
        placeholder={data && options.length === 0 ? "No experiment has stopped yet" : "The last that stopped"}
        value={chosen}
        data={options}
        onChange={onChoose}
      />
    </label>
  );
}
