/** A warehouse as rows of tables: from the embedded engine to a real cluster, and back. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backUp, type RestoreOptions, restore } from "../src/backup/index.ts";
import { trainModel } from "../src/cli/train-model.ts";
import { createDemoShop, writeDemoFiles } from "../src/sources/generator/index.ts";
import { builtTables } from "../src/warehouse/schema.ts";
import { verify } from "../src/warehouse/verify.ts";
import { Workspace } from "../src/workspace.ts";
import { startCluster, type TestCluster } from "./support/cluster.ts";
import { later } from "./support/compared-rows.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

const kept = [
  "ops_batches final",
  "ops_kept_events",
  "stg_products",
  "stg_customers",
  "held_events",
  "prd_customer_segments",
];

describe("a backup of rows", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-portable-"));
  let cluster: TestCluster;
  let shop: TestShop;
  let before: Readonly<Record<string, unknown>>;
  let backup = "";

  const takeBackup = async (workspace: Workspace, name: string, isPortable: boolean) =>
    await backUp(workspace, {
      out: join(folder, name),
      storeKind: "none",
      dumpStore: async () => [],
      isPortable,
    });
  const restoreInto = async (name: string, from: string, options: Partial<RestoreOptions> = {}) =>
    await restore(from, join(folder, name), { replace: false, clock: fixedClock(), ...options });
  /** Rows of each table by count and digest. */
  async function digests({ warehouse }: Workspace): Promise<Readonly<Record<string, unknown>>> {
    const found: Record<string, unknown> = {};
    for (const table of [...builtTables, ...kept]) {
      const columns = await warehouse.query(
        `select name from system.columns where database = 'cartwright' and table = {table:String}
           and default_kind in ('', 'DEFAULT') and type not like 'AggregateFunction%' order by position`,
        { bindings: { table: table.split(" ")[0] } },
      );
      const names = columns.map(({ name }) => name).join(", ");
      found[table] = await warehouse.queryOne(
        `select count() as row_count, sum(cityHash64(toString((${names})))) as digest from ${table}`,
      );
    }
    return found;
  }
  async function inWorkspace<T>(name: string, work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const workspace = await Workspace.open(join(folder, name), fixedClock(), "test");
    try {
      return await work(workspace);
    } finally {
      await workspace.close();
    }
  }
  const isWhole = async (name: string): Promise<void> =>
    await inWorkspace(name, async (workspace) => {
      expect(await digests(workspace)).toEqual(before);
      expect((await verify(workspace.warehouse, workspace.config)).differences).toEqual([]);
    });

  beforeAll(async () => {
    cluster = await startCluster(2);
    shop = await openTestShop();
    const demo = join(folder, "demo");
    mkdirSync(demo);
    const shape = { customers: 60, products: 20, orders: 80, days: 40, seed: 5 };
    const written = await writeDemoFiles(createDemoShop(shape), demo);
    await shop.load(written.map((file) => file.path).filter((path) => path.endsWith(".csv")));
    writeFileSync(join(folder, "later.csv"), later);
    await shop.load([join(folder, "later.csv")]);
    await trainModel(shop.workspace, "customer-segments", {});
    before = await digests(shop.workspace);
    for (const table of ["fct_events", "held_events", "prd_customer_segments"])
      expect(before[table], table).not.toMatchObject({ row_count: "0" });
    const settings = JSON.parse(readFileSync(join(shop.folder, "cartwright.json"), "utf8")) as object;
    writeFileSync(join(folder, "cluster.json"), JSON.stringify({ ...settings, warehouse: cluster.warehouse }));
    writeFileSync(join(folder, "laptop.json"), JSON.stringify(settings));
  }, 180_000);
  afterAll(async () => {
    await shop?.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("of the embedded warehouse is taken by a cluster, whole after a restore that ended within", async () => {
    const made = await takeBackup(shop.workspace, "from-laptop", true);
    backup = made.folder;
    expect(made.manifest.warehouse).toBe("tables");
    expect(made.manifest.files.some(({ path }) => path === "warehouse/fct_events.native.gz")).toBe(true);
    const settings = join(folder, "cluster.json");
    const cancel = new AbortController();
    const onProgress = (words: string): void => {
      if (words.endsWith("held_events")) cancel.abort();
    };
    await expect(
      restoreInto("on-cluster", backup, { settings, signal: cancel.signal, onProgress }),
    ).rejects.toMatchObject({ code: "cancelled" });
    await restoreInto("on-cluster", backup, { settings });
    await isWhole("on-cluster");
  }, 180_000);

  it("leaves a warehouse with rows as it is", async () => {
    await expect(restoreInto("again", backup, { settings: join(folder, "cluster.json") })).rejects.toMatchObject({
      code: "workspace_not_empty",
      message: expect.stringContaining("has rows already"),
    });
    await isWhole("on-cluster");
  }, 120_000);

  it("of the cluster is taken by an embedded engine", async () => {
    const made = await inWorkspace(
      "on-cluster",
      async (workspace) => await takeBackup(workspace, "from-cluster", false),
    );
    expect(made.manifest.warehouse).toBe("tables");
    await restoreInto("laptop", made.folder, { settings: join(folder, "laptop.json") });
    await isWhole("laptop");
  }, 180_000);

  it("is refused other settings where it is no backup of rows", async () => {
    const made = await takeBackup(shop.workspace, "engine", false);
    expect(made.manifest.warehouse).toBe("embedded");
    await expect(restoreInto("wrong", made.folder, { settings: join(folder, "laptop.json") })).rejects.toMatchObject({
      code: "invalid_usage",
      message: expect.stringContaining("--portable"),
    });
  }, 60_000);
});
