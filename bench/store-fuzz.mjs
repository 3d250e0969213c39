// Requests to every route of the store's API on a real PostgreSQL, made from the routes' own schemas, a third of them spoiled; none
// may be a fault (5xx), and the ledger must be the stock afterwards. `node bench/store-fuzz.mjs [--requests 50000] [--seed 1]`
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Credentials } from "../dist/api/credentials.js";
import { createServer } from "../dist/api/server.js";
import { storeRoutes } from "../dist/api/store/routes.js";
import { storeServices } from "../dist/api/store/services.js";
import { configSchema } from "../dist/config.js";
import { createRandom } from "../dist/stats/random.js";
import { openStore } from "../dist/store/connection.js";
import { migrateStore } from "../dist/store/migrate.js";
import { seedStore, sizeOf } from "../dist/store/seed.js";
import { createStore } from "../dist/store/store.js";
import { findBroken } from "./support/checkout-load.mjs";
import { startPostgres } from "./support/postgres.mjs";
import { makeRequest, withSchemas } from "./support/schema-requests.mjs";
import { option } from "./support/shop.mjs";

const count = option("requests", 50_000);
const random = createRandom(option("seed", 1)).uniform;
const folder = mkdtempSync(join(tmpdir(), "cartwright-fuzz-"));
const postgres = await startPostgres();
const connection = await openStore({ url: await postgres.createDatabase("store"), folder: null, poolSize: 8 });
await migrateStore(connection);
await createStore(connection).configure({ currency: "GBP" });
await seedStore(connection, { ...sizeOf(0.1), seed: 1, until: new Date("2026-01-01T00:00:00Z") });
// The ids that small numbers name must have stock, so that many requests go all the way.
await connection.query("select store.update_stock(article_id, 100000) from store.articles where is_active");

const clock = { now: () => Date.now() };
const workspace = /** @type {import("../src/workspace.ts").Workspace} */ (
  /** @type {unknown} */ ({ config: configSchema.parse({ currency: "GBP" }), clock })
);
const credentials = new Credentials(folder, clock);
const mailer = { send: async () => {} };
const store = storeServices(workspace, {
  open: async () => connection,
  mailer,
  reconcile: async () => [],
  patienceMs: 5,
});
const server = await createServer({ workspace, credentials, logFile: null, store });
const bearer = `Bearer ${credentials.createToken({ name: "admin", role: "admin" }).secret}`;

/** A shopper's cookies and token; a new one now and then, as requests may sign them out. @param {number} number */
async function signUp(number) {
  const answer = await server.inject({
    method: "POST",
    url: "/api/v1/store/sign-up",
    remoteAddress: `10.9.${number >> 8}.${number & 255}`,
    payload: { email: `fuzz${number}@example.com`, password: "a long password" },
  });
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return { cookie, "x-csrf-token": answer.json().csrf_token };
}

const routes = withSchemas(storeRoutes);
/** @type {Record<string, number>} */
const statuses = {};
/** @type {Set<string>} */
const succeeded = new Set();
const faults = [];
let shopper = await signUp(0);
const startedAt = performance.now();
for (let number = 1; number <= count; number += 1) {
  if (number % 500 === 0) shopper = await signUp(number / 500);
  const route = routes[Math.floor(random() * routes.length)];
  if (!route) continue;
  const { type, ...request } = makeRequest(route, random);
  const answer = await server.inject({
    method: /** @type {"GET"} */ (request.method),
    url: request.url,
    ...(request.payload === undefined ? {} : { payload: request.payload }),
    remoteAddress: `10.${(number >> 16) & 7}.${(number >> 8) & 255}.${number & 255}`,
    headers: {
      ...(route.path.startsWith("/desk/") ? { authorization: bearer } : random() < 0.8 ? shopper : {}),
      ...(type ? { "content-type": type } : {}),
    },
  });
  statuses[answer.statusCode] = (statuses[answer.statusCode] ?? 0) + 1;
  if (answer.statusCode < 300) succeeded.add(route.name);
  if (answer.statusCode >= 500) faults.push({ ...request, answer: answer.body.slice(0, 500) });
}
// Bundles are made anew meanwhile, so orders' lines need not match their movements; stock must.
const { negative_stock, ledger_unlike_stock } = await findBroken(connection);
const broken = { negative_stock, ledger_unlike_stock };
console.log(
  JSON.stringify({
    requests: count,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    statuses,
    routes_never_successful: routes.map(({ name }) => name).filter((name) => !succeeded.has(name)),
    faults: faults.length,
    first_faults: faults.slice(0, 5),
    broken,
  }),
);
await server.close();
await connection.close();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(
  faults.length + Object.values(broken).reduce((/** @type {number} */ sum, one) => sum + Number(one), 0) > 0 ? 1 : 0,
);
