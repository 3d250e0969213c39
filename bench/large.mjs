// `npm run bench:large -- [--events 110000000] [--days 61] [--rounds 5] [--late 1000000] [--folder DIR] [--only NAME,NAME]`
// A REES46-shaped stream of any length into Cartwright: generated month by month, each file imported, built and removed, so that no
// more than a month is on the disk as text. Then everything is verified; every analysis is asked cold and warm; single events of a
// week and of everything are asked with a filter; and events come late. Writes bench/results/large-<events>.md beside the budgets.
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
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
import { importMonths } from "./support/large-shop.mjs";
import { budgetOf, budgetsMs, fixed, machineWords, peakBytes, row, secondsOf, timed } from "./support/measure.mjs";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "110000000" },
    days: { type: "string" },
    rounds: { type: "string", default: "5" },
    late: { type: "string", default: "1000000" },
    folder: { type: "string", default: tmpdir() },
    only: { type: "string", default: "" },
  },
});
const events = Number(values.events);
// Two months, as published first; seven from 200 million events on, as published in all.
const days = Number(values.days ?? (events < 200_000_000 ? 61 : 213));
const rounds = Number(values.rounds);
const late = Number(values.late);
const only = values.only === "" ? null : new Set(values.only.split(","));
const budgets = { weekMs: 1000, lateSeconds: 10, peakBytes: 4 * 2 ** 30, rowBytes: 17 };
const csvBytesOfEvent = 140;

const folder = mkdtempSync(join(values.folder, "cartwright-large-"));
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
const verdict = (/** @type {boolean} */ isMet) => (isMet ? "met" : "missed");

const { bavail, bsize } = statfsSync(folder);
const needed = Math.ceil((events / days) * 31) * csvBytesOfEvent + events * 40;
if (bavail * bsize < needed)
  throw new Error(
    `about ${fixed(needed / 2 ** 30)} GB are needed in ${folder}, and ${fixed((bavail * bsize) / 2 ** 30)} are free`,
  );

createWorkspace(join(folder, "shop"), { currency: "USD", time_zone: "UTC" });
const workspace = await Workspace.open(join(folder, "shop"), systemClock, "bench");
const { warehouse, config } = workspace;
const enginePid = (await workspace.engine?.address())?.pid ?? 0;
const bring = (/** @type {string} */ path) =>
  workspace.exclusively(() => importFiles({ warehouse, config, clock: systemClock }, [path], {}));

