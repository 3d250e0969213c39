/** An erasure that is killed is finished by the next one, and a backup of an earlier day does not bring the person back. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { openWorkspaceStore } from "../../src/delivery/index.ts";
import { finishErasure } from "../../src/privacy/index.ts";
import { readPlan } from "../../src/privacy/plan.ts";
import { createStore } from "../../src/store/store.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { readErasures } from "../../src/workspace/erasure-register.ts";
import { Workspace } from "../../src/workspace.ts";
import { ensureBuilt } from "../support/built.ts";
import { startProgram } from "../support/program.ts";
import { type PlantedShop, person, plantShop } from "./planted-shop.ts";
import { numbers, type Opened, placesOf, traces } from "./traces.ts";

let planted: PlantedShop;
let folder = "";
let lastBatch = 0;
let before: unknown;

async function inShop<T>(root: string, work: (opened: Opened) => Promise<T>): Promise<T> {
  const workspace = await Workspace.open(root, systemClock, "test");
  try {
    const { connection } = await openWorkspaceStore(workspace);
    try {
      return await work({ workspace, connection });
    } finally {
      await connection.close();
    }
  } finally {
    await workspace.close();
  }
}

async function expectErased(root: string): Promise<void> {
  await inShop(root, async (opened) => {
    expect(await placesOf(opened, traces)).toEqual([]);
    expect(await numbers(opened, lastBatch)).toEqual(before);
    expect((await verify(opened.workspace.warehouse, opened.workspace.config)).differences).toEqual([]);
    expect(readPlan(root)).toBeNull();
    expect(readErasures(root).map(({ state }) => state)).toContain("done");
  });
}

const run = async (...args: string[]) => await startProgram([...args]).ended;

beforeAll(async () => {
  await ensureBuilt();
  planted = await plantShop();
  folder = planted.shop.folder;
  lastBatch = Number((await planted.shop.sql("select max(batch_key) as last from ops_batches"))[0]?.last);
  before = await numbers(planted, lastBatch);
  await planted.connection.close();
  await planted.workspace.close();
}, 300_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

describe("an erasure", () => {
  const backup = (): string => join(folder, "backups", "earlier");

  it("killed at several moments, and cut off before each of its steps, ends as one that was not", async () => {
    const made = await run("backup", "--workspace", folder, "--out", backup());
    expect([made.code, made.words]).toEqual([0, expect.anything()]);
    for (const step of [/^store$/m, /^stg_customers$/m, /^build$/m]) {
      const args = readPlan(folder) === null ? [person.id] : [];
      const running = startProgram(["erase", ...args, "--workspace", folder]);
      await running.says(step);
      running.child.kill("SIGKILL");
      await running.ended;
      expect(readPlan(folder)).not.toBeNull();
    }
    await inShop(folder, async ({ workspace, connection }) => {
      for (let cut = 0; readPlan(folder) !== null; cut += 4) {
        let steps = 0;
        const onStep = (): void => {
          steps += 1;
          if (steps > cut) throw new Error("cut off");
        };
        await finishErasure(workspace, { store: connection, actor: "test", onStep }).catch((error: Error) =>
          expect(error.message).toBe("cut off"),
        );
      }
    });
    await expectErased(folder);
  }, 400_000);

  it("is applied again to a backup of before, here and elsewhere", async () => {
    const elsewhere = join(folder, "backups", "elsewhere");
    const restored = await run("restore", backup(), "--workspace", elsewhere, "--erasures", folder);
    expect([restored.code, restored.words]).toEqual([0, expect.stringContaining("erasures")]);
    await expectErased(elsewhere);
    const [erasure] = readErasures(folder);
    await inShop(elsewhere, async ({ connection }) => {
      const next = await createStore(connection).registerCustomer("eve@example.com", "Eve", "hash");
      expect(next).toBeGreaterThan(erasure?.store_last_id ?? 0);
    });
    const listed = await run("erase", "--list", "--format", "json", "--workspace", elsewhere);
    expect(JSON.parse(listed.out)).toMatchObject([
      { state: "done", actor: "command line" },
      { state: "done", actor: "restore" },
    ]);
  }, 400_000);

  it("asked for while a server has the shop open is done by the server", async () => {
    const server = startProgram(["serve", "--workspace", folder, "--port", "0"]);
    await server.says(/is at http/);
    const exported = await run("export-person", "--email", "carla@example.com", "--out", "-", "--workspace", folder);
    expect([exported.code, exported.words]).toEqual([0, expect.anything()]);
    expect(JSON.parse(exported.out).store.customers).toMatchObject([{ name: "Carla Bruni" }]);
    expect((await run("erase", "--workspace", folder)).words).toContain("no erasure is under way");
    const erased = await run("erase", "--email", "carla@example.com", "--format", "json", "--workspace", folder);
    expect([erased.code, erased.words]).toEqual([0, expect.anything()]);
    expect(JSON.parse(erased.out)).toContainEqual({ place: "store orders", changed: 1 });
    const again = await run("erase", "--email", "carla@example.com", "--workspace", folder);
    expect([again.code, again.words]).toEqual([3, expect.stringContaining("nothing is held")]);
    const kept = await run("retention", "--dry-run", "--workspace", folder);
    expect([kept.code, kept.words]).toEqual([0, expect.stringContaining("everything is kept")]);
    server.child.kill("SIGTERM");
    await server.ended;
    await inShop(folder, async (opened) => {
      expect(await placesOf(opened, ["carla@example.com", "Carla Bruni"])).toEqual([]);
      expect((await verify(opened.workspace.warehouse, opened.workspace.config)).differences).toEqual([]);
    });
  }, 400_000);

  it("of somebody who is not there is an error that says what to do", async () => {
    const outcome = await run("erase", "nobody-0", "--workspace", folder);
    expect([outcome.code, outcome.words]).toEqual([
      3,
      expect.stringContaining("nothing is held under the id nobody-0"),
    ]);
  }, 120_000);
});
