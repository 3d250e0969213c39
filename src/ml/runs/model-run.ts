/** The registry of trainings: predictions are written first, the run that owns them last, so a reader never sees half. */
import { type Clock, isoNow } from "../../clock.ts";
import { erasedAmong } from "../../warehouse/erased-people.ts";
import { readSql } from "../../warehouse/sql-file.ts";
import type { Row, Warehouse } from "../../warehouse/warehouse.ts";
import type { Shares } from "./shares.ts";

/**
 * `champion`: its predictions answer. `challenger`: it was measured worse than the champion, and has no predictions. `aside`: of an
 * earlier day than the champion, it answers only who asks for its cutoff.
 */
export type Standing = "champion" | "challenger" | "aside";

export interface ModelRun {
  readonly run_key: string;
  readonly model: string;
  readonly version: string;
  readonly seed: number;
  /** What was asked for, by name: runs that differ in it or in the cutoff are kept side by side. */
  readonly settings: Readonly<Record<string, string>>;
  readonly cutoff_on: string;
  readonly features: readonly string[];
  readonly data_sha256: string;
  readonly row_count: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  /** Parameters of the model; any JSON. */
  readonly artefact: object;
  /** The run whose training made the model, where this one only scored by it. */
  readonly trained_run_key?: string;
  /** Champion when not said. */
  readonly standing?: Standing;
  readonly standing_reason?: string;
  /** How the people it was trained on, and those scored, are spread over the bins of each feature and of the score. */
  readonly training_shares?: Shares;
  readonly scored_shares?: Shares;
  readonly scored_count?: number;
}

/** What a training is given. */
export interface TrainingContext {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly version: string;
  readonly seed: number;
  /** A day as YYYY-MM-DD, shop time zone: nothing dated on it or later is seen. */
  readonly cutoff: string;
  readonly onProgress: (words: string) => void;
}

const keptSql = new URL("./kept-runs.sql", import.meta.url);
const rowsAtOnce = 100_000;
/** Runs of one model whose predictions are kept, where its analysis can ask for one by its settings. */
const mostKept = 12;

/**
 * Records a run with its predictions, and drops those of the earlier run of the same cutoff and settings, and those of
 * all but the twelve newest and the champions; a run without settings replaces all before it.
 *
 * @param table the model's prd_* table
 * @param predictions its rows without run_key, made as they are needed
 * @param further rows of the model's further prd_* tables, by name of the table
 */
export async function recordRun(
  { warehouse, clock }: Pick<TrainingContext, "warehouse" | "clock">,
  run: Omit<ModelRun, "run_key">,
  table: string,
  predictions: Iterable<Row>,
  further: Readonly<Record<string, Iterable<Row>>> = {},
): Promise<ModelRun> {
  const { last } = await warehouse.queryOne("select toString(max(run_key)) as last from ops_model_runs");
  const run_key = String(BigInt(String(last)) + 1n);
  const tables = Object.entries({ ...further, [table]: predictions });
  for (const [name, rows] of tables) await writePredictions(warehouse, name, rows, run_key);
  const recorded = { ...run, run_key };
  await warehouse.insertRows("ops_model_runs", [
    { ...recorded, artefact: JSON.stringify(run.artefact), trained_at: isoNow(clock) },
  ]);
  const kept = await warehouse.query(readSql(keptSql), {
    bindings: { model: run.model, most: Object.keys(run.settings).length === 0 ? 1 : mostKept },
  });
  const keys = new Set(kept.map(({ kept_key }) => String(kept_key)));
  for (const [name] of tables) await dropRuns(warehouse, name, (key) => !keys.has(key));
  return recorded;
}

async function writePredictions(
  warehouse: Warehouse,
  table: string,
  predictions: Iterable<Row>,
  run_key: string,
): Promise<void> {
  // A run that was killed before it was recorded has left its rows under this number.
  await dropRuns(warehouse, table, (key) => key === run_key);
  let waiting: Row[] = [];
  let hasCustomers = false;
  for (const row of predictions) {
    hasCustomers ||= "customer_key" in row;
    waiting.push({ ...row, run_key });
    if (waiting.length < rowsAtOnce) continue;
    await warehouse.insertRows(table, waiting);
    waiting = [];
  }
  await warehouse.insertRows(table, waiting);
  if (hasCustomers) await forgetErasedScores(warehouse, table, run_key);
}

/** Somebody who was erased while the model was at work has no score. */
async function forgetErasedScores(warehouse: Warehouse, table: string, run_key: string): Promise<void> {
  const erased = warehouse.erasedPeople();
  if (erased === null) return;
  const scored = `select customer_key as found_key from ${table} where run_key = {run_key:UInt64}`;
  const keys = await erasedAmong(warehouse, erased, scored, { run_key });
  if (keys.length === 0) return;
  await warehouse.command(
    `alter table ${table} delete where run_key = {run_key:UInt64} and customer_key in {keys:Array(UInt64)}`,
    { bindings: { run_key, keys: keys.map(BigInt) }, settings: { mutations_sync: "2" } },
  );
}

async function dropRuns(warehouse: Warehouse, table: string, isDropped: (runKey: string) => boolean): Promise<void> {
  const parts = await warehouse.query("select distinct partition_id from stored_parts where table = {table:String}", {
    bindings: { table },
  });
  for (const { partition_id } of parts) {
    if (isDropped(String(partition_id)))
      await warehouse.command(`alter table ${table} drop partition id {partition:String}`, {
        bindings: { partition: partition_id },
      });
  }
}
