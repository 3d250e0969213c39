// What each step of a layout brings: `node bench/ablation.mjs [--events 5000000] [--rounds 3]`
// The same file into a plain table of each engine, then with partitions by month, then with an order key (PostgreSQL: B-tree
// indexes), then with typed and packed columns (ClickHouse), then with what is computed beforehand (PostgreSQL: materialized
// views). Each step is loaded anew from the file; seven questions are asked of each. Writes bench/results/ablation-<events>.md.
import { chmodSync, createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { ablationQuestions, customerSql, rollups } from "./peers/ablation-questions.mjs";
import { loadEvents } from "./peers/postgres-events.mjs";
import { fixed, machineWords, row, secondsOf, timed } from "./support/measure.mjs";
import { startPostgres } from "./support/postgres.mjs";
import { openShop, option } from "./support/shop.mjs";

const events = option("events", 5_000_000);
const rounds = option("rounds", 3);
const folder = mkdtempSync(join(tmpdir(), "cartwright-ablation-"));
chmodSync(folder, 0o755);
const file = join(folder, "events.csv");
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

/** @typedef {{ step: string, seconds: number, bytes: number, answers: number[] }} Step */

const plainColumns = `event_time DateTime('UTC'), event_type String, product_id UInt64, category_id UInt64, category_code String,
  brand String, price Decimal(12, 2), user_id UInt64, user_session UUID`;
const packedColumns = `event_time DateTime('UTC') codec(Delta, ZSTD(1)), event_type Enum8('view' = 1, 'cart' = 2, 'purchase' = 3) codec(ZSTD(1)),
  product_id UInt64 codec(ZSTD(1)), category_id UInt64 codec(ZSTD(1)), category_code LowCardinality(String) codec(ZSTD(1)),
  brand LowCardinality(String) codec(ZSTD(1)), price Decimal(12, 2) codec(ZSTD(1)), user_id UInt64 codec(Delta, ZSTD(1)), user_session UUID codec(ZSTD(1))`;

/** @returns {Promise<Step[]>} */
async function clickhouse() {
  const shop = await openShop();
  const { warehouse } = shop.workspace;
  /** @type {Step[]} */ const steps = [];
  /** @param {string} name @param {string} table @param {boolean} isRolled */
  async function take(name, table, isRolled) {
    const seconds = await secondsOf(async () => {
      await warehouse.command("drop table if exists events sync");
      await warehouse.command(`create table events ${table}`);
      await warehouse.insertBytes(
        "insert into events format CSVWithNames",
        createReadStream(file, { highWaterMark: 1 << 20 }),
        {
          settings: { date_time_input_format: "best_effort" },
        },
      );
      for (const [rollup, { clickhouse: sql }] of isRolled ? Object.entries(rollups) : [])
        await warehouse.command(`create table ${rollup} engine = MergeTree order by tuple() as ${sql}`);
    });
    const names = ["events", ...(isRolled ? Object.keys(rollups) : [])];
    const { bytes } = await warehouse.queryOne(
      "select sum(bytes_on_disk) as bytes from system.parts where active and database = currentDatabase() and table in {names:Array(String)}",
      { bindings: { names } },
    );
    const { user_id } = await warehouse.queryOne(customerSql);
    const answers = [];
    for (const { sql } of ablationQuestions)
      answers.push((await timed(rounds, () => warehouse.query(sql("clickhouse", isRolled, user_id)))).p50);
    steps.push({ step: name, seconds, bytes: Number(bytes), answers });
    say(`clickhouse, ${name}: ${fixed(seconds)} s, ${answers.map((one) => fixed(one, 0)).join(" ")} ms`);
  }
  const byMonth = "partition by toYYYYMM(event_time)";
  await take("plain table", `(${plainColumns}) engine = MergeTree order by tuple()`, false);
  await take("with partitions", `(${plainColumns}) engine = MergeTree ${byMonth} order by tuple()`, false);
  await take("with order key", `(${plainColumns}) engine = MergeTree ${byMonth} order by (user_id, event_time)`, false);
  await take(
    "with packed columns",
    `(${packedColumns}) engine = MergeTree ${byMonth} order by (user_id, event_time)`,
    false,
  );
  await take("with rollups", `(${packedColumns}) engine = MergeTree ${byMonth} order by (user_id, event_time)`, true);
  await shop.close();
  return steps;
}

/** @returns {Promise<Step[]>} */
async function postgres() {
  const server = await startPostgres([
    "shared_buffers=2GB",
    "work_mem=256MB",
    "maintenance_work_mem=1GB",
    "max_wal_size=8GB",
  ]);
  const client = new pg.Client({ connectionString: await server.createDatabase("ablation") });
  await client.connect();
  await client.query("set timezone to 'UTC'");
  const run = async (/** @type {string} */ sql) => (await client.query(sql)).rows;
  const views = Object.fromEntries(Object.entries(rollups).map(([name, { postgres: sql }]) => [name, sql]));
  /** @type {Step[]} */ const steps = [];
  /** @param {string} name @param {{ isParted: boolean, isIndexed: boolean, isRolled: boolean }} layout */
  async function take(name, { isParted, isIndexed, isRolled }) {
    const seconds = await secondsOf(async () => {
      await run("drop table if exists events cascade");
      await loadEvents(client, file, { isParted, isIndexed, views: isRolled ? views : {} });
    });
    const [size] = await run("select pg_database_size('ablation') as bytes");
    const [{ user_id }] = await run(customerSql);
    const answers = [];
    for (const { sql } of ablationQuestions)
      answers.push((await timed(rounds, () => run(sql("postgres", isRolled, user_id)))).p50);
    steps.push({ step: name, seconds, bytes: Number(size.bytes), answers });
    say(`postgres, ${name}: ${fixed(seconds)} s, ${answers.map((one) => fixed(one, 0)).join(" ")} ms`);
  }
  await take("plain table", { isParted: false, isIndexed: false, isRolled: false });
  await take("with partitions", { isParted: true, isIndexed: false, isRolled: false });
  await take("with indexes", { isParted: true, isIndexed: true, isRolled: false });
  await take("with materialized views", { isParted: true, isIndexed: true, isRolled: true });
  await client.end();
  await server.stop();
  return steps;
}

/** @param {string} engine @param {Step[]} steps */
function table(engine, steps) {
  const [plain] = steps;
  const head = ["", "load, s", "stored, MB", "against plain", ...ablationQuestions.map(({ name }) => name)];
  let text = `## ${engine}\n\n${row(head)}${row(head.map((_, place) => (place === 0 ? "---" : "---:")))}`;
  for (const { step, seconds, bytes, answers } of steps)
    text += row([
      step,
      fixed(seconds),
      fixed(bytes / 2 ** 20, 0),
      `${fixed(bytes / (plain?.bytes ?? bytes), 2)} x`,
      ...answers.map((one) => fixed(one)),
    ]);
  return `${text}\n`;
}

try {
  say(`generating ${events.toLocaleString("en")} events`);
  await writeRees46Files({ dir: folder, file: "events.csv", events, seed: 7 });
  const inClickHouse = await clickhouse();
  const inPostgres = await postgres();
  const report = `# What each step of a layout brings, ${events.toLocaleString("en")} events\n\n${machineWords()}. Each step holds those above it and is loaded anew from the file; questions are p50 of ${rounds} warm runs in milliseconds, in the same run.\n\n${table("ClickHouse, embedded", inClickHouse)}${table("PostgreSQL", inPostgres)}`;
  process.stdout.write(report);
  writeFileSync(fileURLToPath(new URL(`results/ablation-${events}.md`, import.meta.url)), report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
