/** A warehouse whose shards are kept several times: the form of its definitions, as the real engine reads them. Nothing here runs on replicas. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isDivided } from "../src/warehouse/cluster.ts";
import {
  firstOfEachShard,
  isBroughtOn,
  replicatedDefinition,
  replicatedTwin,
  tableLike,
} from "../src/warehouse/replicated.ts";
import { builtTables } from "../src/warehouse/schema.ts";
import { openTestShop, type TestShop } from "./support/shop.ts";

let shop: TestShop;
/** The engine of each table, as the engine tells it. */
let engines: ReadonlyMap<string, string>;
beforeAll(async () => {
  shop = await openTestShop();
  const rows = await shop.sql("select name, engine_full from system.tables where database = 'cartwright'");
  engines = new Map(rows.map(({ name, engine_full }) => [String(name), String(engine_full)]));
}, 60_000);
afterAll(async () => await shop?.close());

const place = "'/clickhouse/tables/{shard}/{uuid}', '{replica}'";
const numberOf = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, "0")}`;

/** As the engine writes a statement, so that texts are compared by what they say. */
const asRead = async (sql: string): Promise<string> => {
  const rows = await shop.workspace.warehouse.query("select formatQuery({sql:String}) as sql", { bindings: { sql } });
  return String(rows[0]?.sql);
};

/** Takes the replicas out of a definition again. */
const withoutReplicas = (sql: string): string =>
  sql
    .replace(/ UUID '[^']+'/i, "")
    .replace(/Replicated(\w*MergeTree)\('[^']*', '[^']*'(, )?/, "$1(")
    .replace("MergeTree()", "MergeTree");

const folder = fileURLToPath(new URL("../src/warehouse/", import.meta.url));
const definitions = ["ops", "staging", "core", "rollups", "predictions"].flatMap((part) =>
  readdirSync(join(folder, part)).flatMap((name) => {
    const sql = readFileSync(join(folder, part, name), "utf8");
    return /^create table if not exists/m.test(sql) ? [{ table: name.replace(".sql", ""), sql }] : [];
  }),
);

it("has every divided table of a replicated kind, with family, parameters and all else as they are, and every other table untouched", async () => {
  expect(definitions.length).toBeGreaterThan(60);
  const replicated: string[] = [];
  for (const [index, { table, sql }] of definitions.entries()) {
    const like = tableLike(sql);
    const isTwin = like !== null && isDivided(table);
    const engine = engines.get(like ?? "") ?? "";
    const made = replicatedDefinition(table, isTwin ? replicatedTwin(table, like, engine) : sql, numberOf(index));
    const [before, after] = [await asRead(isTwin ? `${sql} engine = ${engine}` : sql), await asRead(made)];
    if (!after.includes("Replicated")) {
      expect(made, table).toBe(sql);
      expect(isDivided(table), table).toBe(false);
      continue;
    }
    replicated.push(table);
    expect(after, table).toContain(`UUID '${numberOf(index)}'`);
    expect(after, table).toMatch(/ENGINE = Replicated(Replacing|Aggregating|Summing)?MergeTree\('/);
    expect(after, table).toContain(place);
    expect(withoutReplicas(after), table).toBe(before);
  }
  expect(replicated.toSorted()).toEqual(
    definitions
      .map(({ table }) => table)
      .filter(isDivided)
      .toSorted(),
  );
  expect(replicated).toContain("fct_events");
});

it("keeps the parameters of a family", async () => {
  const sql = "create table if not exists fct_events (a UInt8, v UInt8) engine = ReplacingMergeTree(v)\norder by a";
  expect(await asRead(replicatedDefinition("fct_events", sql, numberOf(1)))).toContain(
    `ReplicatedReplacingMergeTree(${place}, v)`,
  );
});

it("has twins of the same kind as their tables, each at a place of its own", async () => {
  for (const table of builtTables.filter(isDivided)) {
    const twin = `next_${table}`;
    const engine = engines.get(table) ?? "";
    const made = await asRead(replicatedDefinition(twin, replicatedTwin(twin, table, engine), numberOf(7)));
    expect(withoutReplicas(made)).toBe(
      await asRead(`create table if not exists ${twin} as ${table} engine = ${engine}`),
    );
    expect(made).toContain(`UUID '${numberOf(7)}'`);
    expect(made).toContain(place);
    // As a replicated engine tells it: with the number of the table where that of the twin must stand.
    const told = engine.replace(
      "MergeTree",
      `ReplicatedMergeTree('/clickhouse/tables/{shard}/${numberOf(3)}', '{replica}')`,
    );
    expect(await asRead(replicatedDefinition(twin, replicatedTwin(twin, table, told), numberOf(7)))).toBe(made);
  }
});

it.each([
  ["alter table fct_events replace partition {partition:String} from next_fct_events", true],
  ["-- why\ntruncate table next_fct_orders", true],
  ["truncate table if exists erased_load_events", true],
  ["alter table load_events update is_bot = true where true", true],
  ["insert into agg_visitor_daily select 1", true],
  ["exchange tables fct_events and next_fct_events", false],
  ["create table if not exists fct_events (a UInt8)", false],
  ["drop table if exists next_fct_events sync", false],
  ["truncate table touched_orders", false],
  ["alter table dim_customer delete where true", false],
])("tells %j to one replica of each shard: %s", (sql, expected) => {
  expect(isBroughtOn(sql)).toBe(expected);
});

it("takes the first of each shard's replicas, in the order of the nodes", () => {
  expect(firstOfEachShard(["a", "b", "c", "d"], ["01", "01", "02", "02"])).toEqual(["a", "c"]);
  expect(firstOfEachShard(["a", "b", "c", "d"], ["01", "02", "01", "02"])).toEqual(["a", "b"]);
});
