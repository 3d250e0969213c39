/** A workspace in a temporary folder for the scripts here; they run on the built program (`node scripts/build.mjs`). */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importFiles, undoImport } from "../../dist/ingestion/import.js";
import { createWorkspace, Workspace } from "../../dist/workspace.js";

/** The value of `--name value` or `--name=value`, a whole number. @param {string} name @param {number} fallback */
export function option(name, fallback) {
  const at = process.argv.findIndex((one) => one === `--${name}` || one.startsWith(`--${name}=`));
  if (at === -1) return fallback;
  const given = process.argv[at]?.split("=")[1] ?? process.argv[at + 1];
  return Number(given);
}

/** Opens a new workspace, removed by `close`. @param {Record<string, unknown>} settings */
export async function openShop(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-bench-"));
  createWorkspace(folder, { currency: "USD", time_zone: "UTC", ...settings });
  const clock = { now: () => Date.now() };
  const workspace = await Workspace.open(folder, clock, "bench");
  const { warehouse, config } = workspace;
  const context = { warehouse, config, clock };
  return {
    folder,
    workspace,
    context,
    /** @param {string[]} paths @param {object} options */
    load: (paths, options = {}) => importFiles(context, paths, options),
    /** @param {number} key */
    undo: (key) => undoImport(context, key),
    close: async () => {
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Empties every table, as if nothing had ever been imported. @param {import("../../src/warehouse/warehouse.ts").Warehouse} warehouse */
export async function emptyWarehouse(warehouse) {
  const tables = await warehouse.query(
    "select name from system.tables where database = currentDatabase() and engine like '%MergeTree' and total_rows > 0",
  );
  for (const { name } of tables) {
    if (name === "ops_state") await warehouse.command("delete from ops_state where name != 'schema_version'");
    else await warehouse.command(`truncate table ${name}`);
  }
}
