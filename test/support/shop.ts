/** A workspace in a temporary folder on the real engine, for tests. One a test file; closed and removed afterwards. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findAnalysis } from "../../src/analyses/index.ts";
import { type Given, type ResultRow, runAnalysis } from "../../src/analyses/run.ts";
import type { Clock } from "../../src/clock.ts";
import type { WrittenConfig } from "../../src/config.ts";
import { type ImportOptions, importFiles } from "../../src/ingestion/import.ts";
import { readExtent } from "../../src/warehouse/extent.ts";
import { createWorkspace, Workspace } from "../../src/workspace.ts";
import { copyTemplate } from "./templates.ts";

/** A clock that moves one second with every reading, from a fixed start. */
export function fixedClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => {
      now += 1000;
      return now;
    },
  };
}

export interface TestShop {
  readonly workspace: Workspace;
  readonly folder: string;
  /** Imports files and builds. */
  readonly load: (
    paths: readonly string[],
    options?: ImportOptions,
    smallEventCount?: number,
  ) => ReturnType<typeof importFiles>;
  /** Rows of an analysis with the given parameters. */
  readonly query: (name: string, given?: Given) => Promise<readonly ResultRow[]>;
  /** Rows of a statement, numbers of 64 bits as text. */
  readonly sql: (sql: string) => Promise<readonly ResultRow[]>;
  readonly close: () => Promise<void>;
}

/** A warehouse with its tables and without a row, which follows from no setting. */
async function makeEmptyWarehouse(folder: string): Promise<void> {
  createWorkspace(folder, {});
  const workspace = await Workspace.open(folder, fixedClock(), "test");
  await workspace.close();
  for (const name of readdirSync(folder)) if (name !== "warehouse") rmSync(join(folder, name), { recursive: true });
}

export async function openTestShop(settings: WrittenConfig = {}, clock: Clock = fixedClock()): Promise<TestShop> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-test-"));
  createWorkspace(folder, { currency: "GBP", time_zone: "UTC", ...settings });
  if (!settings.warehouse?.url && !settings.warehouse?.nodes)
    await copyTemplate("empty-warehouse", folder, makeEmptyWarehouse);
  return await openShopIn(folder, clock);
}

/** The shop of a workspace that is there; the folder is removed when it is closed. */
export async function openShopIn(folder: string, clock: Clock = fixedClock()): Promise<TestShop> {
  const workspace = await Workspace.open(folder, clock, "test");
  const { warehouse, config } = workspace;
  return {
    workspace,
    folder,
    load: (paths, options = {}, smallEventCount = 20_000_000) =>
      workspace.exclusively(() => importFiles({ warehouse, config, clock, smallEventCount }, paths, options)),
    query: async (name, given = {}) => {
      const analysis = findAnalysis(name);
      if (!analysis) throw new Error(`no analysis ${name}`);
      const context = { warehouse, extent: await readExtent(warehouse), timeZone: config.time_zone };
      return (await runAnalysis(context, analysis, given)).rows;
    },
    sql: (sql) => warehouse.query(sql),
    close: async () => {
      await workspace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
