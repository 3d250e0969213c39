/** What every script that measures needs: times, memory, tables in Markdown, and which budget an analysis has. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** @param {() => unknown} work */
export async function secondsOf(work) {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/**
 * Milliseconds of a first run and of `rounds` more, by quantile; fewer, but one, where `longestMs` are over.
 *
 * @param {number} rounds @param {() => unknown} work
 */
export async function timed(rounds, work, longestMs = Number.POSITIVE_INFINITY) {
  /** @type {number[]} */ const times = [];
  const endsAt = performance.now() + longestMs;
  for (let round = 0; round <= rounds && (round < 2 || performance.now() < endsAt); round += 1)
    times.push((await secondsOf(work)) * 1000);
  const [cold = 0, ...warm] = times;
  warm.sort((left, right) => left - right);
  const at = (/** @type {number} */ part) => (warm.length > 0 ? share(warm, part) : cold);
  return { cold, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The value below which a part of the sorted ones lie; 0 where there are none. @param {readonly number[]} sorted @param {number} part */
export const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

/** Day and machine of a measurement. */
export function machineWords() {
  const [first] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}; ${cpus().length} cores (${first?.model.trim()}), ${fixed(totalmem() / 2 ** 30, 0)} GB`;
}

/** Resident memory of a process now (VmRSS) or the highest so far (VmHWM), in bytes, from the kernel; 0 where there is none to ask. @param {number} pid @param {"VmRSS" | "VmHWM"} name */
export function memoryBytes(pid, name) {
  try {
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
export const peakBytes = (pid) => memoryBytes(pid, "VmHWM");

/** The highest so far becomes what is held now. @param {number} pid */
export const forgetPeak = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5");

/** What is counted by day answers as fast as a card should; single facts over everything that is held may take longer. */
export const budgetsMs = { rollups: 100, facts: 4000 };

/** The budget of a statement, by whether it reads single events, sessions, orders or lines. @param {string} sql @param {unknown} table  what its parameter `table` is */
export function budgetOf(sql, table) {
  const read = sql.replace(/--.*$/gm, "").replace("{table:Identifier}", String(table));
  return /\b(fct_\w+|person_events)\b/.test(read) ? budgetsMs.facts : budgetsMs.rollups;
}

export const fixed = (/** @type {number} */ number, digits = 1) =>
  number.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const row = (/** @type {readonly (string | number)[]} */ cells) => `| ${cells.join(" | ")} |\n`;
