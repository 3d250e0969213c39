// When a shopper sees a page of the storefront and how long it takes to answer a touch: every page in a real browser with a cold
// cache, on a desk and on a phone (a quarter of the processor, the network Lighthouse takes for one), beside the budgets.
// `node bench/storefront-paint.mjs [--rounds 5] [--articles 200]`, writes bench/results/storefront-paint.md
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Credentials } from "../dist/api/credentials.js";
import { createServer } from "../dist/api/server.js";
import { storeServices } from "../dist/api/store/services.js";
import { systemClock } from "../dist/clock.js";
import { openWorkspaceStore } from "../dist/delivery/index.js";
import { seedStore } from "../dist/store/seed.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { launchBrowser } from "../scripts/browser.mjs";
import { option } from "./support/shop.mjs";
import { findings, observe, slowDown } from "./support/vitals.mjs";

const rounds = option("rounds", 5);
const articles = option("articles", 200);
const budgets = { paint: 1500, delay: 100 };
const folder = mkdtempSync(join(tmpdir(), "cartwright-paint-"));
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ page: string, paint: number, largest: number, shift: number, delay: number | null, kilobytes: number }} Seen */

const phone = { cpu: 4, latencyMs: 150, downKbit: 1600, upKbit: 750 };
const devices = [
  { name: "Desk, 1440 px", viewport: { width: 1440, height: 900 }, slow: null },
  {
    name: "Phone, 390 px: processor 4 times slower, 1.6 Mbit/s, 150 ms there and back",
    viewport: { width: 390, height: 844 },
    slow: phone,
  },
];

/** What is touched on a page once it is there. @type {Record<string, (page: Page) => Promise<void>>} */
const touches = {
  product: async (page) => {
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText(/put into the cart/).waitFor();
  },
  category: async (page) => {
    const filters = page.getByRole("button", { name: /^Filter/ });
    if (await filters.isVisible()) await filters.click();
    await page.getByRole("checkbox").first().click();
  },
  search: async (page) => {
    await page.getByRole("combobox", { name: "Search the shop" }).pressSequentially("denim", { delay: 60 });
    await page.getByRole("option").first().waitFor();
  },
};

