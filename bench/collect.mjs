// How much the door for events takes, and how soon it is counted: batches of 100 and single events over loopback, each
// acknowledged on disk, while the server loads and builds; freshness is the time from sending an event until the rollup of
// its day counts it.
// `node bench/collect.mjs [--seconds 60] [--rate 0] [--singles 0] [--clients 8] [--people 4000] [--history 0]`
//   --rate     events a second to offer in batches; 0 for as many as are taken
//   --singles  single-event requests a second beside them
//   --people   shoppers whom the events are of, in turn
//   --history  events the shop holds before, in REES46 form
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Credentials } from "../dist/api/credentials.js";
import { importFiles } from "../dist/ingestion/import.js";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { messageOf, post, startServer } from "./support/collect-load.mjs";
import { option } from "./support/shop.mjs";

const seconds = option("seconds", 60);
const rate = option("rate", 0);
const singles = option("singles", 0);
const clients = option("clients", 8);
const people = option("people", 4000);
const history = option("history", 0);
const inBatch = 100;
const folder = mkdtempSync(join(tmpdir(), "cartwright-bench-collect-"));
const clock = { now: () => Date.now() };
createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
const { key } = new Credentials(folder, clock).createWriteKey("bench");
if (history > 0) {
  const files = join(folder, "files");
  await writeRees46Files({ dir: files, events: history, days: 61, seed: 1 });
  const workspace = await Workspace.open(folder, clock, "bench");
  await importFiles({ warehouse: workspace.warehouse, config: workspace.config, clock }, [files], {});
  await workspace.close();
}
const server = await startServer(folder, key);
if (server === null) throw new Error("the server did not start");
const workspace = await Workspace.open(folder, clock, "bench");

const counts = { events: 0, singles: 0, refused: 0 };
/** @type {number[]} */ const batchMs = [];
/** @type {number[]} */ const singleMs = [];
/** When events had been sent: `[count so far, milliseconds]`. @type {[number, number][]} */ const sent = [];
const started = performance.now();
const ends = started + seconds * 1000;
let next = 0;

/** @param {number[]} times @param {number} size @param {number} every milliseconds between two requests of a client */
async function client(times, size, every) {
  let due = performance.now() + Math.random() * every;
  while (performance.now() < ends) {
    if (every > 0) await sleep(Math.max(0, due - performance.now()));
    due += every;
    const from = next;
    next += size;
    const time = new Date().toISOString();
    const messages = Array.from({ length: size }, (_, index) =>
      messageOf(`b-${from + index}`, from + index, time, people),
    );
    const before = performance.now();
    const [path, body] = size === 1 ? ["track", messages[0] ?? {}] : ["batch", { batch: messages, sentAt: time }];
    const answer = await post(server?.url ?? "", key, path, body);
    if (answer.status !== 200) {
      counts.refused += 1;
      await sleep(1000);
      continue;
    }
    times.push(performance.now() - before);
    counts.events += size;
    if (size === 1) counts.singles += 1;
    sent.push([counts.events, performance.now()]);
  }
}

/** Until every event sent in time is counted: how old the newest counted one is. */
async function watchFreshness() {
  /** @type {number[]} */ const ages = [];
  let seen = 0;
  while (performance.now() < ends || seen < sent.length) {
    if (performance.now() > ends + 600_000) break;
    const row = await workspace.warehouse.queryOne(
      "select toString(sum(event_count)) as counted from agg_daily where day_on >= today() - 1",
    );
    const now = performance.now();
    // An order of two products is two events in the warehouse and one message here.
    const counted = Number(row.counted) / (1 + 1 / 50);
    for (let entry = sent[seen]; entry && entry[0] <= counted + 1; entry = sent[seen]) {
      ages.push((now - entry[1]) / 1000);
      seen += 1;
    }
    if (performance.now() > ends && seen >= sent.length - 2) break;
    await sleep(200);
  }
  return ages;
}

const freshness = watchFreshness();
await Promise.all([
  ...Array.from({ length: clients }, () => client(batchMs, inBatch, rate > 0 ? (1000 * inBatch * clients) / rate : 0)),
  ...(singles > 0 ? Array.from({ length: 16 }, () => client(singleMs, 1, (1000 * 16) / singles)) : []),
]);
const took = (performance.now() - started) / 1000;
const ages = await freshness;
/** @param {number[]} values @param {number} share */
const quantile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return found === undefined ? null : Number(found.toFixed(1));
};
const gone = once(server.child, "exit");
server.child.kill("SIGTERM");
await gone;
await workspace.close();
rmSync(folder, { recursive: true, force: true });
console.log(
  JSON.stringify({
    machine: `${cpus().length} cores, ${cpus()[0]?.model}`,
    people,
    history,
    seconds: Math.round(took),
    durable_events_per_second: Math.round(counts.events / took),
    batch_ack_p50_ms: quantile(batchMs, 0.5),
    batch_ack_p99_ms: quantile(batchMs, 0.99),
    single_requests_per_second: Math.round(counts.singles / took),
    single_ack_p50_ms: quantile(singleMs, 0.5),
    single_ack_p99_ms: quantile(singleMs, 0.99),
    refused: counts.refused,
    freshness_p50_seconds: quantile(ages, 0.5),
    freshness_p95_seconds: quantile(ages, 0.95),
  }),
);
process.exit(0);
