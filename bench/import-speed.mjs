// Imports a generated REES46 month with sessions and rollups: rows/s, bytes a row, peak memory, seconds of each step.
// `node bench/import-speed.mjs [--rows 2000000] [--days 30]`
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { openShop, option } from "./support/shop.mjs";

const events = option("rows", 2_000_000);
const shop = await openShop();
const { warehouse } = shop.workspace;
const written = await writeRees46Files({
  dir: join(shop.folder, "files"),
  file: "events.csv",
  events,
  days: option("days", 30),
});

/** @type {Map<string, number>} */
const seconds = new Map();
for (const name of /** @type {const} */ (["command", "query", "insertBytes", "insertRows"])) {
  const run = warehouse[name].bind(warehouse);
  /** @param {unknown[]} given */
  const timed = async (...given) => {
    const from = performance.now();
    try {
      // @ts-expect-error one wrapper for four signatures
      return await run(...given);
    } finally {
      const label = String(given[0]).replace(/\s+/g, " ").slice(0, 90);
      seconds.set(label, (seconds.get(label) ?? 0) + (performance.now() - from) / 1000);
    }
  };
  // @ts-expect-error as above
  warehouse[name] = timed;
}

const started = performance.now();
let builtFrom = 0;
const [batch] = await shop.load([...written.files], {
  onProgress: (/** @type {{ step: string }} */ { step }) => {
    if (step === "building") builtFrom = performance.now();
  },
});
const total = (performance.now() - started) / 1000;
const peak = (/** @type {number | string} */ pid) =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
const engine = await shop.workspace.engine?.address();
const [bytes] = await warehouse.query(
  "select sum(bytes_on_disk) / sum(rows) as per_row from system.parts where active and table = 'fct_events'",
);
for (const [label, spent] of [...seconds].sort((a, b) => b[1] - a[1]).slice(0, option("steps", 12)))
  console.log(`${spent.toFixed(2).padStart(8)} s  ${label}`);
console.log(
  JSON.stringify({
    rows: batch?.loaded_rows,
    file_bytes: written.bytes,
    load_seconds: Number(((builtFrom - started) / 1000).toFixed(2)),
    total_seconds: Number(total.toFixed(2)),
    rows_per_second: Math.round(events / total),
    bytes_per_row: Number(Number(bytes?.per_row).toFixed(2)),
    engine_peak_mb: Math.round(peak(engine?.pid ?? 0)),
    node_peak_mb: Math.round(peak("self")),
  }),
);
await shop.close();
