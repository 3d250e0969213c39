/** `cartwright backup`: the whole workspace into one folder, while a server runs or not. */
import { join } from "node:path";
import { Command, Option } from "commander";
import { type BackupOptions, type BackupOutcome, backUp, type Manifest } from "../backup/index.ts";
import { openWorkspaceStore, storeKindOf } from "../delivery/index.ts";
import { CartwrightError } from "../errors.ts";
import { dumpStore, type TableCount } from "../store/dump.ts";
import { Workspace } from "../workspace.ts";
import { askServer } from "./ask-server.ts";
import { formatRows, type OutputFormat, outputFormats, print, say } from "./output.ts";
import { interruptSignal, inWorkspace } from "./session.ts";

interface BackupFlags {
  readonly workspace?: string;
  readonly out?: string;
  readonly portable?: boolean;
  readonly serverWarehouse: boolean;
  readonly format: OutputFormat;
}

/** The running server has the embedded store open and writes it. */
async function dumpByServer(
  url: string,
  workspace: Workspace,
  name: string,
  signal: AbortSignal,
): Promise<readonly TableCount[]> {
  try {
    const answer = await askServer(url, workspace, {
      name: "backup",
      path: "/api/v1/backups/store",
      body: { backup: name },
      signal,
    });
    if (!answer.ok)
      throw new CartwrightError(
        "backup_failed",
        `the server at ${url} answered ${answer.status}: ${await answer.text()}`,
      );
    return ((await answer.json()) as { rows: readonly TableCount[] }).rows;
  } catch (error) {
    if (error instanceof CartwrightError) throw error;
    if (signal.aborted) throw new CartwrightError("cancelled", "the backup was cancelled", {}, error);
    throw new CartwrightError("backup_failed", `the server at ${url} does not answer`, {}, error);
  }
}

async function dumpHere(workspace: Workspace, name: string): Promise<readonly TableCount[]> {
  const { connection } = await openWorkspaceStore(workspace);
  try {
    return (await dumpStore(connection, join(workspace.folders.backups, name, "store.tar.gz"))) ?? [];
  } finally {
    await connection.close();
  }
}

/** Backs up the workspace with its store, which the running server writes out when there is one. */
export async function backUpAll(
  workspace: Workspace,
  out: string | undefined,
  signal: AbortSignal,
  form: Pick<BackupOptions, "isPortable" | "leavesServerOut"> = {},
): Promise<BackupOutcome> {
  const url = Workspace.serverUrl(workspace.folders.root);
  return await backUp(workspace, {
    out,
    storeKind: storeKindOf(workspace),
    ...form,
    dumpStore: async (name) =>
      url === null ? await dumpHere(workspace, name) : await dumpByServer(url, workspace, name, signal),
    signal,
    onProgress: say,
  });
}

/** What a server holds is in that server's own backups, and whoever relies on this one must know. */
export function sayWhatIsElsewhere({ warehouse, store }: Pick<Manifest, "warehouse" | "store">): void {
  if (warehouse === "server")
    say("the warehouse is on a ClickHouse server and was left out of this backup: use the server's own BACKUP");
  if (store === "server") say("the store is on a PostgreSQL server and not in this backup: use pg_dump --schema=store");
}

export function backupCommand(): Command {
  return new Command("backup")
    .description("copy the whole workspace into one folder with checksums, also while the server runs")
    .option(
      "--out <folder>",
      "the backup's folder, or an existing folder to put it into; the workspace's backups/ when not given",
    )
    .option("--portable", "write the warehouse as rows of tables, so that a server or a cluster can take it too")
    .option("--no-server-warehouse", "leave out a warehouse on a ClickHouse server, which has backups of its own")
    .option("--workspace <folder>", "the workspace's folder")
    .addOption(new Option("--format <format>", "form of the output").choices(outputFormats).default("table"))
    .action(async (flags: BackupFlags) => {
      await inWorkspace(flags, "backup", async (workspace) => {
        const { folder, manifest } = await backUpAll(workspace, flags.out, interruptSignal(), {
          isPortable: flags.portable,
          leavesServerOut: !flags.serverWarehouse,
        });
        const row = {
          folder,
          started_at: manifest.started_at,
          file_count: manifest.files.length,
          byte_count: manifest.files.reduce((sum, file) => sum + file.byte_count, 0),
          warehouse: manifest.warehouse,
          store: manifest.store,
        };
        await print(formatRows([row], Object.keys(row), flags.format));
        sayWhatIsElsewhere(manifest);
      });
    });
}
