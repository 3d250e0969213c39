// Shoppers order on a real PostgreSQL while a courier sends what changes to the warehouse; courier, engine or PostgreSQL are
// killed at random moments. After each kill everything is started again, sent to the end and compared order by order.
// `node bench/kill-deliveries.mjs [--kills 200] [--seed 1]`
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findAnalysis } from "../dist/analyses/index.js";
import { runAnalysis } from "../dist/analyses/run.js";
import { deliver, openWorkspaceStore, takeStoreTotals } from "../dist/delivery/index.js";
import { createStore } from "../dist/store/store.js";
import { readExtent } from "../dist/warehouse/extent.js";
import { verify } from "../dist/warehouse/verify.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { stockScarce } from "./support/checkout-load.mjs";
import { startPostgres } from "./support/postgres.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const { below } = seeded(option("seed", 1));
const folder = mkdtempSync(join(tmpdir(), "cartwright-kill-deliveries-"));
createWorkspace(folder, { currency: "GBP", time_zone: "Europe/London" });
const server = await startPostgres();
process.env.DATABASE_URL = await server.createDatabase("store");
const clock = { now: () => Date.now() };

/** @template T @param {(workspace: Workspace, connection: import("../src/store/connection.ts").StoreConnection) => Promise<T>} work */
async function withBoth(work) {
  const workspace = await Workspace.open(folder, clock, "bench");
  const { connection } = await openWorkspaceStore(workspace);
  try {
    return await work(workspace, connection);
  } finally {
    await connection.close();
    await workspace.close();
  }
}

/** @param {string} script @param {string[]} args */
async function start(script, args) {
  const child = fork(fileURLToPath(new URL(`./support/${script}.mjs`, import.meta.url)), args, {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const [message] = await once(child, "message");
  return { child, message };
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

await withBoth(async (_, connection) => await stockScarce(createStore(connection), { articles: 40, few: 100_000 }));
const counts = { courier: 0, engine: 0, postgres: 0, orders: 0, differing_orders: 0, differences: 0 };
const targets = /** @type {const} */ (["courier", "engine", "postgres"]);
const kills = option("kills", 200);
const started = Date.now();
for (let kill = 0; kill < kills; kill += 1) {
  const shoppers = await start("checkout-child", [process.env.DATABASE_URL, String(kill)]);
  const courier = await start("sync-child", [folder]);
  const target = targets[kill % 3] ?? "courier";
  await sleep(100 + below(3000));
  if (target === "engine" && courier.message.engine) process.kill(courier.message.engine, "SIGKILL");
  if (target === "postgres") process.kill(server.pid(), "SIGKILL");
  if (target === "courier") await end(courier.child);
  // Those that outlive the kill go on for a moment, as they would.
  await sleep(below(1000));
  await Promise.all([end(shoppers.child), end(courier.child)]);
  if (target === "postgres") {
    await sleep(500);
    await server.restart();
  }
  counts[target] += 1;
  await withBoth(async (workspace, connection) => {
    await deliver(workspace, connection);
    counts.orders = await takeStoreTotals(workspace.warehouse, connection);
    const analysis = findAnalysis("reconciliation");
    if (!analysis) throw new Error("no reconciliation");
    const context = {
      warehouse: workspace.warehouse,
      extent: await readExtent(workspace.warehouse),
      timeZone: "Europe/London",
    };
    const { rows } = await runAnalysis(context, analysis, { period_start: "1970-01-01", period_end: "2149-06-06" });
    const differing = rows.reduce((sum, row) => sum + Number(row.differing_order_count), 0);
    counts.differing_orders += differing;
    if (differing > 0) console.log(`kill ${kill} (${target}): ${JSON.stringify(rows)}`);
    if (kill % 20 === 19 || kill === kills - 1) {
      counts.differences += (await verify(workspace.warehouse, workspace.config)).differences.length;
      process.stderr.write(`${JSON.stringify(counts)}\n`);
    }
  });
}
await server.stop();
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - started) / 1000) }));
process.exit(counts.differing_orders + counts.differences > 0 ? 1 : 0);
