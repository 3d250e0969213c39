// kill -9 of the importer and of the engine at random moments, then a rerun: equal to one clean import.
// `node bench/kill-import.mjs [--kills 200] [--rows 20000] [--seed 1]`
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verify } from "../dist/warehouse/verify.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { digestSql, removeFolder, runImport, untilDone, writeInputs } from "./support/kills.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const kills = option("kills", 200);
const rows = option("rows", 20_000);
const { below } = seeded(option("seed", 1));
const root = mkdtempSync(join(tmpdir(), "cartwright-kill-"));

/** Imports two files, then a corrected first one; `around` runs each import. @param {string} name @param {(workspace: string, paths: string[]) => Promise<void>} around */
async function whole(name, around) {
  const folder = join(root, name);
  const files = writeInputs(join(root, "files"), rows);
  createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
  await around(folder, [files.base]);
  await around(folder, [files.more]);
  files.correct();
  await around(folder, [files.base]);
  const workspace = await Workspace.open(folder, { now: () => Date.now() }, "check");
  const digest = JSON.stringify(await workspace.warehouse.query(digestSql));
  const { differences } = await verify(workspace.warehouse, workspace.config);
  await workspace.close();
  removeFolder(folder);
  return { digest, differences };
}

const started = Date.now();
const clean = await whole("clean", untilDone);
const counts = {
  kills: 0,
  importers: 0,
  engines: 0,
  finished_first: 0,
  rounds: 0,
  unequal: 0,
  differences: clean.differences.length,
};
while (counts.kills < kills) {
  const outcome = await whole(`round-${counts.rounds}`, async (workspace, paths) => {
    const victim = below(2) === 0 ? "engine" : "importer";
    const ended = await runImport(workspace, paths, { killAfterMs: 300 + below(2200), victim });
    counts.kills += 1;
    counts[victim === "engine" ? "engines" : "importers"] += 1;
    if (ended === "done") counts.finished_first += 1;
    else await untilDone(workspace, paths);
  });
  counts.rounds += 1;
  counts.differences += outcome.differences.length;
  if (outcome.digest !== clean.digest) {
    counts.unequal += 1;
    console.log(`round ${counts.rounds}:\n${clean.digest}\n${outcome.digest}`);
  }
}
removeFolder(root);
console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - started) / 1000) }));
process.exitCode = counts.unequal + counts.differences > 0 ? 1 : 0;
