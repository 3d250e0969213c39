/** A workspace out of a backup. Nothing is touched before every byte of the backup has been found as it was written. */
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Clock } from "../clock.ts";
import { CartwrightError } from "../errors.ts";
import { replayErasures } from "../privacy/index.ts";
import { openStore } from "../store/connection.ts";
import { loadStore } from "../store/dump.ts";
import { Engine } from "../warehouse/engine.ts";
import { databaseName } from "../warehouse/engine-config.ts";
import { createDatabaseSql, createFunctions, schemaVersion } from "../warehouse/schema.ts";
import { type Connection, Warehouse } from "../warehouse/warehouse.ts";
import { privacyFolder, readErasures, takeOverRegister } from "../workspace/erasure-register.ts";
import { lockByProcess } from "../workspace/process-lock.ts";
import { Workspace } from "../workspace.ts";
import { copyWithDigest, digestOf, type KeptFile, throwIfCancelled } from "./digest.ts";
import { restoreWarehouse } from "./engine-backup.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { entriesInPlace, swapInto } from "./swap.ts";
import { loadTables } from "./table-files.ts";

export interface RestoreOptions {
  /** Take the place of a workspace that is there. */
  readonly replace: boolean;
  readonly clock: Clock;
  /** A workspace, or the `files` of a newer backup, whose register of erasures is applied beside that of the workspace in place. */
  readonly erasures?: string | undefined;
  /** A `cartwright.json` in place of the backup's: of another warehouse that takes the rows. */
  readonly settings?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((words: string) => void) | undefined;
}

function refuseUnlessAsWritten(path: string, expected: KeptFile, found: Pick<KeptFile, "byte_count" | "sha256">): void {
  if (found.byte_count === expected.byte_count && found.sha256 === expected.sha256) return;
  const what =
    found.byte_count === expected.byte_count
      ? "its bytes are not those that were written"
      : `it has ${found.byte_count} bytes, ${expected.byte_count} were written`;
  throw new CartwrightError("backup_invalid", `${path} is damaged: ${what}`);
}

/**
 * Reads every file of a backup and compares it with what was written.
 *
 * @throws backup_invalid naming the first file that is missing or damaged, backup_newer
 */
export async function checkBackup(folder: string, signal?: AbortSignal): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    if (!existsSync(path)) throw new CartwrightError("backup_invalid", `${path} is missing`);
    refuseUnlessAsWritten(path, file, await digestOf(path, signal));
  }
  return manifest;
}

/** @throws workspace_busy naming the process that has the workspace open */
function refuseWhileOpen(root: string): void {
  const owner = Workspace.owner(root);
  if (!owner) return;
  throw new CartwrightError("workspace_busy", `process ${owner.ownerPid} (${owner.command}) has ${root} open`, {
    pid: owner.ownerPid,
  });
}

/** Makes the tables anew in an engine of their own, which may read the backup's folder. */
async function restoreEngine(folder: string, staging: string, signal?: AbortSignal): Promise<void> {
  const dataFolder = join(staging, "warehouse");
  const engine = await Engine.start({ dataFolder, runFolder: join(staging, "run"), backupsFolder: folder });
  const { url, appPassword } = await engine.address();
  const app = { user: "app", password: appPassword };
  const connection: Connection = { url, app, reader: app, patient: app };
  const withoutDatabase = new Warehouse(async () => connection, "default");
  const warehouse = new Warehouse(async () => connection);
  try {
    await withoutDatabase.command(createDatabaseSql(databaseName));
    await createFunctions(warehouse);
    await restoreWarehouse(warehouse, "warehouse.tar", { signal });
  } finally {
    await withoutDatabase.close();
    await warehouse.close();
    await engine.stop();
  }
}

/** Brings rows into the server that the settings of the backup name. @throws backup_invalid where they are of another schema */
async function restoreTables(
  workspace: Workspace,
  folder: string,
  { warehouse_schema, warehouse_tables, version }: Manifest,
  { signal, onProgress }: RestoreOptions,
): Promise<void> {
  if (warehouse_schema !== schemaVersion)
    throw new CartwrightError(
      "backup_invalid",
      `the tables of this backup have schema version ${warehouse_schema}, and this version has ${schemaVersion}: restore it with Cartwright ${version} and upgrade then`,
    );
  const { warehouse, config, clock } = workspace;
  await workspace.exclusively(() =>
    loadTables({ warehouse, config, clock }, folder, warehouse_tables, { signal, onProgress }),
  );
}

