// Checkouts on a real PostgreSQL: first many on scarce articles, counting what must not happen; then as many as it can take on
// well-stocked articles, for rate and latency. `node bench/checkouts.mjs [--scarce 10000] [--plenty 6000] [--width 64] [--clerks 16] [--seed 1]`
import { availableParallelism } from "node:os";
import { createRandom } from "../dist/stats/random.js";
import { openStore } from "../dist/store/connection.js";
import { migrateStore } from "../dist/store/migrate.js";
import { createStore } from "../dist/store/store.js";
import { checkOutAll, fillCarts, findBroken, runShoppers, stockScarce } from "./support/checkout-load.mjs";
import { startPostgres } from "./support/postgres.mjs";
import { option } from "./support/shop.mjs";

const width = option("width", 64);
const random = createRandom(option("seed", 1)).uniform;
const server = await startPostgres(["max_connections=120", "shared_buffers=512MB"]);
const connection = await openStore({ url: await server.createDatabase("store"), folder: null, poolSize: width });
await migrateStore(connection);
const store = createStore(connection);

const scarce = await stockScarce(store, { articles: 200, few: 30 });
const expire = (/** @type {number} */ cartId) =>
  connection.query("update store.reservations set expires_at = now() where cart_id = $1", [cartId]);
const outcomes = await runShoppers({ store, articles: scarce, count: option("scarce", 10_000), width, random, expire });
const broken = await findBroken(connection);
console.log(JSON.stringify({ scarce: { ...outcomes, faults: outcomes.faults.length }, broken }));

const plenty = await stockScarce(store, { articles: 200, few: 1_000_000 });
const carts = await fillCarts({ store, articles: plenty, count: option("plenty", 6000), width, random });
const { took, seconds } = await checkOutAll({ store, carts, width: option("clerks", 16) });
const at = (/** @type {number} */ share) => Number((took[Math.floor(share * (took.length - 1))] ?? 0).toFixed(1));
const brokenAfter = await findBroken(connection);
console.log(
  JSON.stringify({
    cores: availableParallelism(),
    orders_per_second: Math.round(took.length / seconds),
    checkout_ms: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    broken: brokenAfter,
  }),
);
await connection.close();
await server.stop();
const faultCount = [...Object.values(broken), ...Object.values(brokenAfter)].reduce(
  (sum, one) => sum + one,
  outcomes.faults.length,
);
process.exit(faultCount > 0 ? 1 : 0);
