/** What a command of the store needs: workspace and store opened, used and closed again. */
import { Command, Option } from "commander";
import { openWorkspaceStore } from "../delivery/index.ts";
import type { StoreConnection } from "../store/connection.ts";
import type { Workspace } from "../workspace.ts";
import { type OutputFormat, outputFormats, say } from "./output.ts";
import { inWorkspace } from "./session.ts";

export interface StoreFlags {
  readonly workspace?: string;
  readonly format: OutputFormat;
}

type Work = (workspace: Workspace, connection: StoreConnection) => Promise<void>;

/** Opens workspace and store for one command; nobody else changes either meanwhile. */
export async function withStore(flags: StoreFlags, command: string, work: Work): Promise<void> {
  await inWorkspace(flags, `store ${command}`, async (workspace) => {
    await workspace.exclusively(async () => {
      const { connection, applied } = await openWorkspaceStore(workspace);
      try {
        if (applied.length > 0) say(`store: applied ${applied.join(", ")}`);
        await work(workspace, connection);
      } finally {
        await connection.close();
      }
    });
  });
}

/** A command of the store with the options that all of them have. */
export function storeCommandOf(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"));
}
