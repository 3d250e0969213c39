/** Models that are trained anew by themselves once their last training is old enough, as the settings say. */
import type { Clock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { type TrainableModel, trainableModels } from "../ml/runs/trainable-models.ts";
import type { Workspace } from "../workspace.ts";
import type { Trainings } from "./trainings.ts";

const dayMs = 86_400_000;

/** Days between two trainings by model. @throws invalid_config when the settings name a model that there is not */
export function retrainDays({ config }: Pick<Workspace, "config">): ReadonlyMap<TrainableModel, number> {
  return new Map(
    Object.entries(config.models.retrain_days).map(([name, days]) => {
      const model = trainableModels.find((one) => one === name);
      if (model) return [model, days];
      throw new CartwrightError(
        "invalid_config",
        `models.retrain_days names "${name}"; there are ${trainableModels.join(", ")}`,
        { file: "cartwright.json", line: 1 },
      );
    }),
  );
}

/**
 * Starts the training that is overdue longest, when none runs. One that failed is tried again after a day.
 *
 * @returns the model that is being trained now; null when none is due
 */
export async function retrainDue(
  { warehouse, clock, config }: Pick<Workspace, "warehouse" | "config"> & { readonly clock: Clock },
  trainings: Trainings,
): Promise<TrainableModel | null> {
  const wanted = retrainDays({ config });
  if (wanted.size === 0 || trainings.running) return null;
  // A scoring by a kept model is no training.
  const rows = await warehouse.query(
    `select model, toUnixTimestamp64Milli(max(trained_at)) as trained_at from ops_model_runs
     where trained_run_key = run_key group by model`,
  );
  const trainedAt = new Map(rows.map((row) => [String(row.model), Number(row.trained_at)]));
  const now = clock.now();
  const isTried = (model: TrainableModel): boolean =>
    trainings.list().some((one) => one.model === model && now - Date.parse(one.started_at) < dayMs);
  const overdue = [...wanted]
    .map(([model, days]) => ({ model, overdueMs: now - (trainedAt.get(model) ?? 0) - days * dayMs }))
    .filter(({ model, overdueMs }) => overdueMs >= 0 && !isTried(model))
    .toSorted((one, other) => other.overdueMs - one.overdueMs);
  const [next] = overdue;
  if (!next) return null;
  trainings.start(next.model, {}, "the schedule");
  return next.model;
}
