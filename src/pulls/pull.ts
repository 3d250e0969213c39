/**
 * Takes what is new from a source. New rows are put into a file of the workspace together with the state that follows them,
 * the file is imported as any file is, then the state counts. Killed between any two steps, the next run goes on: rows that
 * were not kept whole are asked for again, and a file that was imported changes nothing when it is imported again.
 */
import { appendFileSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Pull } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { Batch } from "../ingestion/batches.ts";
import { importFiles } from "../ingestion/import.ts";
import { readMapping } from "../ingestion/read-mapping.ts";
import { lockByProcess } from "../workspace/process-lock.ts";
import type { Workspace } from "../workspace.ts";
import { httpSource } from "./http-source.ts";
import { mysqlSource } from "./mysql-source.ts";
import { postgresqlSource } from "./postgresql-source.ts";
import type { RowSource } from "./source.ts";
import { sqliteSource } from "./sqlite-source.ts";
import { type PullState, readState, writeState } from "./state.ts";
import { TakenRows } from "./taken-rows.ts";

export interface PullOutcome {
  readonly name: string;
  readonly from: Pull["from"];
  /** Rows that were new; their import may make several rows of one. */
  readonly taken_rows: number;
  /** Rows that the source gave again and an earlier run had taken. */
  readonly repeated_rows: number;
  readonly loaded_rows: number;
  readonly duplicate_rows: number;
  readonly refused_rows: number;
  readonly watermark_before: string | null;
  readonly watermark_after: string | null;
  readonly batch_keys: readonly number[];
}

export interface PullOptions {
  /** Told before each step that changes something, by its name. */
  readonly onStep?: (step: PullStep) => void;
  /** Pause before a page is asked for again, milliseconds. */
  readonly pauseMs?: number;
}

export const pullSteps = ["write", "keep", "import", "advance", "remove", "done"] as const;
export type PullStep = (typeof pullSteps)[number];

const linesAtOnce = 1000;

interface PullFolder {
  readonly state: string;
  /** Being written: not kept yet. */
  readonly writing: string;
  /** Kept: to be imported. */
  readonly kept: string;
}

/**
 * Takes the new rows of a source into the warehouse.
 *
 * @throws pull_unknown, pull_failed; workspace_busy while another process pulls from it or changes the workspace
 */
export async function pullSource(workspace: Workspace, name: string, options: PullOptions = {}): Promise<PullOutcome> {
  const { pulls } = workspace.config;
  const pull = pulls[name];
  if (!pull) {
    const names = Object.keys(pulls).join(", ") || "there is none";
    throw new CartwrightError("pull_unknown", `"${name}" is not among the sources to pull from`, { names });
  }
  const root = join(workspace.folders.pulls, name);
  const folder = { state: join(root, "state.json"), writing: join(root, "writing"), kept: join(root, "kept") };
  const giveBack = lockByProcess(join(root, "lock"), (pid) => `process ${pid} is pulling from ${name}`);
  try {
    const before = readState(folder.state).watermark;
    const left = await importKept(workspace, name, pull, folder, options);
    const counts = await keepNew(sourceOf(workspace, pull, options), pull, folder, options);
    const batches = [...left, ...(await importKept(workspace, name, pull, folder, options))];
    options.onStep?.("done");
    const sum = (of: (batch: Batch) => number): number => batches.reduce((total, batch) => total + of(batch), 0);
    return {
      name,
      from: pull.from,
      ...counts,
      loaded_rows: sum((batch) => batch.loaded_rows),
      duplicate_rows: sum((batch) => batch.duplicate_rows),
      refused_rows: sum((batch) => batch.rejected_rows),
      watermark_before: before,
      watermark_after: readState(folder.state).watermark,
      batch_keys: batches.map((batch) => batch.batch_key),
    };
  } finally {
    giveBack();
  }
}

function sourceOf(workspace: Workspace, pull: Pull, { pauseMs }: PullOptions): RowSource {
  const { clock, folders } = workspace;
  switch (pull.from) {
    case "postgresql":
      return postgresqlSource(pull);
    case "mysql":
      return mysqlSource(pull);
    case "sqlite":
      return sqliteSource(workspace, pull);
    case "http":
      return httpSource(pull, { clock, root: folders.root, ...(pauseMs === undefined ? {} : { pauseMs }) });
  }
}

/** Puts new rows and the state that follows them where the next step finds both, or neither. */
async function keepNew(source: RowSource, pull: Pull, folder: PullFolder, { onStep }: PullOptions) {
  const before = readState(folder.state);
  const taken = new TakenRows(before, pull.overlap_seconds, source.isOrdered);
  onStep?.("write");
  rmSync(folder.writing, { recursive: true, force: true });
  mkdirSync(folder.writing, { recursive: true, mode: 0o700 });
  const handle = openSync(join(folder.writing, "rows.jsonl"), "w", 0o600);
  const counts = { taken_rows: 0, repeated_rows: 0 };
  const lines: string[] = [];
  try {
    for await (const row of source.rows(before.watermark)) {
      const text = JSON.stringify(row.values);
      if (!taken.isNew(row, text)) {
        counts.repeated_rows += 1;
        continue;
      }
      counts.taken_rows += 1;
      lines.push(`${text}\n`);
      if (lines.length >= linesAtOnce) appendFileSync(handle, lines.splice(0).join(""));
    }
    // As many blank lines as the run's number: a run that takes the rows of an earlier one again brings another file.
    appendFileSync(handle, lines.join("") + "\n".repeat((before.run + 1) % 1000));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  writeState(join(folder.writing, "state.json"), taken.after(counts.taken_rows > 0));
  onStep?.("keep");
  renameSync(folder.writing, folder.kept);
  return counts;
}

/** Imports what is kept, lets its state count, and removes it. Each step may be repeated. */
async function importKept(
  workspace: Workspace,
  name: string,
  pull: Pull,
  folder: PullFolder,
  { onStep }: PullOptions,
): Promise<Batch[]> {
  if (!existsSync(folder.kept)) return [];
  const after: PullState = readState(join(folder.kept, "state.json"));
  const rows = join(folder.kept, "rows.jsonl");
  const hasRows = after.run > readState(folder.state).run;
  onStep?.("import");
  const batches = hasRows ? await importRows(workspace, rows, `pull ${name} ${after.run}`, pull) : [];
  onStep?.("advance");
  writeState(folder.state, after);
  onStep?.("remove");
  rmSync(folder.kept, { recursive: true, force: true });
  return batches;
}

async function importRows(workspace: Workspace, path: string, source: string, pull: Pull): Promise<Batch[]> {
  const { warehouse, config, clock, folders } = workspace;
  const mapping = pull.map === undefined ? {} : { mapping: readMapping(resolve(folders.root, pull.map)) };
  const options = { source, ...mapping, ...(pull.preset === undefined ? {} : { preset: pull.preset }) };
  return await workspace.exclusively(() => importFiles({ warehouse, config, clock }, [path], options));
}
