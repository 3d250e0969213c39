// `npm run bench:large -- [--events 110000000] [--days 61] [--rounds 5] [--late 1000000] [--keep DIR] [--only NAME,NAME]`
//   --keep  a folder that stays, with every figure that was taken in it: the same command goes on where it ended
//   --only  these analyses; none with `--only -`
// A REES46-shaped stream of any length into Cartwright: generated month by month, each file imported, built and removed, so that no
// more than a month is on the disk as text. Then everything is verified; every analysis is asked cold and warm; single events of a
// week and of everything are asked with a filter; and events come late. Writes bench/results/large-<events>.md beside the budgets.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { catalogue, findAnalysis } from "../dist/analyses/index.js";
import { resolveValues, runAnalysis, sqlOf } from "../dist/analyses/run.js";
import { systemClock } from "../dist/clock.js";
import { CartwrightError } from "../dist/errors.js";
import { importFiles } from "../dist/ingestion/import.js";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { readExtent } from "../dist/warehouse/extent.js";
import { verify } from "../dist/warehouse/verify.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { largeReport } from "./support/large-report.mjs";
import { monthlyFiles } from "./support/large-shop.mjs";
import { budgetOf, fixed, forgetPeak, peakBytes, secondsOf, timed } from "./support/measure.mjs";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "110000000" },
    days: { type: "string" },
    rounds: { type: "string", default: "5" },
    late: { type: "string", default: "1000000" },
    keep: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const events = Number(values.events);
// Two months, as published first; seven from 200 million events on, as published in all.
const days = Number(values.days ?? (events < 200_000_000 ? 61 : 213));
const rounds = Number(values.rounds);
const late = Number(values.late);
const only = values.only === "" ? null : new Set(values.only.split(","));
const csvBytesOfEvent = 140;
const longestRoundsMs = 60_000;
const stream = { events, days, seed: 7 };

const folder = values.keep ?? mkdtempSync(join(tmpdir(), "cartwright-large-"));
mkdirSync(folder, { recursive: true });
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

// What was measured in this folder, by name: a run that was ended takes no figure twice.
const notesPath = join(folder, `measured-${events}-${days}.json`);
/** @type {Record<string, unknown>} */
const notes = existsSync(notesPath) ? JSON.parse(readFileSync(notesPath, "utf8")) : {};

/** A figure: from the notes, or taken now and noted. @template T @param {string} name @param {() => Promise<T>} take @returns {Promise<T>} */
async function noted(name, take) {
  if (!(name in notes)) {
    notes[name] = await take();
    writeFileSync(notesPath, JSON.stringify(notes));
    say(`${name}: ${JSON.stringify(notes[name]).slice(0, 200)}`);
  }
  return /** @type {T} */ (notes[name]);
}

if (!existsSync(join(folder, "shop"))) {
  const { bavail, bsize } = statfsSync(folder);
  const needed = Math.ceil((events / days) * 31) * csvBytesOfEvent + events * 40;
  if (bavail * bsize < needed)
    throw new Error(
      `about ${fixed(needed / 2 ** 30)} GB are needed in ${folder}, and ${fixed((bavail * bsize) / 2 ** 30)} are free`,
    );
  createWorkspace(join(folder, "shop"), { currency: "USD", time_zone: "UTC" });
}
const workspace = await Workspace.open(join(folder, "shop"), systemClock, "bench");
const { warehouse, config } = workspace;
const enginePid = (await workspace.engine?.address())?.pid ?? 0;

/** Seconds of some work, and the most that engine and this process held meanwhile. @param {() => unknown} work */
async function costOf(work) {
  forgetPeak(enginePid);
  forgetPeak(process.pid);
  const seconds = await secondsOf(work);
  return { seconds, peak: peakBytes(enginePid) + peakBytes(process.pid) };
}

const bring = (/** @type {string} */ path) =>
  costOf(() => workspace.exclusively(() => importFiles({ warehouse, config, clock: systemClock }, [path], {})));

/** The cost of each month, imported and built; generating it is not counted. */
async function importMonths() {
  /** @type {({ month: string, seconds: number, peak: number })[]} */ const loads = [];
  const isBrought = (/** @type {string} */ month) => `import ${month}` in notes;
  for await (const { month, path } of monthlyFiles(folder, stream, isBrought)) {
    const cost = await noted(`import ${month}`, () => bring(path));
    rmSync(path, { force: true });
    loads.push({ month, ...cost });
  }
  return loads;
}

