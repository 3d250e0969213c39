import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Entry, type File, historiesOf, type Step } from "../../bench/support/identity-history.mjs";
import { countsOf } from "../../bench/support/identity-oracle.mjs";
import { writeEntry } from "../../src/identity/index.ts";
import { listBatches } from "../../src/ingestion/batches.ts";
import { buildOwed, undoImport } from "../../src/ingestion/import.ts";
import { emptyWarehouse, writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import { expectVerified, visitorsByDay } from "./identity-shop.ts";

/** Each of them with entries or undone files, orders of files and of events. */
const seeds = [2, 3, 4, 5];
const historiesInRun = 75;
const stepCount = 6;

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(async () => await shop?.close());

async function take(step: Step): Promise<void> {
  const { warehouse, config } = shop.workspace;
  const context = { warehouse, config, clock: fixedClock() };
  if (step.kind === "import") {
    await shop.load(step.files.map(({ name, text }) => writeFile(shop, name, text)));
  } else if (step.kind === "undo") {
    const batches = await listBatches(warehouse);
    const batch = batches.find((one) => one.state === "loaded" && one.source.endsWith(`/${step.file.name}`));
    await undoImport(context, batch?.batch_key ?? 0);
  } else {
    for (const { action, first, second, undone } of step.entries) {
      const keys = action === "undo" ? { undoneEntry: undone } : { firstKey: String(first), secondKey: String(second) };
      await writeEntry(warehouse, context.clock, "ada", { action, ...keys });
    }
    await buildOwed(context, "identity");
  }
}

/** What the rollups and facts count; orders as lists of those of one person. */
async function counted() {
  const orders = await shop.sql(
    "select arrayStringConcat(arraySort(groupArray(order_id)), ' ') as order_ids from fct_orders group by customer_key order by order_ids",
  );
  const [sessions] = await shop.sql("select sum(session_count) as session_count from agg_daily");
  return {
    visitors: await visitorsByDay(shop),
    sessionCount: Number(sessions?.session_count),
    orders: orders.map((row) => String(row.order_ids)),
  };
}

describe(`${seeds.length * historiesInRun} random histories of sign-ins, aliases, guests, merges, separations and undos`, () => {
  it.each(seeds)(
    `leave rollups equal to a rebuild, and to people found by brute force (${historiesInRun} of them, seed %i)`,
    async (seed) => {
      await emptyWarehouse(shop.workspace.warehouse);
      const live: File[] = [];
      const entries: Entry[] = [];
      for (const [place, step] of historiesOf(seed, historiesInRun, stepCount).entries()) {
        await take(step);
        if (step.kind === "import") live.push(...step.files);
        else if (step.kind === "undo") live.splice(live.indexOf(step.file), 1);
        else entries.push(...step.entries);
        expect(await counted(), `step ${place}, ${step.kind}`).toEqual(countsOf(live, entries));
        await expectVerified(shop);
      }
    },
    300_000,
  );
});
