// Clients send events and try again until they are acknowledged, while server and engine are killed at random moments. At the
// end every acknowledged event is in the warehouse once, and the warehouse agrees with itself.
// `node bench/kill-collect.mjs [--kills 40] [--seed 1] [--clients 4]`
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Credentials } from "../dist/api/credentials.js";
import { createWorkspace } from "../dist/workspace.js";
import { ownerOf, startServer } from "./support/collect-load.mjs";
import { endAndCompare, PatientClients } from "./support/collect-proof.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const kills = option("kills", 40);
const { below } = seeded(option("seed", 1));
const folder = mkdtempSync(join(tmpdir(), "cartwright-kill-collect-"));
createWorkspace(folder, { currency: "USD", time_zone: "Europe/London" });
const { key } = new Credentials(folder, { now: () => Date.now() }).createWriteKey("bench");
const counts = { server: 0, engine: 0, failed_starts: 0 };

async function start() {
  const server = await startServer(folder, key);
  if (server !== null) return server;
  counts.failed_starts += 1;
  throw new Error("the server did not start");
}

const started = Date.now();
let server = await start();
const clients = new PatientClients(() => server.url, key, option("clients", 4));
for (let kill = 0; kill < kills; kill += 1) {
  await sleep(200 + below(4000));
  if (kill % 2 === 0) {
    counts.server += 1;
    const gone = once(server.child, "exit");
    server.child.kill("SIGKILL");
    await gone;
    server = await start();
  } else {
    counts.engine += 1;
    const owner = ownerOf(folder);
    if (owner?.pid) process.kill(owner.pid, "SIGKILL");
  }
  process.stderr.write(`${JSON.stringify({ ...counts, acknowledged: clients.acknowledged.size })}\n`);
}
const ended = await endAndCompare(folder, server.child, clients);
const outcome = { kills, ...counts, ...ended, seconds: Math.round((Date.now() - started) / 1000) };
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(outcome));
const isClean =
  outcome.acknowledged_lost + outcome.duplicated + outcome.failed_starts + outcome.differences === 0 &&
  outcome.orders_differing === 0;
process.exit(isClean ? 0 : 1);
