// `npm run bench -- [--events 20000000] [--peers "duckdb,postgres,plain postgres"] [--folder DIR]`
// One generated REES46 file into Cartwright, DuckDB and PostgreSQL in the same run: load, size, the same questions, and every
// analysis of the catalogue. Prints a table and writes bench/results/events-<events>.md with the machine and the day.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openCartwright } from "./peers/cartwright.mjs";
import { openDuckDb } from "./peers/duckdb.mjs";
import { openPlainPostgres, openPostgres } from "./peers/postgres.mjs";
import { questions } from "./peers/questions.mjs";
import { budgetsMs, fixed, machineWords, peakBytes, row, secondsOf, timed } from "./support/measure.mjs";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "20000000" },
    peers: { type: "string", default: "duckdb,postgres,plain postgres" },
    folder: { type: "string" },
    rounds: { type: "string", default: "7" },
  },
});
const events = Number(values.events);
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(values.folder ?? tmpdir(), "cartwright-bench-"));
// PostgreSQL refuses to run as root and runs as a user of its own, who must be able to enter the folder.
chmodSync(folder, 0o755);
const say = (text) => process.stderr.write(`${text}\n`);

let report = "";
try {
  const { writeRees46Files } = await import(new URL("../dist/sources/generator/index.js", import.meta.url).href);
  say(`generating ${events.toLocaleString("en")} events`);
  const generated = await secondsOf(() => writeRees46Files({ dir: folder, file: "events.csv", events, seed: 7 }));
  const file = join(folder, "events.csv");
  const csvBytes = statSync(file).size;

  const cartwright = await openCartwright(file, folder);
  const load = { cartwright: await secondsOf(() => cartwright.load()) };
  say(
    `cartwright: loaded and built in ${fixed(load.cartwright)} s, ${Math.round(events / load.cartwright).toLocaleString("en")} rows/s`,
  );
  const peak = peakBytes(await cartwright.pid()) + peakBytes(process.pid);
  const stored = await cartwright.stored();
  const bytesOf = (filter) =>
    stored.filter((one) => filter(String(one.table))).reduce((sum, one) => sum + Number(one.bytes), 0);
  const size = { cartwright: bytesOf(() => true) };
  const answers = {};
  for (const question of questions)
    answers[question.name] = {
      cartwright: await timed(rounds, () => cartwright.query(question.analysis, question.given)),
    };
  const all = {};
  for (const analysis of cartwright.catalogue) {
    const isRunnable = Object.values(analysis.allParams).every((param) => !param.isRequired);
    // What models answer needs a shop that has trained them.
    if (!isRunnable || analysis.page === "models") continue;
    const times = await timed(rounds, () =>
      cartwright.query(analysis.name, analysis.name === "rfm-scores" ? { limit: 100 } : {}),
    );
    const budget = await cartwright.budgetOf(analysis.name);
    all[analysis.name] = { ...times, budget };
    say(`${analysis.name}: p50 ${fixed(all[analysis.name].p50)} ms`);
  }
  await cartwright.close();

  const peers = {
    duckdb: { open: openDuckDb, dialect: "duckdb" },
    postgres: { open: openPostgres, dialect: "postgres" },
    "plain postgres": { open: openPlainPostgres, dialect: "postgres" },
  };
  const chosen = values.peers.split(",").filter((name) => name in peers);
  for (const name of chosen) {
    const { open, dialect } = peers[name];
    const peer = await open(file, folder);
    load[name] = await secondsOf(() => peer.load());
    say(`${name}: loaded in ${fixed(load[name])} s`);
    size[name] = await peer.storedBytes();
    for (const question of questions)
      answers[question.name][name] = await timed(rounds, () => peer.query(question[dialect]));
    await peer.close();
  }

  report += `# ${events.toLocaleString("en")} REES46-shaped events\n\n`;
  report += `${machineWords()}; Node ${process.version}; CSV of ${fixed(csvBytes / 2 ** 30)} GB, generated at ${Math.round(events / generated).toLocaleString("en")} events/s. `;
  report += `Every figure from one run on one machine; queries are p50 of ${rounds} warm runs in milliseconds.\n\n`;
  report +=
    row(["", "Cartwright", ...chosen, ...chosen.map((name) => `${name} / Cartwright`)]) +
    row(["---", "---:", ...chosen.flatMap(() => ["---:", "---:"])]);
  const line = (name, pick, digits = 1) =>
    row([
      name,
      fixed(pick.cartwright, digits),
      ...chosen.map((peer) => fixed(pick[peer], digits)),
      ...chosen.map((peer) => `${fixed(pick[peer] / pick.cartwright, 1)} x`),
    ]);
  report += line("load with sessions and rollups, s", load);
  report += line(
    "stored, MB",
    Object.fromEntries(Object.entries(size).map(([name, bytes]) => [name, bytes / 2 ** 20])),
    0,
  );
  for (const [name, times] of Object.entries(answers))
    report += line(`${name}, ms`, Object.fromEntries(Object.entries(times).map(([peer, time]) => [peer, time.p50])));
  report += `\nCartwright loads at ${Math.round(events / load.cartwright).toLocaleString("en")} rows/s; ${fixed(bytesOf((table) => table === "fct_events") / events)} bytes a row in fct_events, ${fixed(size.cartwright / events)} with everything; peak memory of engine and importer ${fixed(peak / 2 ** 30)} GB.\n\n`;
  const isMet = ({ p95, budget }) => p95 <= budget;
  report += `## Every analysis, milliseconds\n\nAsked over all there is, each for itself, with no answer kept. Budget at p95: ${fixed(budgetsMs.rollups, 0)} ms where only what is counted by day is read, ${fixed(budgetsMs.facts, 0)} ms where single events, sessions, orders or lines are; ${Object.values(all).filter(isMet).length} of ${Object.keys(all).length} meet theirs.\n\n`;
  report += row(["analysis", "cold", "p50", "p95", "budget", ""]) + row(["---", "---:", "---:", "---:", "---:", "---"]);
  for (const [name, time] of Object.entries(all))
    report += row([
      name,
      fixed(time.cold),
      fixed(time.p50),
      fixed(time.p95),
      fixed(time.budget, 0),
      isMet(time) ? "met" : "missed",
    ]);
  process.stdout.write(report);
  const results = join(dirname(fileURLToPath(import.meta.url)), "results");
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, `events-${events}.md`), report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
