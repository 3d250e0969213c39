// Search and catalogue of the store's API on a real PostgreSQL with H&M's 7,400 articles, one request after the other: p50, p95
// and the budget. `node bench/catalogue.mjs [--requests 2000] [--seed 1]`
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Credentials } from "../dist/api/credentials.js";
import { createServer } from "../dist/api/server.js";
import { storeServices } from "../dist/api/store/services.js";
import { configSchema } from "../dist/config.js";
import { createRandom } from "../dist/stats/random.js";
import { openStore } from "../dist/store/connection.js";
import { migrateStore } from "../dist/store/migrate.js";
import { seedStore } from "../dist/store/seed.js";
import { createStore } from "../dist/store/store.js";
import { startPostgres } from "./support/postgres.mjs";
import { option } from "./support/shop.mjs";

const budgetMs = 20;
const random = createRandom(option("seed", 1)).uniform;
const folder = mkdtempSync(join(tmpdir(), "cartwright-catalogue-"));
const postgres = await startPostgres(["shared_buffers=256MB"]);
const connection = await openStore({ url: await postgres.createDatabase("store"), folder: null });
await migrateStore(connection);
await createStore(connection).configure({ currency: "GBP" });
const size = { customers: 2000, articles: 7400, orders: 20_000, events: 1000 };
await seedStore(connection, { ...size, seed: 1, until: new Date("2026-01-01T00:00:00Z") });
await connection.script("analyze");
const clock = { now: () => Date.now() };
const workspace = /** @type {import("../src/workspace.ts").Workspace} */ (
  /** @type {unknown} */ ({ config: configSchema.parse({ currency: "GBP" }), clock })
);
const store = storeServices(workspace, { open: async () => connection, mailer: { send: async () => {} } });
const server = await createServer({ workspace, credentials: new Credentials(folder, clock), logFile: null, store });

const names = (await connection.query("select name, category_id from store.articles")).map(({ name }) => String(name));
const slugs = (await connection.query("select slug from store.categories")).map(({ slug }) => String(slug));
/** @template T @param {readonly T[]} list @returns {T} */
const pick = (list) => /** @type {T} */ (list[Math.floor(random() * list.length)]);
/** Two neighbouring letters changed places, as fingers do. @param {string} word */
function mistyped(word) {
  const at = 1 + Math.floor(random() * Math.max(1, word.length - 2));
  return word.slice(0, at) + (word[at + 1] ?? "") + (word[at] ?? "") + word.slice(at + 2);
}
const wordsOf = () =>
  pick(names)
    .split(" ")
    .filter((word) => word.length > 3);
/** @type {Readonly<Record<string, () => string>>} */
const questions = {
  "search, one word": () => `catalogue?q=${pick(wordsOf())}`,
  "search, two words": () => `catalogue?q=${wordsOf().slice(0, 2).join("+")}`,
  "search, mistyped": () => `catalogue?q=${mistyped(pick(wordsOf()))}`,
  "search, filtered by price": () => `catalogue?q=${pick(wordsOf())}&least_price_minor=2000&sort=price_up`,
  "catalogue, newest": () => "catalogue",
  "catalogue, a category": () => `catalogue?category=${pick(slugs)}&sort=${pick(["newest", "price_up", "price_down"])}`,
  "facets of a category": () => `catalogue/facets?category=${pick(slugs)}`,
  "facets of a search": () => `catalogue/facets?q=${pick(wordsOf())}`,
  "one article": () => `articles/${1 + Math.floor(random() * 7400)}`,
  recommendations: () => `articles/${1 + Math.floor(random() * 7400)}/recommendations`,
};
const rows = [];
for (const [name, question] of Object.entries(questions)) {
  const took = [];
  let found = 0;
  for (let number = 0; number < option("requests", 2000) / 10 + 20; number += 1) {
    const url = `/api/v1/store/${question()}`;
    const from = performance.now();
    const answer = await server.inject({ url, remoteAddress: `10.${rows.length}.${number >> 8}.${number & 255}` });
    // The first twenty warm caches and plans.
    if (number >= 20) took.push(performance.now() - from);
    if (answer.statusCode >= 500) throw new Error(`${url}: ${answer.body}`);
    found += answer.json().rows?.length > 0 ? 1 : 0;
  }
  took.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Number((took[Math.floor(share * (took.length - 1))] ?? 0).toFixed(1));
  rows.push({
    question: name,
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    budget_ms: budgetMs,
    requests: took.length,
    with_rows: found,
  });
}
console.log(`${availableParallelism()} cores, PostgreSQL, 7,400 articles`);
console.table(rows);
await server.close();
await connection.close();
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(rows.every(({ p95_ms }) => p95_ms <= budgetMs) ? 0 : 1);
