/** A whole workspace into one folder, while it is used. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { cp, open } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { serverAddress } from "../config.ts";
import { CartwrightError } from "../errors.ts";
import type { TableCount } from "../store/dump.ts";
import { version } from "../version.ts";
import { schemaVersion } from "../warehouse/schema.ts";
import { isAlive } from "../workspace/process-lock.ts";
import type { Workspace } from "../workspace.ts";
import { digestOf, type KeptFile, throwIfCancelled } from "./digest.ts";
import { backUpWarehouse } from "./engine-backup.ts";
import { backupFormat, type Manifest, manifestName } from "./manifest.ts";
import { tablesFolder, writeTables } from "./table-files.ts";
import { copyWorkspaceFiles } from "./workspace-files.ts";

export interface BackupOptions {
  /** The backup's folder, or an existing folder to put it into; the workspace's `backups/` when not given. */
  readonly out?: string | undefined;
  readonly storeKind: Manifest["store"];
  /** Writes the rows of the embedded warehouse as those of a server are, so that any other warehouse can take them. */
  readonly isPortable?: boolean | undefined;
  /** Leaves out a warehouse on a server. */
  readonly leavesServerOut?: boolean | undefined;
  /** Writes the embedded store to `store.tar.gz` in the folder `backups/<name>`: by whoever has it open. */
  readonly dumpStore: (name: string) => Promise<readonly TableCount[]>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((words: string) => void) | undefined;
}

export interface BackupOutcome {
  readonly folder: string;
  readonly manifest: Manifest;
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** A name that sorts by time, such as `cartwright-20260131T101500Z`. */
const nameAt = (ms: number): string => `cartwright-${new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "")}`;

function targetOf(out: string | undefined, home: string, name: string): string {
  if (out === undefined) return join(home, name);
  const isFolder = existsSync(out) && statSync(out).isDirectory() && !existsSync(join(out, manifestName));
  const target = isFolder ? join(resolve(out), name) : resolve(out);
  if (existsSync(target)) throw new CartwrightError("backup_exists", `${target} is there already`);
  return target;
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const handle = await open(join(folder, manifestName), "wx", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The folder appears under its name at once; on another disk it is copied beside its place first. */
async function moveTo(folder: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  try {
    renameSync(folder, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const beside = join(dirname(target), `.${basename(target)}.partial`);
    try {
      rmSync(beside, { recursive: true, force: true });
      await cp(folder, beside, { recursive: true });
      renameSync(beside, target);
    } finally {
      rmSync(beside, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** Waits until what another process wrote is on disk; the path again. */
async function onDisk(path: string): Promise<string> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return path;
}

/** Removes what backups have left that were killed. */
function clearAbandoned(backups: string): void {
  for (const name of readdirSync(backups)) {
    const pid = /\.partial-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(backups, name), { recursive: true, force: true });
  }
}

async function countTables({ warehouse }: Workspace): Promise<readonly TableCount[]> {
  const rows = await warehouse.query(
    "select name, total_rows from system.tables where database = currentDatabase() and total_rows is not null order by name",
  );
  return rows.map((row) => ({ name: String(row.name), row_count: Number(row.total_rows) }));
}

/**
 * Backs the workspace up. Meanwhile events are collected and the shop sells; imports, builds and deliveries wait, so that
 * warehouse, store and journals are of one moment to each other: what one has handed on, the other has.
 * Everything acknowledged before the start is in it.
 *
 * @throws cancelled, disk_full, backup_exists, backup_failed, workspace_busy; nothing then stands under the backup's name
 */
export async function backUp(workspace: Workspace, options: BackupOptions): Promise<BackupOutcome> {
  const { folders, clock, config, warehouse } = workspace;
  const { signal, onProgress: tell = () => {} } = options;
  const startedAt = clock.now();
  const target = targetOf(options.out, folders.backups, nameAt(startedAt));
  const partial = `${nameAt(startedAt)}.partial-${process.pid}`;
  const home = join(folders.backups, partial);
  const ofEngine = options.isPortable ? "tables" : "embedded";
  const ofServer = options.leavesServerOut ? "server" : "tables";
  const form = serverAddress(config) === undefined ? ofEngine : ofServer;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  clearAbandoned(folders.backups);
  try {
    const copied = await workspace.exclusively(async () => {
      throwIfCancelled(signal);
      let warehouse_tables: readonly TableCount[] = [];
      if (form === "embedded") {
        warehouse_tables = await countTables(workspace);
        tell("warehouse");
        const onProgress = (bytes: number): void => tell(`warehouse: ${megabytes(bytes)}`);
        await backUpWarehouse(warehouse, `${partial}/warehouse.tar`, { signal, onProgress });
      } else if (form === "tables") {
        warehouse_tables = await writeTables(warehouse, home, { signal, onProgress: tell });
      }
      throwIfCancelled(signal);
      if (options.storeKind === "embedded") tell("store");
      const store_tables = options.storeKind === "embedded" ? await options.dumpStore(partial) : [];
      throwIfCancelled(signal);
      tell("settings, journals and what people keep");
      const files = await copyWorkspaceFiles(folders.root, join(home, "files"), signal);
      return { warehouse_tables, store_tables, files };
    });
    tell("checksums");
    const archives: KeptFile[] = [];
    const tables = existsSync(join(home, tablesFolder)) ? readdirSync(join(home, tablesFolder)) : [];
    const written = ["warehouse.tar", "store.tar.gz"].filter((name) => existsSync(join(home, name)));
    for (const path of [...written, ...tables.map((name) => `${tablesFolder}/${name}`)])
      archives.push({ path, ...(await digestOf(await onDisk(join(home, path)), signal)) });
    const manifest: Manifest = {
      format: backupFormat,
      version,
      started_at: new Date(startedAt).toISOString(),
      warehouse: form,
      warehouse_schema: schemaVersion,
      store: options.storeKind,
      warehouse_tables: [...copied.warehouse_tables],
      store_tables: [...copied.store_tables],
      files: [...archives, ...copied.files],
    };
    await writeManifest(home, manifest);
    throwIfCancelled(signal);
    await moveTo(home, target);
    return { folder: target, manifest };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