/** @typedef {{ cold: number | null, p50: number | null, p95: number | null, p99: number | null }} Times  null: no answer within the reader's limit */

/** Cold is the first time after the engine's caches have been dropped. @param {string} name @param {Record<string, unknown>} given @returns {Promise<Times & { peak: number }>} */
async function timesOf(name, given) {
  for (const cache of ["mark", "uncompressed", "query"]) await warehouse.command(`system drop ${cache} cache`);
  forgetPeak(enginePid);
  const ask = () => runAnalysis({ warehouse, extent, timeZone: "UTC" }, findAnalysis(name), given);
  try {
    return { ...(await timed(rounds, ask, longestRoundsMs)), peak: peakBytes(enginePid) };
  } catch (error) {
    if (!(error instanceof CartwrightError && error.code === "query_timeout")) throw error;
    return { cold: null, p50: null, p95: null, p99: null, peak: peakBytes(enginePid) };
  }
}

/** @type {Awaited<ReturnType<typeof readExtent>>} */ let extent;
try {
  const loads = await importMonths();
  extent = await readExtent(warehouse);
  const verified = await noted("verify", async () => {
    let differences = 0;
    const cost = await costOf(async () => {
      differences = (await verify(warehouse, config)).differences.length;
    });
    return { ...cost, differences };
  });
  const columns = await noted("columns", () =>
    warehouse.query(
      `select column, sum(column_data_compressed_bytes) / {events:UInt64} as row_bytes from system.parts_columns
       where database = currentDatabase() and active and table = 'fct_events' group by column order by row_bytes desc`,
      { bindings: { events } },
    ),
  );
  const tables = await noted("tables", () =>
    warehouse.query(`
      select table, toUInt64(sum(rows)) as row_count, toUInt64(sum(bytes_on_disk)) as bytes from system.parts
      where database = currentDatabase() and active and rows > 0 group by table order by bytes desc`),
  );

  /** @type {Map<string, Times & { peak: number, budget: number }>} */ const asked = new Map();
  for (const analysis of catalogue) {
    const isRunnable = Object.values(analysis.allParams).every((param) => !param.isRequired);
    if (!isRunnable || analysis.page === "models" || (only !== null && !only.has(analysis.name))) continue;
    const given = analysis.name === "rfm-scores" ? { limit: 100 } : {};
    const times = await noted(`ask ${analysis.name}`, () => timesOf(analysis.name, given));
    const resolved = resolveValues(analysis, {}, extent);
    asked.set(analysis.name, { ...times, budget: budgetOf(sqlOf(analysis, resolved), resolved.table) });
  }
  const [brand] = await warehouse.query(
    "select brand from dim_product where brand != '' group by brand order by count() desc, brand limit 1",
  );
  const lastDay = String(extent.lastDay);
  const daysBefore = (/** @type {number} */ count) =>
    new Date(Date.parse(lastDay) - count * 86_400_000).toISOString().slice(0, 10);
  /** @type {Map<string, { week: Times, everything: Times }>} */ const filtered = new Map();
  for (const name of ["daily-kpis", "funnel", "top-products", "session-comparison"]) {
    const given = { brand: [String(brand?.brand)] };
    const week = { ...given, period_start: daysBefore(6), period_end: lastDay };
    filtered.set(name, {
      week: await noted(`filter ${name}, a week`, () => timesOf(name, week)),
      everything: await noted(`filter ${name}, everything`, () => timesOf(name, given)),
    });
  }

  /** @type {{ what: string, seconds: number, peak: number }[]} */ const latecomers = [];
  for (const [what, firstDay, count] of /** @type {const} */ ([
    ["of the last three days", daysBefore(2), 3],
    ["of any day", "2019-10-01", days],
  ])) {
    if (late === 0) continue;
    const file = `late-${count}.csv`;
    const cost = await noted(`late ${what}`, async () => {
      await writeRees46Files({ dir: folder, file, events: late, firstDay, days: count, seed: 99 + count });
      return await bring(join(folder, file));
    });
    latecomers.push({ what, ...cost });
  }

  const report = largeReport({
    ...{ events, days, rounds, late, loads, verified, columns, tables, asked, filtered, latecomers },
  });
  process.stdout.write(report);
  writeFileSync(fileURLToPath(new URL(`results/large-${events}.md`, import.meta.url)), report);
} finally {
  await workspace.close();
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