/** Whoever has been erased since the backup was made is erased in it too. */
async function eraseAgain(workspace: Workspace, { store }: Manifest, tell: (words: string) => void): Promise<void> {
  if (readErasures(workspace.folders.root).length === 0) return;
  tell("erasures");
  if (store !== "embedded") return void (await replayErasures(workspace, null));
  const opened = await openStore({ folder: join(workspace.folders.root, "store", "data") });
  try {
    await replayErasures(workspace, opened);
  } finally {
    await opened.close();
  }
}

/** Puts the registers of the workspace in place and of whoever else is named into the one of the backup. */
function takeOverRegisters(root: string, staging: string, erasures: string | undefined): void {
  takeOverRegister(root, staging);
  if (erasures === undefined) return;
  if (!existsSync(privacyFolder(erasures)))
    throw new CartwrightError("invalid_usage", `${erasures} has no register of erasures`);
  if (takeOverRegister(erasures, staging)) return;
  throw new CartwrightError("invalid_usage", `the register of ${erasures} is of another shop`);
}

/** Builds the workspace in `staging`, brought to this version. */
async function stage(
  folder: string,
  root: string,
  staging: string,
  manifest: Manifest,
  options: RestoreOptions,
): Promise<void> {
  const { signal, onProgress: tell = () => {} } = options;
  tell("settings, journals and what people keep");
  for (const file of manifest.files.filter(({ path }) => path.startsWith("files/"))) {
    const path = join(folder, file.path);
    refuseUnlessAsWritten(
      path,
      file,
      await copyWithDigest(path, join(staging, file.path.slice("files/".length)), signal),
    );
  }
  if (options.settings !== undefined) {
    if (manifest.warehouse === "embedded")
      throw new CartwrightError(
        "invalid_usage",
        "other settings need a backup of rows: make it with `cartwright backup --portable`",
      );
    if (!existsSync(options.settings))
      throw new CartwrightError("invalid_usage", `there are no settings at ${options.settings}`);
    cpSync(options.settings, join(staging, "cartwright.json"));
  }
  takeOverRegisters(root, staging, options.erasures);
  if (manifest.store === "embedded") {
    tell("store");
    await loadStore(join(staging, "store", "data"), join(folder, "store.tar.gz"));
  }
  throwIfCancelled(signal);
  if (manifest.warehouse !== "server") {
    tell("warehouse");
    if (manifest.warehouse === "embedded") await restoreEngine(folder, staging, signal);
    const workspace = await Workspace.open(staging, options.clock, "restore");
    try {
      if (manifest.warehouse === "tables") await restoreTables(workspace, folder, manifest, options);
      await eraseAgain(workspace, manifest, tell);
    } finally {
      await workspace.close();
    }
  }
  for (const name of ["run", "backups"]) rmSync(join(staging, name), { recursive: true, force: true });
}

/**
 * Makes the workspace `root` out of the backup in `folder`.
 *
 * @throws backup_invalid, backup_newer, workspace_newer, store_newer, workspace_not_empty, workspace_busy, cancelled; `root` is then as it was
 */
export async function restore(folder: string, root: string, options: RestoreOptions): Promise<Manifest> {
  const { signal, clock, onProgress: tell = () => {} } = options;
  const source = resolve(folder);
  tell("checksums");
  const manifest = await checkBackup(source, signal);
  const [inPlace] = entriesInPlace(root);
  if (inPlace !== undefined && !options.replace)
    throw new CartwrightError("workspace_not_empty", `${root} holds ${inPlace} and more`);
  refuseWhileOpen(root);
  const busy = (pid: number | "unknown"): string => `process ${pid} is restoring into ${root} or has its store open`;
  const isNew = !existsSync(root);
  const locks = [lockByProcess(join(root, "run", "restore.lock"), busy)];
  const staging = join(root, ".restoring");
  try {
    const store = join(root, "store");
    if (existsSync(store)) locks.push(lockByProcess(join(store, "open.lock"), busy));
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { mode: 0o700 });
    await stage(source, root, staging, manifest, options);
    throwIfCancelled(signal);
    refuseWhileOpen(root);
    swapInto(root, staging, join(root, `.replaced-${clock.now()}`));
    return manifest;
  } catch (error) {
    if (isNew) rmSync(root, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
    for (const unlock of locks.reverse()) unlock();
  }
}
