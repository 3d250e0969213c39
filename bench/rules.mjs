// `node bench/rules.mjs FILE TRANSACTION ITEM [SUPPORT] [CONFIDENCE]`: association rules of a file, beside the budget of 3 s for
// the 5,668 rules of Groceries. Reading and mining are given apart.
import { associationRules, basketsOfLines } from "../dist/mining/index.js";
import { readTable } from "../dist/tables/read-table.js";
import { columnOf } from "../dist/tables/table.js";

const [file = "", transaction = "transaction_id", item = "item", support = "0.001", confidence = "0.5"] =
  process.argv.slice(2);
const startedAt = performance.now();
const table = await readTable(file);
const baskets = basketsOfLines(columnOf(table, transaction), columnOf(table, item));
const readAt = performance.now();
const rules = associationRules(baskets, {
  minCount: 1,
  minSupportRate: Number(support),
  minConfidenceRate: Number(confidence),
  minLift: 0,
  maxAntecedent: 9,
});
const minedAt = performance.now();
const peak = process.resourceUsage().maxRSS / 1024;
process.stdout.write(
  `${rules.length} rules of ${baskets.basketCount} baskets: read ${Math.round(readAt - startedAt)} ms, mined ${Math.round(minedAt - readAt)} ms (budget 3000 ms), peak ${Math.round(peak)} MB\n`,
);
