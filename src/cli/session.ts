/** What a command needs: its workspace opened, used and closed again, whatever happens. */
import type { AnalysisContext } from "../analyses/run.ts";
import { systemClock } from "../clock.ts";
import { workspaceFolder } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import { readExtent } from "../warehouse/extent.ts";
import { Workspace } from "../workspace.ts";

export interface WorkspaceOption {
  readonly workspace?: string;
}

/** Opens the workspace a command names, runs `work`, and closes it. */
export async function inWorkspace<T>(
  options: WorkspaceOption,
  command: string,
  work: (workspace: Workspace) => Promise<T>,
  opening: { readonly isMoving?: boolean } = {},
): Promise<T> {
  const workspace = await Workspace.open(workspaceFolder(options.workspace), systemClock, command, opening);
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}

/**
 * The same for work that only reads. When the engine belonged to another command that has just ended, the work is done
 * once more on an engine of our own.
 */
export async function reading<T>(
  options: WorkspaceOption,
  command: string,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  try {
    return await inWorkspace(options, command, work);
  } catch (error) {
    const isGone =
      error instanceof CartwrightError && (error.code === "engine_stopped" || error.code === "warehouse_unreachable");
    if (!isGone) throw error;
    return await inWorkspace(options, command, work);
  }
}

/** What an analysis of an opened workspace runs in: behind the questions of people at pages, where a server has the engine. */
export async function analysisContext({ warehouse, config, isOwner }: Workspace): Promise<AnalysisContext> {
  return { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone, isPatient: !isOwner };
}

/** A signal that fires on the first Ctrl-C; a second one ends the process. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => {
    controller.abort();
    process.once("SIGINT", () => process.exit(130));
  });
  process.once("SIGTERM", () => controller.abort());
  return controller.signal;
}
