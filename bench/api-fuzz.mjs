// Requests of every kind to every documented operation of a served demo shop, as everybody: valid ones, nearly valid ones and
// rubbish, made from the server's own OpenAPI document. No answer may be a fault or undocumented, and the workspace must verify:
// one that does not stays on the disk, and where is said.
// `node bench/api-fuzz.mjs [--requests 100000] [--seed 1] [--seeds 1] [--seconds 540]`: with several seeds each makes its share, on the same shop.
import { fuzz } from "./support/api-fuzz.mjs";
import { client, makeCallers, makeShopper } from "./support/fuzz-callers.mjs";
import { routesOf } from "./support/openapi-routes.mjs";
import { serveDemo } from "./support/served-demo.mjs";
import { option } from "./support/shop.mjs";

const count = option("requests", 100_000);
const seed = option("seed", 1);
const seeds = option("seeds", 1);
/** After these it asks no more, and says how many there were. */
const mostMs = 1000 * option("seconds", 86_400);
const demo = await serveDemo();
let isKept = false;
const { send, close } = client(demo.url);
try {
  const callers = await makeCallers(send, demo.link);
  const admin = callers.staff[2]?.headers ?? {};
  const document = JSON.parse((await send({ method: "GET", url: "/openapi.json", headers: admin })).body);
  const startedAt = performance.now();
  const newShopper = (/** @type {number} */ number) => makeShopper(send, number);
  const found = await fuzz({ send, routes: routesOf(document), callers, newShopper, count, seed, seeds, mostMs });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  // Everybody still gets what they got before.
  const lost = [];
  for (const { name, headers } of [...callers.staff, callers.session]) {
    const { status } = await send({ method: "GET", url: "/api/v1/analyses/kpi-summary", headers, from: 30_000 });
    if (status !== 200) lost.push(`${name}: ${status}`);
  }
  const isRunning = demo.isRunning();
  close();
  const unverified = await demo.endAndVerify();
  isKept = unverified !== null;
  if (isKept) process.stderr.write(`does not verify and is kept: ${demo.folder}\n`);
  const log = demo.faults();
  const isGood = found.faults.length === 0 && lost.length === 0 && isRunning && unverified === null && log.length === 0;
  console.log(
    JSON.stringify({
      seed,
      seeds,
      seconds,
      ...found,
      lost,
      isRunning,
      unverified,
      faults_in_log: log.length,
      log: log.slice(0, 5),
    }),
  );
  process.exitCode = isGood ? 0 : 1;
} finally {
  if (!isKept) demo.remove();
}
