/** `serve`, `demo` and `start`: the server, and a believable shop to look at. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { Credentials } from "../api/credentials.ts";
import { systemClock } from "../clock.ts";
import { Collector, collectOnce } from "../collect/index.ts";
import { workspaceFolder } from "../config.ts";
import { startTasks } from "../delivery/index.ts";
import { CartwrightError } from "../errors.ts";
import { recover } from "../ingestion/commit.ts";
import { buildOwed, importFiles } from "../ingestion/import.ts";
import { createDemoShop, writeDemoFiles } from "../sources/generator/index.ts";
import { createWorkspace, Workspace } from "../workspace.ts";
import { progressReporter } from "./import-command.ts";
import { say } from "./output.ts";

interface ServeFlags {
  readonly workspace?: string;
  readonly port?: string;
}

function isAddressInUse(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EADDRINUSE";
}

/** Serves until told to stop; a busy port gives way to a free one unless it was asked for. */
async function serve(workspace: Workspace, port: number | null): Promise<void> {
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
  const host = config.server.host;
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
  const url = `http://${host === "0.0.0.0" || host === "127.0.0.1" ? "localhost" : host}:${listening}`;
  await workspace.announceServer(url);
  const tasks = runStoreTasks(workspace, store, (task, error) => server.log.error({ task, err: error }, "store task"));
  const collecting = startTasks(
    [
      {
        name: "collect",
        everyMs: config.collect.interval_seconds * 1000,
        run: async () => await collectOnce(workspace, collector),
      },
    ],
    (task, error) => server.log.error({ task, err: error }, "collecting"),
  );
  const alerts = runAlertTasks(workspace, (task, error) => server.log.error({ task, err: error }, "alert task"));
  const secret = credentials.createLink({ name: "owner", role: "admin" });
  const shop = store.exists() ? `\n  Its storefront is at ${url}/shop/` : "";
  say(
    `\n  ${config.name} is at ${url}${shop}\n  Sign in once with ${url}/sign-in?token=${secret}\n  A new link: cartwright link. Stop with Ctrl-C.\n`,
  );
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  say("stopping");
  await alerts.stop();
  await tasks.stop();
  await server.close();
  await collecting.stop();
  await collector.close();
}

async function openAndServe(flags: ServeFlags): Promise<void> {
  const workspace = await Workspace.open(workspaceFolder(flags.workspace), systemClock, "serve");
  try {
    await serve(workspace, flags.port === undefined ? null : Number(flags.port));
  } finally {
    await workspace.close();
  }
}

export function serveCommand(): Command {
  return new Command("serve")
    .description("serve the dashboard and the API, and print a sign-in link")
    .option("--workspace <folder>", "the workspace's folder")
    .option("--port <port>", "port to listen on; 0 for any free one")
    .action(openAndServe);
}

/** Makes the demo shop in a new workspace. */
async function makeDemo(folder: string, seed: number): Promise<void> {
  createWorkspace(folder, { name: "Demo shop", currency: "GBP", time_zone: "UTC" });
  const files = mkdtempSync(join(tmpdir(), "cartwright-demo-"));
  const workspace = await Workspace.open(folder, systemClock, "demo");
  const progress = progressReporter(false);
  try {
    say("making a demo shop");
    const written = await writeDemoFiles(createDemoShop({ seed }), files);
    const paths = written.map((file) => file.path).filter((path) => path.endsWith(".csv"));
    const { warehouse, config, clock } = workspace;
    await workspace.exclusively(() =>
      importFiles({ warehouse, config, clock }, paths, { onProgress: progress.report }),
    );
  } finally {
    progress.stop();
    await workspace.close();
    rmSync(files, { recursive: true, force: true });
  }
}

export function demoCommand(): Command {
  return new Command("demo")
    .description("make a workspace with a believable shop")
    .option("--workspace <folder>", "the workspace's folder")
    .option("--seed <number>", "another seed makes another shop", "1")
    .action(
      async (flags: { workspace?: string; seed: string }) =>
        await makeDemo(workspaceFolder(flags.workspace), Number(flags.seed)),
    );
}

export function startCommand(): Command {
  return new Command("start")
    .description("serve the workspace; with none there, make a demo shop first")
    .option("--workspace <folder>", "the workspace's folder")
    .option("--port <port>", "port to listen on; 0 for any free one")
    .action(async (flags: ServeFlags) => {
      const folder = workspaceFolder(flags.workspace);
      if (!existsSync(join(folder, "cartwright.json"))) await makeDemo(folder, 1);
      await openAndServe(flags);
    });
}
