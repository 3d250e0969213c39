// Cartwright itself, through the same functions the command line uses.
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { budgetOf } from "../support/measure.mjs";

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);

/** @param {string} file @param {string} folder */
export async function openCartwright(file, folder) {
  const { createWorkspace, Workspace } = await dist("workspace.js");
  const { systemClock } = await dist("clock.js");
  const { importFiles } = await dist("ingestion/import.js");
  const { findAnalysis, catalogue } = await dist("analyses/index.js");
  const { resolveValues, runAnalysis, sqlOf } = await dist("analyses/run.js");
  const { readExtent } = await dist("warehouse/extent.js");
  const root = join(folder, "cartwright");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  createWorkspace(root, { currency: "USD", time_zone: "UTC" });
  const workspace = await Workspace.open(root, systemClock, "bench");
  const { warehouse, config } = workspace;
  let extent;
  return {
    catalogue,
    pid: async () => (await workspace.engine.address()).pid,
    async load() {
      return await workspace.exclusively(() => importFiles({ warehouse, config, clock: systemClock }, [file], {}));
    },
    async query(name, given) {
      // The server reads the extent once a second, not once a question.
      extent ??= await readExtent(warehouse);
      return (await runAnalysis({ warehouse, extent, timeZone: "UTC" }, findAnalysis(name), given)).rows;
    },
    /** Budget of an analysis as it is by default, milliseconds. */
    async budgetOf(name) {
      const analysis = findAnalysis(name);
      const values = resolveValues(analysis, {}, await readExtent(warehouse));
      return budgetOf(sqlOf(analysis, values), values.table);
    },
    async stored() {
      return await warehouse.query(`select table, sum(rows) as row_count, sum(bytes_on_disk) as bytes from system.parts
        where active and database = currentDatabase() and rows > 0 group by table order by bytes desc`);
    },
    async dropCaches() {
      for (const cache of ["mark", "uncompressed", "query"])
        await warehouse.command(`system drop ${cache} cache`).catch(() => {});
    },
    async close() {
      await workspace.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Bytes of all files below a folder. */
export function folderBytes(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? folderBytes(path) : statSync(path).size);
  }, 0);
}
