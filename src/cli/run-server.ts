/** A workspace's server with its regular work. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Credentials } from "../api/credentials.ts";
import { Collector, collectOnce, pauseOf } from "../collect/index.ts";
import { startTasks } from "../delivery/index.ts";
import { CartwrightError } from "../errors.ts";
import { recover } from "../ingestion/commit.ts";
import { buildOwed } from "../ingestion/import.ts";
import type { Workspace } from "../workspace.ts";

export interface RunningServer {
  readonly url: string;
  readonly credentials: Credentials;
  /** Whether it has a storefront. */
  readonly hasStore: boolean;
  /** Ends the work that runs, then the server. */
  readonly stop: () => Promise<void>;
}

function isAddressInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

/** How a browser on this machine names what listens on an address. */
function nameOf(host: string): string {
  if (["0.0.0.0", "127.0.0.1", "::"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

/** Where to listen; without a port at that of the settings. */
export interface Listening {
  readonly port: number | null;
  readonly host: string;
}

/** Starts serving; a busy port gives way to a free one unless it was asked for. */
export async function runServer(workspace: Workspace, { port, host }: Listening): Promise<RunningServer> {
  const { config, folders, warehouse, clock } = workspace;
  mkdirSync(folders.logs, { recursive: true });
  const credentials = new Credentials(folders.root, clock);
  if (await recover(warehouse, clock))
    await workspace.exclusively(() => buildOwed({ warehouse, config, clock }, "recovery"));
  // The server is half of what there is to load, and no other command needs it.
  const { createServer } = await import("../api/server.ts");
  const { storeServices } = await import("../api/store/services.ts");
  const { runAlertTasks } = await import("../api/run-alert-tasks.ts");
  const { runStoreTasks } = await import("../api/store/run-store-tasks.ts");
  const store = storeServices(workspace);
  const collector = new Collector(workspace);
  const logFile = join(folders.logs, "server.log");
  const server = await createServer({ workspace, credentials, logFile, store, collector });
  try {
    await server.listen({ host, port: port ?? config.server.port });
  } catch (error) {
    if (!isAddressInUse(error)) throw error;
    if (port !== null)
      throw new CartwrightError(
        "invalid_usage",
        `port ${port} is taken; choose another with --port, or 0 for any free one`,
      );
    await server.listen({ host, port: 0 });
  }
  const listening = server.addresses().map((address) => (typeof address === "string" ? address : address.port))[0];
  const url = `http://${nameOf(host)}:${listening}`;
  await workspace.announceServer(url);
  const tasks = runStoreTasks(workspace, store, (task, error) => server.log.error({ task, err: error }, "store task"));
  const collecting = startTasks(
    [
      {
        name: "collect",
        everyMs: () => pauseOf(collector, config.collect.interval_seconds * 1000),
        run: async () => await collectOnce(workspace, collector),
      },
    ],
    (task, error) => server.log.error({ task, err: error }, "collecting"),
  );
  const alerts = runAlertTasks(workspace, (task, error) => server.log.error({ task, err: error }, "alert task"));
  return {
    url,
    credentials,
    hasStore: store.exists(),
    stop: async () => {
      await alerts.stop();
      await tasks.stop();
      await server.close();
      await collecting.stop();
      await collector.close();
    },
  };
}
