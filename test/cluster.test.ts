/** A warehouse on a cluster of real nodes: every table and every analysis as on the embedded engine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../src/analyses/index.ts";
import type { ResultRow } from "../src/analyses/run.ts";
import { trainModel } from "../src/cli/train-model.ts";
import { Collector, collectOnce } from "../src/collect/index.ts";
import type { TrainableModel } from "../src/ml/runs/trainable-models.ts";
import { saveSegment } from "../src/segments/index.ts";
import { createDemoShop, writeDemoFiles } from "../src/sources/generator/index.ts";
import { builtTables } from "../src/warehouse/schema.ts";
import { readSql } from "../src/warehouse/sql-file.ts";
import { verify } from "../src/warehouse/verify.ts";
import { variantsOf } from "./support/analysis-variants.ts";
import { startCluster, type TestCluster } from "./support/cluster.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

/** Visitors late and again: a day is built anew, and an event that was there is set aside. */
const later = `event_id,event_at,event_type,customer_id,session_id,product_id,price
late-1,2025-03-01T10:00:00Z,view,C000001,,P0001,20.00
late-2,2025-03-01T10:05:00Z,cart_add,C000001,,P0001,20.00
late-3,2025-03-01T10:06:00Z,view,C000002,late,P0002,20.00
late-4,2025-03-01T10:06:00Z,view,,,P0002,20.00
late-1,2025-03-01T10:00:00Z,view,C000001,,P0001,20.00
`;

/** What a node keeps depends on the nodes. */
const ofItsEngine = new Set(["storage"]);

/** Further ways to ask, which lead through other parts of the same SQL. */
const more: Readonly<Record<string, readonly Record<string, string>[]>> = {
  recommendations: [{ customer_id: "C000001" }, { product_id: "P0001" }],
  "customer-360": [{ customer_id: "C000001" }],
};

/** Sums of floating point numbers come out in another order: they agree to nine digits. */
function roughly(rows: readonly ResultRow[]): readonly unknown[] {
  const round = (value: unknown): unknown => {
    if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(9));
    if (Array.isArray(value)) return value.map(round);
    return value;
  };
  // When a model was trained follows the clock of the machine.
  const told = (row: ResultRow) => Object.entries(row).filter(([name]) => name !== "trained_at");
  return rows.map((row) => Object.fromEntries(told(row).map(([name, value]) => [name, round(value)])));
}

