/** A warehouse on a cluster of real nodes: every table and every analysis as on the embedded engine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../src/analyses/index.ts";
import { trainModel } from "../src/cli/train-model.ts";
import type { TrainableModel } from "../src/ml/runs/trainable-models.ts";
import { saveSegment } from "../src/segments/index.ts";
import { createDemoShop, writeDemoFiles } from "../src/sources/generator/index.ts";
import { builtTables } from "../src/warehouse/schema.ts";
import { readSql } from "../src/warehouse/sql-file.ts";
import { verify } from "../src/warehouse/verify.ts";
import { variantsOf } from "./support/analysis-variants.ts";
import { startCluster, type TestCluster } from "./support/cluster.ts";
import { later, roughly } from "./support/compared-rows.ts";
import { fixedClock, openTestShop, type TestShop } from "./support/shop.ts";

/** What a node keeps depends on the nodes. */
const ofItsEngine = new Set(["storage"]);

/** Further ways to ask, which lead through other parts of the same SQL. */
const more: Readonly<Record<string, readonly Record<string, string>[]>> = {
  recommendations: [{ customer_id: "C000001" }, { product_id: "P0001" }],
  "customer-360": [{ customer_id: "C000001" }],
};

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
