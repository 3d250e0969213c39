/** What waits for an exchange rate, said after an import. */
import { findAnalysis } from "../analyses/index.ts";
import { runAnalysis } from "../analyses/run.ts";
import { CartwrightError } from "../errors.ts";
import type { Workspace } from "../workspace.ts";
import { say } from "./output.ts";
import { analysisContext } from "./session.ts";

const parts = [
  ["waiting_order_count", "orders"],
  ["waiting_event_count", "events"],
  ["waiting_payment_count", "payments"],
  ["waiting_spend_count", "advertising costs"],
] as const;

/** A line for each currency with something that waits; nothing in a shop of one currency. */
export async function sayWaiting(workspace: Workspace): Promise<void> {
  const foreign = await workspace.warehouse.query(`
    select 1 as one from stg_order_lines where currency != '' limit 1
    union all select 1 from stg_orders where currency != '' limit 1
    union all select 1 from stg_event_amounts limit 1
    union all select 1 from stg_payments where currency != '' limit 1
    union all select 1 from stg_spend where currency != '' limit 1`);
  if (foreign.length === 0) return;
  const analysis = findAnalysis("currencies");
  if (!analysis) throw new CartwrightError("unknown_analysis", "the catalogue has no analysis currencies");
  const { rows } = await runAnalysis(await analysisContext(workspace), analysis, {});
  for (const row of rows) {
    const waiting = parts.filter(([name]) => Number(row[name]) > 0);
    if (waiting.length === 0) continue;
    const what = waiting.map(([name, word]) => `${Number(row[name]).toLocaleString("en")} ${word}`).join(", ");
    const { currency, first_waiting_on: first, last_waiting_on: last } = row;
    const days = first === null ? "" : first === last ? ` of ${first}` : ` of days from ${first} to ${last}`;
    say(`${what} in ${currency} wait for a rate${days}; import one (currency,date,rate) and they come in`);
  }
}
