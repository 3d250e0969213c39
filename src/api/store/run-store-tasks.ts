/** The store's regular work, for as long as the server runs. */
import { hasWorkspaceStore, type Scheduler, startTasks, storeTasks } from "../../delivery/index.ts";
import type { Workspace } from "../../workspace.ts";
import type { StoreServices } from "./services.ts";

/** Begins as soon as the store is open: at once when the workspace has one, else with the first request that opens it. */
export function runStoreTasks(
  workspace: Workspace,
  services: StoreServices,
  onFailure: (task: string, error: unknown) => void,
): Scheduler {
  let scheduler: Scheduler | null = null;
  let isStopped = false;
  services.onOpen((connection) => {
    const { mailer, payments } = services;
    if (!isStopped) scheduler ??= startTasks(storeTasks({ workspace, connection, mailer, payments }), onFailure);
  });
  if (hasWorkspaceStore(workspace)) services.open().catch((error: unknown) => onFailure("open the store", error));
  return {
    stop: async () => {
      isStopped = true;
      await scheduler?.stop();
    },
  };
}
