/** Importers and engines ended with SIGKILL at random moments, then run again: the outcome must be that of one clean import. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seeded } from "./random.mjs";

const child = fileURLToPath(new URL("./import-child.mjs", import.meta.url));

/** Files whose import goes through every step: ids known from before, a corrected file, several months. @param {string} folder @param {number} rows */
export function writeInputs(folder, rows) {
  mkdirSync(folder, { recursive: true });
  const { below, pick } = seeded(7);
  const header = "event_id,event_at,event_type,customer_id,product_id,session_id,price\n";
  /** @param {string} prefix @param {number} count */
  const events = (prefix, count) =>
    Array.from({ length: count }, (_, at) => {
      const time = new Date(Date.UTC(2025, below(4), 1 + below(28), below(24), below(60))).toISOString();
      return `${prefix}${at},${time},${pick(["view", "cart_add", "purchase"])},${1 + below(99)},${1 + below(50)},${pick(["", `s${below(200)}`])},1.25`;
    }).join("\n");
  const base = join(folder, "base.csv");
  const more = join(folder, "more.csv");
  writeFileSync(base, `${header}${events("a", rows)}\n`);
  writeFileSync(
    more,
    `${header}${events("b", Math.floor(rows / 2))}\nx,never,view,,,,\n${events("a", Math.floor(rows / 4))}\n`,
  );
  return { base, more, correct: () => writeFileSync(base, `${header}${events("a", Math.floor(rows / 2))}\n`) };
}

/** What the last importer wrote on standard error. */
let lastWords = "";

/**
 * Runs the importer once; ends it, or its engine, after `killAfterMs` when that is given.
 * @param {string} workspace @param {string[]} paths @param {{ killAfterMs?: number, victim?: "importer" | "engine" }} how
 * @returns {Promise<"done" | "killed" | "failed">}
 */
export async function runImport(workspace, paths, how = {}) {
  const running = spawn(process.execPath, [child, workspace, ...paths], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let engine = 0;
  running.stdout.on("data", (bytes) => {
    said += bytes;
    engine = Number(/engine (\d+)/.exec(said)?.[1] ?? 0);
  });
  lastWords = "";
  running.stderr.on("data", (bytes) => {
    lastWords += bytes;
  });
  const timer =
    how.killAfterMs === undefined
      ? undefined
      : setTimeout(() => {
          try {
            if (how.victim === "engine" && engine > 0) process.kill(engine, "SIGKILL");
            else running.kill("SIGKILL");
          } catch {
            // Ended by itself a moment ago.
          }
        }, how.killAfterMs);
  /** @type {number | null} */
  const code = await new Promise((resolve) => running.once("close", resolve));
  clearTimeout(timer);
  if (said.includes("done")) return "done";
  return code === null ? "killed" : "failed";
}

/** Starts again until it is done; every start may be the one after a kill. @param {string} workspace @param {string[]} paths */
export async function untilDone(workspace, paths) {
  const words = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if ((await runImport(workspace, paths)) === "done") return;
    words.push(lastWords);
  }
  throw new Error(`the import was not finished by five further starts; their words: ${words.join(" | ")}`);
}

/** Digests of all tables of facts, dimensions and rollups, without what tells one run from another. */
export const digestSql = `
  select * from (select 'events' as t, toString(count()) || '-' || toString(sum(cityHash64(event_id, event_at, event_type, customer_key, product_key, session_key, price_minor))) as digest from fct_events
  union all select 'sessions', toString(count()) || '-' || toString(sum(cityHash64(source_key, started_at, event_count, event_types, customer_key, revenue_minor))) from fct_sessions
  union all select 'orders', toString(count()) || '-' || toString(sum(cityHash64(order_key, placed_at, gross_minor, customer_key))) from fct_orders
  union all select 'lines', toString(count()) || '-' || toString(sum(cityHash64(order_key, product_key, quantity, revenue_minor))) from fct_order_lines
  union all select 'customers', toString(count()) || '-' || toString(sum(cityHash64(customer_key, customer_id))) from dim_customer
  union all select 'products', toString(count()) || '-' || toString(sum(cityHash64(product_key, product_id, ifNull(price_minor, -1)))) from dim_product
  union all select 'days', toString(count()) || '-' || toString(sum(cityHash64(day_on, event_count, visitor_count, session_count, gross_minor))) from agg_daily
  union all select 'product days', toString(count()) || '-' || toString(sum(cityHash64(day_on, product_key, view_count, viewing_session_count, purchase_count))) from agg_product_daily
  union all select 'counts', toString(sum(read_rows)) || ' ' || toString(sum(loaded_rows)) || ' ' || toString(sum(duplicate_rows)) || ' ' || toString(sum(rejected_rows)) from ops_batches final where state = 'loaded'
  union all select 'rejects', toString(count()) from ops_rejects where batch_key in live_batches
  ) order by t`;

/** @param {string} folder */
export const removeFolder = (folder) => rmSync(folder, { recursive: true, force: true });