describe.each([2, 3])("a warehouse on %i nodes", (size) => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-cluster-files-"));
  let cluster: TestCluster;
  let onNodes: TestShop;
  let embedded: TestShop;
  /** Two values of each filter, of the shop itself. */
  const filtered: Record<string, readonly string[]> = { segment: ["web"] };

  beforeAll(async () => {
    cluster = await startCluster(size);
    onNodes = await openTestShop({ warehouse: cluster.warehouse });
    embedded = await openTestShop();
    const demo = join(folder, "demo");
    mkdirSync(demo);
    const written = await writeDemoFiles(
      createDemoShop({ customers: 80, products: 20, orders: 120, days: 60, seed: 5 }),
      demo,
    );
    const files = written.map((file) => file.path).filter((path) => path.endsWith(".csv"));
    writeFileSync(join(folder, "later.csv"), later);
    for (const shop of [onNodes, embedded]) {
      await shop.load(files);
      await shop.load([join(folder, "later.csv")]);
      await saveSegment(
        shop.workspace.warehouse,
        fixedClock(),
        { name: "web", rule: { kind: "orders", channel: ["web"] } },
        "test",
      );
    }
    for (const name of ["brand", "category", "country", "channel"]) {
      const sql = readSql(new URL(`../src/warehouse/scopes/values-${name}.sql`, import.meta.url));
      const rows = await embedded.workspace.warehouse.query(sql, { bindings: { search: "", limit: 2 } });
      filtered[name] = rows.map((row) => String(row.value));
    }
  }, 300_000);
  afterAll(async () => {
    await onNodes?.close();
    await embedded?.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(builtTables)("holds the rows of %s", async (table) => {
    // States of aggregates have no order of their own; what they say is compared by the analyses.
    const { columns } = (
      await embedded.sql(
        `select arrayStringConcat(groupArray(name), ', ') as columns from system.columns
         where database = 'cartwright' and table = '${table}' and default_kind in ('', 'DEFAULT') and type not like 'AggregateFunction%'`,
      )
    )[0] as { columns: string };
    const digest = `select count() as row_count, sum(cityHash64(${columns})) as digest from ${table}`;
    expect(await onNodes.sql(digest)).toEqual(await embedded.sql(digest));
  });

  it("divides the facts between its nodes, and has everything else whole on each", async () => {
    const onEach = async (table: string): Promise<number[]> =>
      (
        await onNodes.sql(
          `select count() as row_count from clusterAllReplicas('cartwright', cartwright_local.${table}) group by _shard_num order by _shard_num`,
        )
      ).map((row) => Number(row.row_count));
    const whole = async (table: string): Promise<number> =>
      Number((await embedded.sql(`select count() as row_count from ${table}`))[0]?.row_count);
    for (const table of ["fct_events", "fct_sessions", "fct_orders"]) {
      const counts = await onEach(table);
      expect(counts.length).toBe(size);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(await whole(table));
    }
    for (const table of ["dim_customer", "dim_product", "agg_daily", "stg_products"]) {
      const count = await whole(table);
      expect(await onEach(table), table).toEqual(Array.from({ length: size }, () => count));
    }
  });

  it("agrees with what was landed", async () => {
    const { workspace } = onNodes;
    expect((await verify(workspace.warehouse, workspace.config)).differences).toEqual([]);
  }, 60_000);

  it("trains on the same rows and foretells the same", async () => {
    const models: TrainableModel[] = ["customer-segments", "recommendations", "propensity"];
    for (const model of models) for (const shop of [onNodes, embedded]) await trainModel(shop.workspace, model, {});
    const runs = "select model, data_sha256, row_count from ops_model_runs order by run_key";
    expect(await onNodes.sql(runs)).toEqual(await embedded.sql(runs));
  }, 120_000);

  const asked = catalogue.filter(
    ({ name, allParams }) => !ofItsEngine.has(name) && !Object.values(allParams).some((param) => param.isRequired),
  );
  it.each(asked)("answers $name with the rows of the embedded engine, however it is asked", async (analysis) => {
    const ways = [...variantsOf(analysis, filtered), ...(more[analysis.name] ?? [])];
    // On three nodes as it is asked first; on two also narrowed by every filter, with the last of each choice.
    for (const given of size === 2 ? [ways[0], ...ways.slice(1).slice(-3)] : [{}])
      expect(roughly(await onNodes.query(analysis.name, given)), JSON.stringify(given)).toEqual(
        roughly(await embedded.query(analysis.name, given)),
      );
  });
});

describe("a node that is down", () => {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-cluster-down-"));
  let cluster: TestCluster;
  let shop: TestShop;
  beforeAll(async () => {
    cluster = await startCluster(2);
    shop = await openTestShop({ warehouse: cluster.warehouse });
    writeFileSync(join(folder, "events.csv"), later);
    await shop.load([join(folder, "events.csv")]);
  }, 120_000);
  afterAll(async () => {
    await shop?.close();
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const count = async () => Number((await shop.query("kpi-summary", { period_start: "2025-01-01" }))[0]?.event_count);

  it("makes questions and imports fail by name, and what was collected and imported counts once when it is back", async () => {
    expect(await count()).toBe(4);
    const collector = new Collector(shop.workspace);
    await collectOnce(shop.workspace, collector);
    const second = cluster.nodes[1];
    await second?.kill();
    await expect(count()).rejects.toMatchObject({ code: "warehouse_unreachable" });
    writeFileSync(join(folder, "more.csv"), later.replaceAll("late-", "more-"));
    await expect(shop.load([join(folder, "more.csv")])).rejects.toMatchObject({ code: "warehouse_unreachable" });
    const time = new Date(fixedClock().now()).toISOString();
    const message = { type: "track", messageId: "m1", userId: "ada", event: "Product Viewed", timestamp: time };
    expect(await collector.accept([message], time)).toMatchObject([{ verdict: "accepted" }]);
    await expect(collectOnce(shop.workspace, collector)).rejects.toMatchObject({ code: "warehouse_unreachable" });

    await second?.start();
    await collectOnce(shop.workspace, collector);
    await collectOnce(shop.workspace, collector);
    await shop.load([join(folder, "more.csv")]);
    await shop.load([join(folder, "more.csv")]);
    expect(await count()).toBe(9);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
    await collector.close();
  }, 180_000);
});
