/** Backups of a schedule: a new one made, then the oldest of its own removed. */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { backupManifestName } from "../../backup/index.ts";
import type { ScheduleOf } from "../../config.ts";
import { changeJournal } from "../../schedules/index.ts";
import { backUpAll } from "../backup-command.ts";
import { count, type TaskContext } from "./task-context.ts";

/** Without its manifest, which goes first, what a kill leaves is no backup and is never taken for one. */
function removeBackup(folder: string): void {
  rmSync(join(folder, backupManifestName), { force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Which folders are the schedule's own is written in its journal: a backup made by hand, or by another schedule, is never removed. */
export async function keepBackup(
  { workspace, name, signal, patiently }: TaskContext,
  { folder, keep }: ScheduleOf<"backup">,
): Promise<string> {
  const { root, backups } = workspace.folders;
  const home = folder === undefined ? backups : resolve(root, folder);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const made = await patiently(() => backUpAll(workspace, home, signal));
  const surplus = changeJournal<readonly string[]>(root, name, (journal) => {
    if (!journal) return { journal: null, value: [] };
    const own = [...journal.backups, made.folder].filter((one) => existsSync(one));
    return { journal: { ...journal, backups: own }, value: own.slice(0, Math.max(0, own.length - keep)) };
  });
  for (const one of surplus) removeBackup(one);
  const bytes = made.manifest.files.reduce((sum, file) => sum + file.byte_count, 0);
  const removed = surplus.length > 0 ? `; ${count(surplus.length, "older one")} removed` : "";
  return `${basename(made.folder)}, ${(bytes / 1e6).toFixed(1)} MB${removed}`;
}
