/** Making a whole shop by SQL files: what the seed and the imports of other shops' files share. */
import { readFileSync } from "node:fs";
import type { Querying } from "./connection.ts";
import { statementsOf } from "./migrate.ts";

/** Tables whose triggers rest while a shop is made: its files write what they would. */
const restingTables = ["customers", "articles", "orders", "reviews", "events", "categories"] as const;

/**
 * Runs `work` while the triggers rest, then puts all there is on its way to the warehouse. A shop of millions of orders takes longer
 * than a page may wait: its statements have no time limit. To be called within a transaction.
 */
export async function withRestingTriggers(store: Querying, work: () => Promise<void>): Promise<void> {
  await store.query("set local statement_timeout = 0");
  for (const table of restingTables) await store.query(`alter table store.${table} disable trigger user`);
  await work();
  for (const table of restingTables) await store.query(`alter table store.${table} enable trigger user`);
  await store.query("select store.note_everything()");
}

/**
 * Runs a file's statements. Each takes only the values it names as `$1`, `$2`: their places are counted anew for it. The tables it
 * has filled are counted for the planner: nothing else does within a transaction, and joins of what seems empty take hours.
 */
export async function runFile(store: Querying, file: URL, values: readonly unknown[]): Promise<void> {
  for (const statement of statementsOf(readFileSync(file, "utf8"))) {
    const named = [...new Set([...statement.matchAll(/\$(\d)\b/g)].map((match) => Number(match[1])))].sort();
    const renumbered = statement.replace(/\$(\d)\b/g, (_, place: string) => `$${named.indexOf(Number(place)) + 1}`);
    await store.query(
      renumbered,
      named.map((place) => values[place - 1]),
    );
    const filled = new Set([...statement.matchAll(/\binsert into (store\.\w+)/g)].map(([, table]) => table));
    if (filled.size > 0) await store.query(`analyze ${[...filled].join(", ")}`);
  }
}
