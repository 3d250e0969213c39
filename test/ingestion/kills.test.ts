import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestSql, removeFolder, runImport, untilDone, writeInputs } from "../../bench/support/kills.mjs";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { ensureBuilt } from "../support/built.ts";
import { fixedClock } from "../support/shop.ts";

const root = mkdtempSync(join(tmpdir(), "cartwright-kills-"));
beforeAll(ensureBuilt);
afterAll(() => removeFolder(root));

const victims = ["importer", "engine"] as const;

/** Imports two files and a corrected first one, each first ended after the given time; returns digests of all tables. */
async function outcome(name: string, killAfterMs: readonly (number | null)[]): Promise<unknown> {
  const folder = join(root, name);
  const files = writeInputs(join(root, `${name}-files`), 2000);
  createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
  for (const [index, path] of [files.base, files.more, files.base].entries()) {
    if (index === 2) files.correct();
    const after = killAfterMs[index] ?? null;
    const victim = victims[index % 2] ?? "importer";
    const ended = after === null ? "failed" : await runImport(folder, [path], { killAfterMs: after, victim });
    if (ended !== "done") await untilDone(folder, [path]);
  }
  const workspace = await Workspace.open(folder, fixedClock(), "test");
  const digest = await workspace.warehouse.query(digestSql);
  await workspace.close();
  return digest;
}

describe("kill -9 of the importer and of its engine", () => {
  it("at six moments, each followed by another start, ends as one clean import does", async () => {
    const clean = await outcome("clean", []);
    expect(await outcome("first", [900, 1100, 1000])).toEqual(clean);
    expect(await outcome("second", [1300, 1500, 1400])).toEqual(clean);
  });
});