let report = "";
try {
  const loads = await importMonths(workspace, folder, { events, days, seed: 7 }, say);
  const load = loads.reduce((sum, { seconds }) => sum + seconds, 0);
  const loadPeak = peakBytes(enginePid) + peakBytes(process.pid);
  /** @type {readonly unknown[]} */ let differences = [];
  const verified = await secondsOf(async () => {
    ({ differences } = await verify(warehouse, config));
  });
  say(`verified in ${fixed(verified)} s: ${differences.length} differences`);
  const columns = await warehouse.query(
    `
    select column, sum(column_data_compressed_bytes) / {events:UInt64} as row_bytes from system.parts_columns
    where database = currentDatabase() and active and table = 'fct_events' group by column order by row_bytes desc`,
    { bindings: { events } },
  );
  const tables = await warehouse.query(`
    select table, toUInt64(sum(rows)) as row_count, toUInt64(sum(bytes_on_disk)) as bytes from system.parts
    where database = currentDatabase() and active and rows > 0 group by table order by bytes desc`);
  const bytesOf = (/** @type {(table: string) => boolean} */ filter) =>
    tables.filter(({ table }) => filter(String(table))).reduce((sum, { bytes }) => sum + Number(bytes), 0);

  const extent = await readExtent(warehouse);
  const context = { warehouse, extent, timeZone: "UTC" };
  /** Cold is the first time after the engine's caches have been dropped. @param {string} name @param {Record<string, unknown>} given */
  async function timesOf(name, given) {
    for (const cache of ["mark", "uncompressed", "query"]) await warehouse.command(`system drop ${cache} cache`);
    try {
      return await timed(rounds, () => runAnalysis(context, findAnalysis(name), given));
    } catch (error) {
      // No answer within the reader's limit is a result too.
      if (!(error instanceof CartwrightError && error.code === "query_timeout")) throw error;
      const never = Number.POSITIVE_INFINITY;
      return { cold: never, p50: never, p95: never, p99: never };
    }
  }
  /** @type {Map<string, { cold: number, p50: number, p95: number, p99: number, budget: number }>} */ const all =
    new Map();
  for (const analysis of catalogue) {
    const isRunnable = Object.values(analysis.allParams).every((param) => !param.isRequired);
    if (!isRunnable || analysis.page === "models" || (only !== null && !only.has(analysis.name))) continue;
    const times = await timesOf(analysis.name, analysis.name === "rfm-scores" ? { limit: 100 } : {});
    const resolved = resolveValues(analysis, {}, extent);
    all.set(analysis.name, { ...times, budget: budgetOf(sqlOf(analysis, resolved), resolved.table) });
    say(`${analysis.name}: cold ${fixed(times.cold)}, p50 ${fixed(times.p50)} ms`);
  }
  const [brand] = await warehouse.query(
    "select brand from dim_product where brand != '' group by brand order by count() desc, brand limit 1",
  );
  const lastDay = String(extent.lastDay);
  const weekAgo = new Date(Date.parse(lastDay) - 6 * 86_400_000).toISOString().slice(0, 10);
  /** @type {Map<string, { week: { p95: number }, everything: { p95: number } }>} */ const filtered = new Map();
  for (const name of ["daily-kpis", "funnel", "top-products", "session-comparison"]) {
    const given = { brand: [String(brand?.brand)] };
    const week = await timesOf(name, { ...given, period_start: weekAgo, period_end: lastDay });
    filtered.set(name, { week, everything: await timesOf(name, given) });
  }

  /** @type {[string, number][]} */ const latecomers = [];
  if (late > 0) {
    const lastDays = new Date(Date.parse(lastDay) - 2 * 86_400_000).toISOString().slice(0, 10);
    for (const [what, firstDay, count] of /** @type {const} */ ([
      ["of the last three days", lastDays, 3],
      ["of any day", "2019-10-01", days],
    ])) {
      const file = `late-${count}.csv`;
      await writeRees46Files({ dir: folder, file, events: late, firstDay, days: count, seed: 99 + count });
      latecomers.push([what, await secondsOf(() => bring(join(folder, file)))]);
      say(`${fixed(late, 0)} late events ${what}: ${fixed(latecomers.at(-1)?.[1] ?? 0)} s`);
    }
  }
  const peak = peakBytes(enginePid) + peakBytes(process.pid);

  report += `# ${fixed(events, 0)} REES46-shaped events in ${days} days, large\n\n`;
  report += `${machineWords()}; Node ${process.version}. Generated month by month, each imported, built and removed; generating is not counted.\n\n`;
  report += row(["", "measured", "budget", ""]) + row(["---", "---:", "---:", "---"]);
  const loadBudget = events <= 110_000_000 ? 240 : 900;
  report += row([
    "imported and built, s",
    fixed(load),
    events < 110_000_000 ? "" : loadBudget,
    events < 110_000_000 ? "" : verdict(load <= loadBudget),
  ]);
  report += row(["rows a second", fixed(events / load, 0), "", ""]);
  const rowBytes = bytesOf((table) => table === "fct_events") / events;
  report += row([
    "bytes a row in fct_events",
    fixed(rowBytes, 2),
    budgets.rowBytes,
    verdict(rowBytes <= budgets.rowBytes),
  ]);
  report += row(["bytes a row with everything", fixed(bytesOf(() => true) / events, 2), "", ""]);
  report += row([
    "peak memory of engine and importer, loading, GB",
    fixed(loadPeak / 2 ** 30),
    fixed(budgets.peakBytes / 2 ** 30, 0),
    verdict(loadPeak <= budgets.peakBytes),
  ]);
  report += row(["peak memory with verifying and every analysis, GB", fixed(peak / 2 ** 30), "", ""]);
  report += row(["verified, s", fixed(verified), "", `${differences.length} differences`]);
  for (const [what, seconds] of latecomers)
    report += row([
      `${fixed(late, 0)} late events ${what}, s`,
      fixed(seconds),
      budgets.lateSeconds,
      verdict(seconds <= budgets.lateSeconds),
    ]);
  report += `\nBy month: ${loads.map(({ month, seconds }) => `${month} ${fixed(seconds)} s`).join(", ")}.\n\n`;
  report += `## Single events with a filter, milliseconds at p95\n\nOf one brand.\n\n${row(["analysis", "a week", "budget", "", "everything", "budget", ""])}${row(["---", "---:", "---:", "---", "---:", "---:", "---"])}`;
  for (const [name, { week, everything }] of filtered)
    report += row([
      name,
      fixed(week.p95),
      budgets.weekMs,
      verdict(week.p95 <= budgets.weekMs),
      fixed(everything.p95),
      budgetsMs.facts,
      verdict(everything.p95 <= budgetsMs.facts),
    ]);
  const met = [...all.values()].filter(({ p95, budget }) => p95 <= budget).length;
  report += `\n## Every analysis, milliseconds\n\nOver all there is, with no answer kept; cold after the engine's caches were dropped, then ${rounds} times. ${met} of ${all.size} meet their budget at p95: ${budgetsMs.rollups} ms where only what is counted by day is read, else ${budgetsMs.facts}.\n\n`;
  report +=
    row(["analysis", "cold", "p50", "p95", "p99", "budget", ""]) +
    row(["---", "---:", "---:", "---:", "---:", "---:", "---"]);
  for (const [name, { cold, p50, p95, p99, budget }] of all)
    report += row([name, fixed(cold), fixed(p50), fixed(p95), fixed(p99), budget, verdict(p95 <= budget)]);
  report += `\n## Bytes of a row of fct_events\n\n${row(["column", "bytes"])}${row(["---", "---:"])}`;
  for (const { column, row_bytes } of columns) report += row([String(column), fixed(Number(row_bytes), 3)]);
  report += `\n## Tables\n\n${row(["table", "rows", "MB"])}${row(["---", "---:", "---:"])}`;
  for (const { table, row_count, bytes } of tables)
    report += row([String(table), fixed(Number(row_count), 0), fixed(Number(bytes) / 2 ** 20)]);
  process.stdout.write(report);
  writeFileSync(fileURLToPath(new URL(`results/large-${events}.md`, import.meta.url)), report);
} finally {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
}
