/** What each task does, by the functions of the commands; each says in a line what came of it. */
import type { Schedule, ScheduleOf } from "../../config.ts";
import { CartwrightError, toCartwrightError } from "../../errors.ts";
import { buildOwed } from "../../ingestion/import.ts";
import { pullSource } from "../../pulls/index.ts";
import { retain } from "../retention-command.ts";
import { scoreAll } from "../score-command.ts";
import { trainModel } from "../train-model.ts";
import { importDropped } from "./import-dropped.ts";
import { keepBackup } from "./keep-backup.ts";
import { mailReport } from "./mail-report.ts";
import { count, type TaskContext } from "./task-context.ts";

async function pull({ workspace, patiently }: TaskContext, { sources }: ScheduleOf<"pull">): Promise<string> {
  const said: string[] = [];
  let failure: CartwrightError | null = null;
  // Every source is tried; the first failure is the run's.
  for (const source of sources ?? Object.keys(workspace.config.pulls)) {
    try {
      const { taken_rows, refused_rows } = await patiently(() => pullSource(workspace, source));
      const refused = refused_rows > 0 ? `, ${refused_rows.toLocaleString("en")} refused` : "";
      said.push(`${count(taken_rows, "new row")} from ${source}${refused}`);
    } catch (error) {
      failure ??= toCartwrightError(error);
    }
  }
  if (failure === null) return said.join("; ");
  const { code, message, details } = failure;
  throw new CartwrightError(code, [message, ...said].join("; "), details, failure);
}

async function refresh({ workspace, patiently }: TaskContext): Promise<string> {
  const { warehouse, config, clock } = workspace;
  let steps = 0;
  const onStep = (): void => {
    steps += 1;
  };
  await patiently(() => workspace.exclusively(() => buildOwed({ warehouse, config, clock }, "schedule", onStep)));
  return steps === 0 ? "everything was up to date" : "everything is up to date again";
}

async function train({ workspace, patiently }: TaskContext, { model }: ScheduleOf<"train">): Promise<string> {
  const { run_key, cutoff_on } = await patiently(() => trainModel(workspace, model, {}));
  return `${model} trained on what was before ${cutoff_on}, run ${run_key}`;
}

async function score({ workspace, patiently }: TaskContext, { model }: ScheduleOf<"score">): Promise<string> {
  const { scored_count, run_key } = await patiently(() => scoreAll(workspace, model));
  return `${count(scored_count, "customer")} scored by ${model}, run ${run_key}`;
}

async function retention({ workspace, patiently }: TaskContext): Promise<string> {
  const parts = await patiently(() => retain(workspace, false));
  const rows = parts.reduce((sum, part) => sum + part.row_count, 0);
  return rows === 0 ? "nothing was old enough to go" : `texts of ${count(rows, "row")} are gone`;
}

/** Does what a schedule says; what came of it in a line. */
export async function doTask(context: TaskContext, schedule: Schedule): Promise<string> {
  switch (schedule.task) {
    case "pull":
      return await pull(context, schedule);
    case "import":
      return await importDropped(context, schedule);
    case "refresh":
      return await refresh(context);
    case "train":
      return await train(context, schedule);
    case "score":
      return await score(context, schedule);
    case "report":
      return await mailReport(context, schedule);
    case "backup":
      return await keepBackup(context, schedule);
    case "retention":
      return await retention(context);
  }
}
