// Clients send events and try again until they are acknowledged, while server and engine are killed at random moments. At the
// end every acknowledged event is in the warehouse once, and the warehouse agrees with itself.
// `node bench/kill-collect.mjs [--kills 40] [--seed 1] [--clients 4]`
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Credentials } from "../dist/api/credentials.js";
import { verify } from "../dist/warehouse/verify.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { messageOf, ownerOf, post, rowsOf, startServer } from "./support/collect-load.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const kills = option("kills", 40);
const { below } = seeded(option("seed", 1));
const folder = mkdtempSync(join(tmpdir(), "cartwright-kill-collect-"));
const clock = { now: () => Date.now() };
createWorkspace(folder, { currency: "USD", time_zone: "Europe/London" });
const { key } = new Credentials(folder, clock).createWriteKey("bench");

/** Rows expected of each acknowledged message. @type {Map<string, number>} */
const acknowledged = new Map();
const counts = { server: 0, engine: 0, failed_starts: 0, requests: 0, tries: 0, rejected: 0 };
let url = "";
let isOver = false;

/** @param {number} client */
async function send(client) {
  for (let round = 0; !isOver; round += 1) {
    const size = 1 + ((round * 7) % 40);
    const batch = Array.from({ length: size }, (_, index) => {
      const at = client * 1_000_003 + round * 41 + index;
      return { at, message: messageOf(`${client}-${round}-${index}`, at, new Date().toISOString()) };
    });
    counts.requests += 1;
    for (;;) {
      counts.tries += 1;
      const answer = await post(url, key, "batch", {
        batch: batch.map(({ message }) => message),
        sentAt: new Date().toISOString(),
      }).catch(() => null);
      if (answer?.status === 200) {
        counts.rejected += answer.body.rejected;
        for (const { at, message } of batch) acknowledged.set(message.messageId, rowsOf(at));
        break;
      }
      await sleep(50);
    }
    await sleep(10);
  }
}

async function start() {
  const server = await startServer(folder, key);
  if (server !== null) return server;
  counts.failed_starts += 1;
  throw new Error("the server did not start");
}

const started = Date.now();
let server = await start();
url = server.url;
const clients = Array.from({ length: option("clients", 4) }, (_, client) => send(client));
for (let kill = 0; kill < kills; kill += 1) {
  await sleep(200 + below(4000));
  if (kill % 2 === 0) {
    counts.server += 1;
    const gone = once(server.child, "exit");
    server.child.kill("SIGKILL");
    await gone;
    server = await start();
    url = server.url;
  } else {
    counts.engine += 1;
    const owner = ownerOf(folder);
    if (owner?.pid) process.kill(owner.pid, "SIGKILL");
  }
  process.stderr.write(`${JSON.stringify({ ...counts, acknowledged: acknowledged.size })}\n`);
}
isOver = true;
await Promise.all(clients);
for (let waited = 0; waited < 600_000; waited += 200) {
  const waiting = ["events", "customers"].flatMap((stream) => readdirSync(join(folder, "collect", stream)));
  if (waiting.length === 0) break;
  await sleep(200);
}
const gone = once(server.child, "exit");
server.child.kill("SIGTERM");
await gone;

const workspace = await Workspace.open(folder, clock, "check");
const rows = await workspace.warehouse.query(
  "select splitByChar('#', event_id)[1] as id, toUInt32(count()) as row_count, toUInt32(uniqExact(event_id)) as id_count from fct_events group by id",
);
const found = new Map(rows.map((row) => [String(row.id), row]));
const missing = [...acknowledged].filter(([id, expected]) => Number(found.get(id)?.id_count ?? 0) < expected);
const repeated = rows.filter((row) => Number(row.row_count) > Number(row.id_count));
const unknown = rows.filter((row) => !acknowledged.has(String(row.id)));
const orders = await workspace.warehouse.queryOne("select toUInt32(count()) as order_count from fct_orders");
const expectedOrders = [...acknowledged.values()].filter((expected) => expected === 2).length;
const { differences } = await verify(workspace.warehouse, workspace.config);
await workspace.close();
const outcome = {
  kills,
  ...counts,
  acknowledged: acknowledged.size,
  acknowledged_lost: missing.length,
  duplicated: repeated.length,
  never_acknowledged: unknown.length,
  orders: Number(orders.order_count),
  orders_differing: Number(orders.order_count) - expectedOrders,
  differences: differences.length,
  seconds: Math.round((Date.now() - started) / 1000),
};
if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(outcome));
if (differences.length > 0) console.log(JSON.stringify(differences.slice(0, 3)));
const isClean =
  outcome.acknowledged_lost + outcome.duplicated + outcome.failed_starts + outcome.differences === 0 &&
  outcome.orders_differing === 0;
process.exit(isClean ? 0 : 1);
