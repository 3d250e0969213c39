/** `serve`, `demo` and `start`: the server, and a believable shop to look at. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { systemClock } from "../clock.ts";
import { workspaceFolder } from "../config.ts";
import { importFiles } from "../ingestion/import.ts";
import { createDemoShop, writeDemoFiles } from "../sources/generator/index.ts";
import { createWorkspace, Workspace } from "../workspace.ts";
import { progressReporter } from "./import-command.ts";
import { say } from "./output.ts";
import { runServer } from "./run-server.ts";

interface ServeFlags {
  readonly workspace?: string;
  readonly port?: string;
}

/** Serves until told to stop. */
async function serve(workspace: Workspace, port: number | null): Promise<void> {
  const { url, credentials, hasStore, stop } = await runServer(workspace, port);
  const secret = credentials.createLink({ name: "owner", role: "admin" });
  const shop = hasStore ? `\n  Its storefront is at ${url}/shop/` : "";
  say(
    `\n  ${workspace.config.name} is at ${url}${shop}\n  Sign in once with ${url}/sign-in?token=${secret}\n  A new link: cartwright link. Stop with Ctrl-C.\n`,
  );
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  say("stopping");
  await stop();
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
