/** What `bench/large.mjs` measured, in Markdown, beside the budgets. */
import { budgetsMs, fixed, machineWords, row } from "./measure.mjs";

/**
 * @typedef {{ cold: number | null, p50: number | null, p95: number | null, p99: number | null }} Times
 * @typedef {{ seconds: number, peak: number }} Cost
 * @typedef {Record<string, unknown>} Row
 * @typedef {object} Measured
 * @property {number} events @property {number} days @property {number} rounds @property {number} late
 * @property {readonly (Cost & { month: string })[]} loads
 * @property {Cost & { differences: number }} verified
 * @property {readonly Row[]} columns @property {readonly Row[]} tables
 * @property {ReadonlyMap<string, Times & { peak: number, budget: number }>} asked
 * @property {ReadonlyMap<string, { week: Times, everything: Times }>} filtered
 * @property {readonly (Cost & { what: string })[]} latecomers
 */

const budgets = { weekMs: 1000, lateSeconds: 10, peakBytes: 4 * 2 ** 30, rowBytes: 17 };
const verdict = (/** @type {boolean} */ isMet) => (isMet ? "met" : "missed");
const gigabytes = (/** @type {number} */ bytes) => fixed(bytes / 2 ** 30);
/** Milliseconds; no answer within the reader's limit is a result too. @param {number | null} time */
const shown = (time) => (time === null ? "none" : fixed(time));
const isWithin = (/** @type {number | null} */ time, /** @type {number} */ budget) => time !== null && time <= budget;
const heading = (/** @type {readonly string[]} */ cells, /** @type {readonly string[]} */ sides) =>
  row(cells) + row(sides);
const most = (/** @type {readonly { peak: number }[]} */ costs) => Math.max(0, ...costs.map(({ peak }) => peak));

/** @param {Measured} measured */
function loadTable({ events, late, loads, verified, tables, asked, latecomers }) {
  const load = loads.reduce((sum, { seconds }) => sum + seconds, 0);
  const bytesOf = (/** @type {(table: string) => boolean} */ filter) =>
    tables.filter(({ table }) => filter(String(table))).reduce((sum, { bytes }) => sum + Number(bytes), 0);
  const rowBytes = bytesOf((table) => table === "fct_events") / events;
  const loadBudget = events < 110_000_000 ? null : events === 110_000_000 ? 240 : 900;
  const memory = (/** @type {string} */ what, /** @type {number} */ peak) =>
    row([what, gigabytes(peak), gigabytes(budgets.peakBytes), verdict(peak <= budgets.peakBytes)]);
  return [
    heading(["", "measured", "budget", ""], ["---", "---:", "---:", "---"]),
    row([
      "imported and built, s",
      fixed(load),
      loadBudget ?? "",
      loadBudget === null ? "" : verdict(load <= loadBudget),
    ]),
    row(["rows a second", fixed(events / load, 0), "", ""]),
    row(["bytes a row in fct_events", fixed(rowBytes, 2), budgets.rowBytes, verdict(rowBytes <= budgets.rowBytes)]),
    row(["bytes a row with everything", fixed(bytesOf(() => true) / events, 2), "", ""]),
    row([
      "everything computed anew and compared, s",
      fixed(verified.seconds),
      "",
      `${verified.differences} differences`,
    ]),
    memory("peak memory of engine and importer, importing, GB", most(loads)),
    memory("computing anew and comparing, GB", verified.peak),
    memory("the engine's, of any question, GB", most([...asked.values()])),
    ...latecomers.map(({ what, seconds }) =>
      row([
        `${fixed(late, 0)} late events ${what}, s`,
        fixed(seconds),
        budgets.lateSeconds,
        verdict(seconds <= budgets.lateSeconds),
      ]),
    ),
  ].join("");
}

/** @param {Measured} measured */
export function largeReport(measured) {
  const { events, days, rounds, loads, asked, filtered, columns, tables } = measured;
  const met = [...asked.values()].filter(({ p95, budget }) => isWithin(p95, budget)).length;
  return [
    `# ${fixed(events, 0)} REES46-shaped events in ${days} days, large\n`,
    `${machineWords()}; Node ${process.version}. Generated month by month, each imported, built and removed; generating is not counted.\n`,
    loadTable(measured),
    `By month: ${loads.map(({ month, seconds, peak }) => `${month} ${fixed(seconds)} s and ${gigabytes(peak)} GB`).join(", ")}.\n`,
    "## Single events with a filter, milliseconds at p95\n",
    "Of one brand; none: no answer within 120 s.\n",
    heading(
      ["analysis", "a week", "budget", "", "everything", "budget", ""],
      ["---", "---:", "---:", "---", "---:", "---:", "---"],
    ) +
      [...filtered]
        .map(([name, { week, everything }]) =>
          row([
            ...[name, shown(week.p95), budgets.weekMs, verdict(isWithin(week.p95, budgets.weekMs))],
            ...[shown(everything.p95), budgetsMs.facts, verdict(isWithin(everything.p95, budgetsMs.facts))],
          ]),
        )
        .join(""),
    "## Every analysis, milliseconds\n",
    `Over all there is, with no answer kept; cold after the engine's caches were dropped, then ${rounds} times, fewer where a minute was over; the memory is the most that the engine held meanwhile. ${met} of ${asked.size} meet their budget at p95: ${budgetsMs.rollups} ms where only what is counted by day is read, else ${budgetsMs.facts}.\n`,
    heading(
      ["analysis", "cold", "p50", "p95", "p99", "GB", "budget", ""],
      ["---", "---:", "---:", "---:", "---:", "---:", "---:", "---"],
    ) +
      [...asked]
        .map(([name, { cold, p50, p95, p99, peak, budget }]) =>
          row([
            ...[name, shown(cold), shown(p50), shown(p95), shown(p99), gigabytes(peak)],
            ...[budget, verdict(isWithin(p95, budget))],
          ]),
        )
        .join(""),
    "## Bytes of a row of fct_events\n",
    heading(["column", "bytes"], ["---", "---:"]) +
      columns.map(({ column, row_bytes }) => row([String(column), fixed(Number(row_bytes), 3)])).join(""),
    "## Tables\n",
    heading(["table", "rows", "MB"], ["---", "---:", "---:"]) +
      tables
        .map(({ table, row_count, bytes }) =>
          row([String(table), fixed(Number(row_count), 0), fixed(Number(bytes) / 2 ** 20)]),
        )
        .join(""),
  ].join("\n");
}
