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
  readonly host?: string;
  /** False when no sign-in link is to be printed. */
  readonly link: boolean;
}

/** A command that serves. */
const serving = (command: Command): Command =>
  command
    .option("--workspace <folder>", "the workspace's folder")
    .option("--port <port>", "port to listen on; 0 for any free one")
    .option("--host <address>", "address to listen on; that of the settings when not given")
    .option("--no-link", "print no sign-in link, where what is printed is kept; `cartwright link` makes one");

/** Serves until told to stop. */
async function serve(workspace: Workspace, { port, host, link }: ServeFlags): Promise<void> {
  const { url, credentials, hasStore, stop } = await runServer(workspace, {
    port: port === undefined ? null : Number(port),
    host: host ?? workspace.config.server.host,
  });
  const newSecret = (): string => credentials.createLink({ name: "owner", role: "admin" });
  const entry = link ? `\n  Sign in once with ${url}/sign-in?token=${newSecret()}` : "";
  const shop = hasStore ? `\n  Its storefront is at ${url}/shop/` : "";
  say(`\n  ${workspace.config.name} is at ${url}${shop}${entry}\n  A new link: cartwright link. Stop with Ctrl-C.\n`);
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
    await serve(workspace, flags);
  } finally {
    await workspace.close();
  }
}

export function serveCommand(): Command {
  return serving(new Command("serve"))
    .description("serve the dashboard and the API, and print a sign-in link")
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
  return serving(new Command("start"))
    .description("serve the workspace; with none there, make a demo shop first")
    .action(async (flags: ServeFlags) => {
      const folder = workspaceFolder(flags.workspace);
      if (!existsSync(join(folder, "cartwright.json"))) await makeDemo(folder, 1);
      await openAndServe(flags);
    });
}
