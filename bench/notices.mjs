// What telling what is wrong with the data costs: reading how things stand, once per data version, and choosing what is told beside
// an answer, for every question.
// `node bench/notices.mjs [--events 1000000]`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { catalogue } from "../dist/analyses/index.js";
import { resolveValues } from "../dist/analyses/run.js";
import { importFiles } from "../dist/ingestion/import.js";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { noticesFor, readStanding } from "../dist/trust/index.js";
import { readExtent } from "../dist/warehouse/extent.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { option } from "./support/shop.mjs";

const folder = mkdtempSync(join(tmpdir(), "cartwright-bench-notices-"));
const clock = { now: () => Date.now() };
createWorkspace(folder, { currency: "USD", time_zone: "UTC" });
const workspace = await Workspace.open(folder, clock, "bench");
const { warehouse, config } = workspace;
const files = join(folder, "files");
await writeRees46Files({ dir: files, events: option("events", 1_000_000), days: 70, seed: 1 });
await importFiles({ warehouse, config, clock }, [files], {});
const context = { warehouse, extent: await readExtent(warehouse), timeZone: "UTC" };

const times = [];
for (let round = 0; round < 9; round += 1) {
  const started = performance.now();
  await readStanding(context, true);
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
console.log(JSON.stringify({ name: "how things stand, read", median_ms: times[4], slowest_ms: times[8] }));

const standing = await readStanding(context, true);
const notice = {
  kind: /** @type {const} */ ("drop"),
  message: "purchase events are down 80 % since 1 Jan 2026",
  event_types: ["purchase"],
  row_kinds: [],
  since_on: "1970-01-01",
  until_on: null,
};
for (const notices of [[], [notice, notice, notice]]) {
  const asked = catalogue.map((analysis) => {
    const needs = Object.entries(analysis.allParams).filter(([, param]) => param.isRequired);
    return { analysis, values: needs.length > 0 ? null : resolveValues(analysis, {}, context.extent) };
  });
  const rounds = 200;
  let count = 0;
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1)
    for (const { analysis, values } of asked)
      if (values) {
        noticesFor({ ...standing, notices }, analysis, values, Date.now());
        count += 1;
      }
  const us = ((performance.now() - started) * 1000) / count;
  console.log(JSON.stringify({ name: `told beside an answer, ${notices.length} notices`, us_per_question: us }));
}
await workspace.close();
rmSync(folder, { recursive: true, force: true });
