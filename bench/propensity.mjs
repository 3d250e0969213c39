// Propensity on a large demo shop whose truth is known: trained on all but its last 30 days, judged on these, beside its baselines
// and beside what the true rates reach, with the seconds of each step.
// `node bench/propensity.mjs [--events 20000000] [--seed 1]`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readShoppers } from "../dist/ml/propensity/read-shoppers.js";
import { trainPropensity } from "../dist/ml/propensity/train.js";
import { expectedOrders } from "../dist/sources/generator/demo/expected-orders.js";
import { dayText, demoShape } from "../dist/sources/generator/demo/options.js";
import { createDemoShop, writeDemoFiles } from "../dist/sources/generator/index.js";
import { areaUnderRoc, liftAt } from "../dist/stats/ranking-quality.js";
import { openShop, option } from "./support/shop.mjs";

const horizonDays = 30;
const eventsOfOrder = 180;
const orders = Math.round(option("events", 20_000_000) / eventsOfOrder);
const options = { seed: option("seed", 1), orders, customers: Math.round(orders * 1.4), products: 1000 };
const shape = demoShape(options);
const folder = mkdtempSync(join(tmpdir(), "cartwright-propensity-"));
const shop = await openShop({ currency: "GBP" });
try {
  /** @template T @param {string} what @param {() => Promise<T>} work */
  const timed = async (what, work) => {
    const startedAt = performance.now();
    const outcome = await work();
    console.log(`${what}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    return outcome;
  };
  await timed("made", async () => await writeDemoFiles(createDemoShop(options), folder));
  const names = ["customers", "products", "orders", "events"];
  await timed("imported and built", async () => await shop.load(names.map((name) => join(folder, `${name}.csv`))));
  const { warehouse } = shop.workspace;
  const { event_count } = await warehouse.queryOne("select toString(count()) as event_count from fct_events");
  const cutoff = dayText(shape, shape.days);
  const run = await timed("trained and scored", async () => {
    const { clock } = shop.context;
    const context = { warehouse, clock, version: "bench", seed: options.seed, cutoff, onProgress: () => {} };
    return await trainPropensity(context, "propensity", horizonDays);
  });
  const people = await readShoppers(warehouse, dayText(shape, shape.days - horizonDays), horizonDays);
  const ids = await warehouse.query("select toString(customer_key) as key, customer_id as id from dim_customer");
  const idOf = new Map(ids.map(({ key, id }) => [String(key), String(id)]));
  const truth = expectedOrders(options, horizonDays);
  const best = people.map(({ customerKey }) => truth.get(idOf.get(customerKey) ?? "") ?? 0);
  const labels = people.map(({ isOrdering }) => (isOrdering ? 1 : 0));
  console.log(
    `${Number(event_count).toLocaleString("en")} events, ${people.length.toLocaleString("en")} people judged`,
  );
  console.log(JSON.stringify({ metrics: run?.metrics, baseline: run?.baseline }, null, 1));
  console.log(
    `truth: AUC ${areaUnderRoc(best, labels)?.toFixed(4)}, lift at 5 % ${liftAt(best, labels, 0.05)?.toFixed(2)}`,
  );
} finally {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