/** A shop with a customer who has an order, a wish and something in the cart. */
async function serve() {
  const root = join(folder, "shop");
  createWorkspace(root, { currency: "GBP", time_zone: "UTC", name: "Northlane" });
  const workspace = await Workspace.open(root, systemClock, "bench");
  const opened = await openWorkspaceStore(workspace);
  const until = new Date(systemClock.now());
  await seedStore(opened.connection, { customers: 300, articles, orders: 800, events: 3000, seed: 7, until });
  await opened.connection.close();
  const store = storeServices(workspace);
  const connection = await store.open();
  await connection.query("select store.update_stock(article_id, 500) from store.articles");
  await connection.query("select store.refresh_view('mv_product_demand')");
  const [article] = await connection.query("select article_id, name from store.articles order by article_id limit 1");
  const [category] = await connection.query(
    "select slug from store.categories where parent_id is not null order by slug limit 1",
  );
  const server = await createServer({
    workspace,
    credentials: new Credentials(folder, systemClock),
    logFile: null,
    store,
  });
  const url = (await server.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  const paths = {
    home: "/shop/",
    category: `/shop/category/${category?.slug}`,
    search: "/shop/search?q=jacket",
    product: `/shop/article/${article?.article_id}`,
    cart: "/shop/cart",
    checkout: "/shop/checkout",
    orders: "/shop/orders",
    profile: "/shop/profile",
    wishlist: "/shop/wishlist",
  };
  const close = async () => {
    await server.close();
    await workspace.close();
  };
  return { url, paths, articleId: Number(article?.article_id), close };
}

/** Signs a shopper up and gives them what the pages show; the cookies of their browser. @param {import("playwright-core").Browser} browser @param {Awaited<ReturnType<typeof serve>>} shop */
async function shopper(browser, { url, articleId }) {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto("/shop/sign-up");
  await page.evaluate(async (article_id) => {
    let token = "";
    const send = async (/** @type {string} */ method, /** @type {string} */ path, /** @type {object} */ body) => {
      const headers = { "content-type": "application/json", "x-csrf-token": token };
      const answer = await fetch(`/api/v1/store${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      token = (await (await fetch("/api/v1/store/session")).json()).csrf_token ?? token;
    };
    token = (await (await fetch("/api/v1/store/session")).json()).csrf_token ?? "";
    await send("POST", "/sign-up", { email: "ada@example.com", name: "Ada Byron", password: "correct horse battery" });
    await send("PUT", "/consent", { is_given: true });
    await send("POST", "/cart/items", { article_id });
    const address = {
      recipient: "Ada Byron",
      street: "1 Harbour Road",
      postal_code: "LS1 1AA",
      city: "Leeds",
      country: "GB",
    };
    await send("POST", "/checkout", { key: "a-key-of-the-bench", address });
    await send("PUT", `/wishlist/${article_id}`, {});
    await send("POST", "/cart/items", { article_id });
  }, articleId);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** @param {number[]} values @param {number} part */
const share = (values, part) => values.toSorted((a, b) => a - b)[Math.ceil(part * values.length) - 1] ?? 0;
const ms = (/** @type {number} */ value) => value.toFixed(0);

/** @param {string} title @param {Seen[]} seen */
function table(title, seen) {
  let text = `## ${title}\n\n| page | first paint p50 | worst | largest paint p50 | worst | longest delay p50 | worst | layout shift, worst | kB on the wire |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n`;
  for (const page of new Set(seen.map((one) => one.page))) {
    const here = seen.filter((one) => one.page === page);
    const paints = here.map(({ paint }) => paint);
    const largest = here.map(({ largest }) => largest);
    const delays = here.flatMap(({ delay }) => (delay === null ? [] : [delay]));
    const delayed = delays.length === 0 ? ["", ""] : [ms(share(delays, 0.5)), ms(Math.max(...delays))];
    const figures = [
      ms(share(paints, 0.5)),
      ms(Math.max(...paints)),
      ms(share(largest, 0.5)),
      ms(Math.max(...largest)),
      ...delayed,
    ];
    text += `| ${page} | ${figures.join(" | ")} | ${Math.max(...here.map(({ shift }) => shift)).toFixed(3)} | ${ms(
      share(
        here.map(({ kilobytes }) => kilobytes),
        0.5,
      ),
    )} |\n`;
  }
  return `${text}\n`;
}

let browser = null;
let shop = null;
try {
  shop = await serve();
  say("seeded");
  browser = await launchBrowser();
  const storageState = await shopper(browser, shop);
  let report = "";
  for (const { name, viewport, slow } of devices) {
    /** @type {Seen[]} */
    const seen = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const [pageName, path] of Object.entries(shop.paths)) {
        const context = await browser.newContext({
          baseURL: shop.url,
          viewport,
          storageState,
          reducedMotion: "reduce",
        });
        const page = await context.newPage();
        const bytes = await slowDown(page, slow);
        await page.addInitScript(observe);
        await page.goto(path, { timeout: 120_000 });
        await page.locator("h1").first().waitFor({ timeout: 120_000 });
        await page.waitForLoadState("networkidle", { timeout: 120_000 });
        const shown = await page.evaluate(findings);
        const kilobytes = bytes() / 1000;
        const touch = touches[pageName];
        if (touch) await touch(page);
        const { delay } = await page.evaluate(findings);
        seen.push({ page: pageName, ...shown, delay: touch ? delay : null, kilobytes });
        await context.close();
      }
    }
    report += table(name, seen);
    say(table(name, seen));
  }
  const machine = `${new Date(systemClock.now()).toISOString().slice(0, 10)}; ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB; browser and server on one machine, which other work loaded with ${loadavg()[2]?.toFixed(0)} processes on average.`;
  const text = `# Paint and delay of the storefront's pages\n\n${machine} Each page ${rounds} times with a cold cache, ${articles} articles. Milliseconds from the start of the navigation; delay: from a touch to the next frame after it was answered to, the longest of adding to the cart, ticking a filter, typing a search. Budgets: first paint ${budgets.paint} ms, delay ${budgets.delay} ms.\n\n${report}`;
  process.stdout.write(text);
  writeFileSync(fileURLToPath(new URL("./results/storefront-paint.md", import.meta.url)), text);
} finally {
  await browser?.close();
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
}
