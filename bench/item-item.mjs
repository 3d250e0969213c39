// Products seen together, counted in the warehouse, beside the budget of 30 s for 20 M events. The workspace is filled beforehand:
// `cartwright generate --shape rees46 --events 20000000 --out F`, `cartwright import F --workspace W`, `cartwright build --workspace W`.
// `node bench/item-item.mjs --workspace W`
import { readFileSync } from "node:fs";
import { Workspace } from "../dist/workspace.js";

const at = process.argv.indexOf("--workspace");
const folder = process.argv[at + 1] ?? "";
const workspace = await Workspace.open(folder, { now: () => Date.now() }, "bench item-item");
try {
  const { warehouse } = workspace;
  const { event_count, person_count, product_count } = await warehouse.queryOne(
    "select toString(count()) as event_count, toString(uniq(customer_key)) as person_count, toString(uniq(product_key)) as product_count from fct_events",
  );
  const words = [event_count, person_count, product_count].map((one) => Number(one).toLocaleString("en"));
  console.log(`${words[0]} events of ${words[1]} people and ${words[2]} products`);
  const sql = readFileSync(new URL("../dist/ml/recommendations/co-visits.sql", import.meta.url), "utf8");
  const startedAt = performance.now();
  const rows = await warehouse.query(sql, { bindings: { cutoff: "2100-01-01", backward: 0.3, fewest_people: 2 } });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`neighbours of ${rows.length.toLocaleString("en")} products in ${seconds.toFixed(1)} s (budget 30)`);
} finally {
  await workspace.close();
}
