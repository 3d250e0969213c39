/** Files that another program puts into a folder, loaded as they come. */
import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isWithin } from "../../config/schedules.ts";
import type { ScheduleOf } from "../../config.ts";
import { CartwrightError, toCartwrightError } from "../../errors.ts";
import { recover } from "../../ingestion/commit.ts";
import { expandPaths, importOpened } from "../../ingestion/import.ts";
import { type OpenedFile, openFile } from "../../ingestion/open-file.ts";
import type { Workspace } from "../../workspace.ts";
import { count, type TaskContext } from "./task-context.ts";

/** A file that changed so shortly ago may still be being written. */
const quietMs = 60_000;

/** Files that are named and rest, none of them outside the folders that the settings declare. @throws file_refused */
async function filesOf(
  { config, clock, folders }: Workspace,
  files: string,
): Promise<{ ready: string[]; busy: number }> {
  const allowed = config.imports.folders.map((folder) => realpathSync(resolve(folders.root, folder)));
  const found = await expandPaths([resolve(folders.root, files)]).catch((error: unknown) => {
    if (error instanceof CartwrightError && error.code === "file_missing") return [];
    throw error;
  });
  // A link may lead out of the folder it lies in; `expandPaths` has followed it.
  const outside = found.find((path) => !allowed.some((folder) => isWithin(path, folder)));
  if (outside !== undefined)
    throw new CartwrightError("file_refused", `${outside} lies outside the folders of imports.folders`, {
      path: outside,
    });
  const ready = found.filter((path) => clock.now() - statSync(path).mtimeMs >= quietMs);
  return { ready, busy: found.length - ready.length };
}

/**
 * Loads what is there; what was loaded before is recognised and changes nothing. A file that cannot be read does not keep the
 * others from being loaded; the run then fails, naming it.
 */
export async function importDropped(
  { workspace, signal, patiently }: TaskContext,
  { files }: ScheduleOf<"import">,
): Promise<string> {
  const { warehouse, config, clock } = workspace;
  const { ready, busy } = await filesOf(workspace, files);
  const later = busy > 0 ? `; ${count(busy, "file")} may still be written and will be loaded next time` : "";
  if (ready.length === 0) return `no files to load${later}`;
  const opened: OpenedFile[] = [];
  const problems: string[] = [];
  for (const path of ready) {
    try {
      opened.push(await openFile(path, {}));
    } catch (error) {
      problems.push(toCartwrightError(error).message);
    }
  }
  const batches = await patiently(() =>
    workspace.exclusively(async () => {
      await recover(warehouse, clock);
      return await importOpened({ warehouse, config, clock }, opened, { signal }, "schedule");
    }),
  );
  const loaded = batches.filter(({ state }) => state === "loaded");
  const sum = (of: (batch: (typeof batches)[number]) => number): number =>
    loaded.reduce((total, batch) => total + of(batch), 0);
  const refused = sum((batch) => batch.rejected_rows);
  const words =
    loaded.length === 0
      ? "no new files"
      : `${count(
          sum((batch) => batch.loaded_rows),
          "row",
        )} of ${count(loaded.length, "new file")} loaded${refused > 0 ? `, ${refused.toLocaleString("en")} refused` : ""}`;
  if (problems.length > 0) throw new CartwrightError("file_unreadable", `${problems.join("; ")} (${words}${later})`);
  return `${words}${later}`;
}
