import type { Workspace } from "../../workspace.ts";

/** What a task works with. */
export interface TaskContext {
  readonly workspace: Workspace;
  /** Name of the schedule. */
  readonly name: string;
  /** Fires when the run is cancelled or the server ends. */
  readonly signal: AbortSignal;
  /** Does a part of the work as soon as nobody else changes the workspace. */
  readonly patiently: <T>(work: () => Promise<T>) => Promise<T>;
}

/** "1 file", "1,204 files". */
export const count = (value: number, one: string, more = `${one}s`): string =>
  `${value.toLocaleString("en")} ${value === 1 ? one : more}`;
