// An hour at half load: events come in at a steady rate while they are loaded, built and looked at; what grows meanwhile.
// `node bench/soak.mjs [--minutes 60] [--rate 10000] [--people 300000] [--look 2]`
//   --people  visitors at once; each leaves after ten events, and another one comes
//   --look    questions a second that a dashboard asks beside them
// Prints a line of every minute (rows acknowledged, and counted by the dashboard), and at the end what server and engine held in memory, open files, and the bytes of every
// folder and file outside of the tables. Every event that was acknowledged must then be in the warehouse, once.
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Credentials } from "../dist/api/credentials.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { messageOf, ownerOf, post, rowsOf, startServer, visitorOf } from "./support/collect-load.mjs";
import { untilLoaded } from "./support/collect-proof.mjs";
import { machineWords, memoryBytes } from "./support/measure.mjs";
import { option } from "./support/shop.mjs";

const minutes = option("minutes", 60);
const rate = option("rate", 10_000);
const people = option("people", 300_000);
const look = option("look", 2);
const inBatch = 100;
const clients = 8;
const asked = ["kpi-summary", "revenue-over-time", "funnel", "top-products", "traffic-quality"];

const folder = mkdtempSync(join(tmpdir(), "cartwright-soak-"));
createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
const credentials = new Credentials(folder, { now: () => Date.now() });
const { key } = credentials.createWriteKey("bench");
const { secret } = credentials.createToken({ name: "bench", role: "admin" });
const server = await startServer(folder, key);
if (server === null) throw new Error("the server did not start");
const owner = ownerOf(folder);

const counts = { events: 0, rows: 0, counted: 0, again: 0, answers: 0, failed: 0 };
let next = 0;
const ends = performance.now() + minutes * 60_000;

/** Sends batches at its share of the rate, each again until it is acknowledged. */
async function client() {
  const every = (1000 * inBatch * clients) / rate;
  let due = performance.now() + Math.random() * every;
  while (performance.now() < ends) {
    await sleep(Math.max(0, due - performance.now()));
    due = Math.max(due + every, performance.now() - 10_000);
    const places = Array.from({ length: inBatch }, (_, index) => next + index);
    next += inBatch;
    const time = new Date().toISOString();
    const batch = places.map((at) => ({ ...messageOf(`s-${at}`, at, time), userId: visitorOf(at, people) }));
    while ((await post(server?.url ?? "", key, "batch", { batch, sentAt: time }).catch(() => null))?.status !== 200) {
      counts.again += 1;
      await sleep(500);
    }
    counts.events += inBatch;
    for (const at of places) counts.rows += rowsOf(at);
  }
}

/** The last answer of each kind that was none. @type {Map<string, string>} */ const failures = new Map();

async function dashboard() {
  for (let turn = 0; performance.now() < ends; turn += 1) {
    const address = `${server?.url}/api/v1/analyses/${asked[turn % asked.length]}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${secret}` } });
    const body = await answer.text();
    if (answer.ok) {
      counts.answers += 1;
      if (address.endsWith("kpi-summary")) counts.counted = JSON.parse(body).rows[0].event_count;
    } else {
      counts.failed += 1;
      const { code } = JSON.parse(body);
      failures.set(`${asked[turn % asked.length]} ${answer.status} ${code}`, body.slice(0, 400));
    }
    await sleep(1000 / look);
  }
}

const megabytesOf = (/** @type {number} */ pid) => memoryBytes(pid, "VmRSS") / 2 ** 20;

/** Files below a folder; parts of tables come and go meanwhile. @param {string} place @returns {string[]} */
function filesIn(place) {
  try {
    return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
      const path = join(place, entry.name);
      return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
    });
  } catch {
    return [];
  }
}

/** Bytes of what stands in the workspace, by file outside of the engine's folder and in sum inside it. */
function bytesOf() {
  /** @type {Map<string, number>} */ const sizes = new Map();
  for (const path of filesIn(folder)) {
    const name = relative(folder, path);
    const [top = "", second = ""] = name.split("/");
    const place = top === "collect" || top === "warehouse" ? `${top}/${second}/` : name;
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    sizes.set(place, (sizes.get(place) ?? 0) + size);
  }
  return sizes;
}

/** @typedef {{ minute: number, server: number, engine: number, files: number, bytes: Map<string, number> }} Sample */
/** @type {Sample[]} */ const samples = [];
const openFiles = (/** @type {number} */ pid) => readdirSync(`/proc/${pid}/fd`).length;

function sample() {
  const [pid, engine] = [server?.child.pid ?? 0, owner?.pid ?? 0];
  const minute = Math.round((performance.now() - started) / 60_000);
  const files = openFiles(pid) + openFiles(engine);
  samples.push({ minute, server: megabytesOf(pid), engine: megabytesOf(engine), files, bytes: bytesOf() });
  const { bytes, ...said } = samples[samples.length - 1] ?? { bytes: new Map() };
  const total = [...bytes.values()].reduce((sum, one) => sum + one, 0);
  process.stderr.write(`${JSON.stringify({ ...said, ...counts, megabytes: Math.round(total / 2 ** 20) })}\n`);
}

/** Growth an hour by least squares over the second half of the samples. @param {(sample: Sample) => number} of */
function growthOf(of) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(half.map(({ minute }) => minute)), mean(half.map(of))];
  const above = half.reduce((sum, one) => sum + (one.minute - x) * (of(one) - y), 0);
  return Math.round((60 * above) / half.reduce((sum, one) => sum + (one.minute - x) ** 2, 0));
}

const started = performance.now();
sample();
const timer = setInterval(sample, 60_000);
await Promise.all([...Array.from({ length: clients }, client), dashboard()]);
clearInterval(timer);
sample();
await untilLoaded(folder);
const gone = once(server.child, "exit");
server.child.kill("SIGTERM");
await gone;
const workspace = await Workspace.open(folder, { now: () => Date.now() }, "bench");
const found = await workspace.warehouse.queryOne(
  "select count() as row_count, uniqExact(event_id) as id_count, (select sum(event_count) from agg_daily) as counted from fct_events",
);
const builds = await workspace.warehouse.query(
  `select dateDiff('minute', (select min(started_at) from ops_refreshes), min(started_at)) as from_minute, count() as build_count,
     round(avg(dateDiff('millisecond', started_at, finished_at)) / 1000, 1) as mean_seconds
   from ops_refreshes group by toStartOfInterval(started_at, interval 10 minute) order by from_minute`,
);
await workspace.close();
const last = samples.at(-1);
const middle = samples[Math.floor(samples.length / 2)];
const grown = [...(last?.bytes ?? [])]
  .map(([place, size]) => ({ place, bytes: size, second_half: size - (middle?.bytes.get(place) ?? 0) }))
  .filter(({ second_half }) => second_half > 0);
rmSync(folder, { recursive: true, force: true });
const isWhole = [found.row_count, found.id_count, found.counted].every((count) => Number(count) === counts.rows);
console.log(
  JSON.stringify(
    {
      machine: machineWords(),
      minutes,
      people,
      events_per_second: Math.round(counts.events / (minutes * 60)),
      ...counts,
      warehouse: found,
      server_mb: samples.map((one) => Math.round(one.server)),
      engine_mb: samples.map((one) => Math.round(one.engine)),
      server_mb_an_hour: growthOf((one) => one.server),
      engine_mb_an_hour: growthOf((one) => one.engine),
      builds,
      failures: Object.fromEntries(failures),
      open_files: samples.map((one) => one.files),
      grown,
    },
    null,
    1,
  ),
);
process.exit(isWhole && counts.failed === 0 ? 0 : 1);
