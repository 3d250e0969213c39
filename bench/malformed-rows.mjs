// Imports malformed rows: no crash, read = loaded + duplicates + rejected, memory bounded.
// `node bench/malformed-rows.mjs [--rows 1000000] [--seed 1]`
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { verify } from "../dist/warehouse/verify.js";
import { malformedRows } from "./support/malformed.mjs";
import { openShop, option } from "./support/shop.mjs";

const count = option("rows", 1_000_000);
const shop = await openShop();
const path = join(shop.folder, "malformed.csv");
await pipeline(Readable.from(malformedRows(count, option("seed", 1))), createWriteStream(path));
const started = performance.now();
const [batch] = await shop.load([path], { encoding: "utf-8" });
const seconds = (performance.now() - started) / 1000;
const { warehouse, config } = shop.workspace;
const reasons = await warehouse.query(
  "select replaceRegexpAll(reason, '[0-9][0-9:,]*', 'N') as why, count() as rows from ops_rejects group by why order by rows desc limit 15",
);
for (const { rows, why } of reasons) console.log(`${String(rows).padStart(9)}  ${why}`);
const { differences } = await verify(warehouse, config);
const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? 0);
const adds = batch ? batch.read_rows === batch.loaded_rows + batch.duplicate_rows + batch.rejected_rows : false;
console.log(
  JSON.stringify({
    lines: count,
    read: batch?.read_rows,
    loaded: batch?.loaded_rows,
    rejected: batch?.rejected_rows,
    adds_up: adds,
    differences: differences.length,
    seconds: Number(seconds.toFixed(1)),
    rows_per_second: Math.round((batch?.read_rows ?? 0) / seconds),
    node_peak_mb: Math.round(memory / 1024),
  }),
);
await shop.close();
process.exitCode = adds && differences.length === 0 ? 0 : 1;
