// Random histories of who is who, as test/identity/histories.test.ts takes them, as many as are asked for: after each step everything built
// must equal a full recomputation, and visitors, sessions and orders must equal those of people found by brute force.
// `node bench/identity-histories.mjs [--runs 20] [--first 100] [--histories 75] [--steps 8]`
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeEntry } from "../dist/identity/index.js";
import { listBatches } from "../dist/ingestion/batches.js";
import { buildOwed } from "../dist/ingestion/import.js";
import { verify } from "../dist/warehouse/verify.js";
import { historiesOf } from "./support/identity-history.mjs";
import { countsOf } from "./support/identity-oracle.mjs";
import { emptyWarehouse, openShop, option } from "./support/shop.mjs";

const runs = option("runs", 20);
const first = option("first", 100);
const histories = option("histories", 75);
const stepCount = option("steps", 8);
const shop = await openShop();
const { warehouse, config } = shop.workspace;
const folder = join(shop.folder, "files");
mkdirSync(folder);

/** @param {import("./support/identity-history.mjs").Step} step */
async function take(step) {
  if (step.kind === "import") {
    const paths = step.files.map(({ name, text }) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    });
    await shop.load(paths);
  } else if (step.kind === "undo") {
    const batches = await listBatches(warehouse);
    const batch = batches.find((one) => one.state === "loaded" && one.source.endsWith(`/${step.file.name}`));
    await shop.undo(batch?.batch_key ?? 0);
  } else {
    for (const { action, first: one, second: other, undone } of step.entries) {
      const keys = action === "undo" ? { undoneEntry: undone } : { firstKey: String(one), secondKey: String(other) };
      await writeEntry(warehouse, shop.context.clock, "bench", { action, ...keys });
    }
    await buildOwed(shop.context, "identity");
  }
}

async function counted() {
  const days = await warehouse.query(
    "select day_on, visitor_count from agg_daily where visitor_count > 0 order by day_on",
  );
  const orders = await warehouse.query(
    "select arrayStringConcat(arraySort(groupArray(order_id)), ' ') as order_ids from fct_orders group by customer_key order by order_ids",
  );
  const sessions = await warehouse.queryOne("select sum(session_count) as session_count from agg_daily");
  return {
    visitors: Object.fromEntries(days.map((row) => [String(row.day_on), Number(row.visitor_count)])),
    sessionCount: Number(sessions.session_count),
    orders: orders.map((row) => String(row.order_ids)),
  };
}

const counts = { histories: 0, steps: 0, failures: 0 };
for (let seed = first; seed < first + runs; seed += 1) {
  await emptyWarehouse(warehouse);
  /** @type {import("./support/identity-history.mjs").File[]} */
  const live = [];
  /** @type {import("./support/identity-history.mjs").Entry[]} */
  const entries = [];
  for (const [place, step] of historiesOf(seed, histories, stepCount).entries()) {
    await take(step);
    if (step.kind === "import") live.push(...step.files);
    else if (step.kind === "undo") live.splice(live.indexOf(step.file), 1);
    else entries.push(...step.entries);
    const { differences } = await verify(warehouse, config);
    counts.steps += 1;
    if (differences.length === 0 && isDeepStrictEqual(await counted(), countsOf(live, entries))) continue;
    counts.failures += 1;
    console.log(`seed ${seed}, step ${place} (${step.kind}): ${JSON.stringify(differences)}`);
    break;
  }
  counts.histories += histories;
  process.stderr.write(`${JSON.stringify(counts)}\n`);
}
await shop.close();
console.log(JSON.stringify(counts));
process.exitCode = counts.failures > 0 ? 1 : 0;
