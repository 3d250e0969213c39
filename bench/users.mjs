// Many at once: how long cards wait while many people look, filter, export and ask SQL of their own, and events come in.
// `node bench/users.mjs [--events 20000000] [--users 50] [--seconds 90] [--think 10] [--live 500] [--shop DIR]`
//   --think  seconds a person looks at a page before the next one, on average
//   --live   events a second that come in meanwhile, in batches of 100
//   --shop   a workspace that is there, instead of one made of so many events
// A browser opens every page once and tells which questions its cards ask; people without a browser then ask the same, some for
// a brand or the last week. Cards alone come first, then cards while one person exports and one scans without a break, then
// everything at once. Some leave a page before it is whole: at the end nothing of theirs may still run. Nobody does what should be
// refused, and all should be answered: how many were not is told. Writes bench/results/users-<events>.md.
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findAnalysis } from "../dist/analyses/index.js";
import { Credentials } from "../dist/api/credentials.js";
import { systemClock } from "../dist/clock.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { isSettled, launchBrowser } from "../scripts/browser.mjs";
import { messageOf, post, startServer } from "./support/collect-load.mjs";
import { importMonths } from "./support/large-shop.mjs";
import { fixed, machineWords, row, share } from "./support/measure.mjs";
import { seeded } from "./support/random.mjs";
import { option } from "./support/shop.mjs";

const events = option("events", 20_000_000);
const users = option("users", 50);
const seconds = option("seconds", 90);
const think = option("think", 10);
const live = option("live", 500);
const given = process.argv[process.argv.indexOf("--shop") + 1];
const days = 61;
const cardBudgetMs = 500;
const paths = ["/", "/sales", "/funnel", "/products", "/sessions", "/customers", "/basket", "/data"];
const exported = ["rfm-scores", "daily-kpis", "top-products", "product-conversion", "revenue-by-category"];
const scans = [
  "select brand, uniqExact(customer_key) as visitors from fct_events any left join dim_product using (product_key) where event_type = 'view' group by brand order by visitors desc limit 50",
  "select toHour(event_at) as hour, count() as event_count, quantile(0.9)(price_minor) as price from fct_events group by hour order by hour",
];
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), "cartwright-users-"));
const root = process.argv.includes("--shop") && given ? given : join(folder, "shop");
const today = new Date(systemClock.now()).toISOString().slice(0, 10);

/** What is to be ended, the last first. @type {(() => unknown)[]} */
const open = [() => rmSync(folder, { recursive: true, force: true })];

/** @typedef {{ kind: string, analysis: string, milliseconds: number }} Wait */

/** The addresses that the cards of each page ask. @param {string} url @param {Credentials} credentials */
async function questionsOfPages(url, credentials) {
  const browser = await launchBrowser();
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 1000 } });
  const link = credentials.createLink({ name: "bench", role: "admin" });
  await (await context.newPage()).goto(`/sign-in?token=${link}`);
  /** @type {string[][]} */ const pages = [];
  for (const path of paths) {
    const page = await context.newPage();
    /** @type {Set<string>} */ const asked = new Set();
    page.on("request", (request) => {
      if (/\/analyses\/[a-z0-9-]+(\?|$)/.test(request.url())) asked.add(request.url());
    });
    await page.goto(path);
    await page.locator(".card").first().waitFor({ timeout: 600_000 });
    await page.waitForFunction(isSettled, undefined, { timeout: 600_000 });
    await page.close();
    pages.push([...asked]);
  }
  await browser.close();
  return pages;
}

/** What a person does, one thing after the other, until `isOver`. */
class Person {
  /** @param {{ url: string, secret: string, pages: string[][], brands: string[], random: () => number, waits: Wait[] }} world */
  constructor(world) {
    this.world = world;
  }

  /** @param {string} address @param {string} kind @param {RequestInit} request */
  async ask(address, kind, request = {}) {
    const from = performance.now();
    const headers = { authorization: `Bearer ${this.world.secret}`, ...request.headers };
    const answer = await fetch(address, { ...request, headers });
    await answer.arrayBuffer();
    if (!answer.ok) kind = answer.status === 429 ? "refused" : `${kind}, answered with ${answer.status}`;
    const analysis = /\/analyses\/([a-z0-9-]+)/.exec(address)?.[1] ?? "sql";
    this.world.waits.push({ kind, analysis, milliseconds: performance.now() - from });
  }

  /** A page as a browser asks for it: six questions at a time. */
  async look() {
    const { pages, random, brands } = this.world;
    const addresses = [...(pages[Math.floor(random() * pages.length)] ?? [])];
    const draw = random();
    const narrow = (/** @type {URL} */ address) => {
      const takes = findAnalysis(address.pathname.split("/").at(-1) ?? "")?.allParams ?? {};
      if (draw < 0.15 && "brand" in takes)
        address.searchParams.append("brand", brands[Math.floor(random() ** 2 * brands.length)] ?? "");
      else if (draw >= 0.15 && draw < 0.3 && "period_start" in takes)
        address.searchParams.set(
          "period_start",
          new Date(Date.parse(today) - 6 * 86_400_000).toISOString().slice(0, 10),
        );
      return address.href;
    };
    const kind = draw < 0.3 ? "filtered card" : "card";
    const leaving = new AbortController();
    const timer = random() < 0.1 ? setTimeout(() => leaving.abort(), 300) : null;
    const askNext = async () => {
      for (let address = addresses.shift(); address && !leaving.signal.aborted; address = addresses.shift())
        await this.ask(narrow(new URL(address)), kind, { signal: leaving.signal });
    };
    try {
      await Promise.all(Array.from({ length: 6 }, askNext));
    } catch (error) {
      if (!leaving.signal.aborted) throw error;
    }
    if (timer) clearTimeout(timer);
  }

  async takeFile() {
    const name = exported[Math.floor(this.world.random() * exported.length)];
    await this.ask(`${this.world.url}/api/v1/analyses/${name}?format=csv`, "export");
  }

  async scan() {
    const sql = scans[Math.floor(this.world.random() * scans.length)];
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ sql }) };
    await this.ask(`${this.world.url}/api/v1/sql`, "SQL", request);
  }

  /** One thing after the other without a break. @param {() => Promise<void>} act @param {() => boolean} isOver */
  async repeat(act, isOver) {
    while (!isOver()) await act.call(this);
  }

  /** @param {boolean} isEverything @param {() => boolean} isOver */
  async work(isEverything, isOver) {
    const { random } = this.world;
    await sleep(random() * think * 1000);
    while (!isOver()) {
      const draw = random();
      if (isEverything && draw < 0.02) await this.scan();
      else if (isEverything && draw < 0.07) await this.takeFile();
      else await this.look();
      await sleep(-Math.log(1 - random()) * think * 1000);
    }
  }
}

/** @param {string} title @param {Wait[]} waits */
function table(title, waits) {
  let text = `## ${title}\n\n${row(["", "answers", "p50, ms", "p95, ms", "p99, ms", "slowest"])}${row(["---", "---:", "---:", "---:", "---:", "---"])}`;
  const usual = ["card", "filtered card", "export", "SQL", "refused"];
  for (const kind of new Set([...usual, ...waits.map((wait) => wait.kind)])) {
    const here = waits.filter((wait) => wait.kind === kind).toSorted((a, b) => a.milliseconds - b.milliseconds);
    if (here.length === 0) continue;
    const times = here.map(({ milliseconds }) => milliseconds);
    const slowest = here.at(-1);
    text += row([
      kind,
      here.length,
      ...[0.5, 0.95, 0.99].map((part) => fixed(share(times, part), 0)),
      `${slowest?.analysis} ${fixed(slowest?.milliseconds ?? 0, 0)}`,
    ]);
  }
  return `${text}\n`;
}

try {
  const credentials = new Credentials(root, systemClock);
  if (!process.argv.includes("--shop")) {
    createWorkspace(root, { currency: "USD", time_zone: "UTC" });
    const workspace = await Workspace.open(root, systemClock, "bench");
    const firstDay = new Date(Date.parse(today) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
    await importMonths(workspace, folder, { events, days, firstDay, seed: 7 }, say);
    await workspace.close();
  }
  const { key } = credentials.createWriteKey("bench");
  const server = await startServer(root, key);
  if (server === null) throw new Error("the server did not start");
  const { url, child } = server;
  open.push(async () => {
    const gone = once(child, "exit");
    if (child.exitCode === null && child.kill("SIGTERM")) await gone;
  });
  const workspace = await Workspace.open(root, systemClock, "bench");
  open.push(() => workspace.close());
  const pages = await questionsOfPages(url.replace("127.0.0.1", "localhost"), credentials);
  say(`${pages.flat().length} questions of ${pages.length} pages`);
  const brands = (
    await workspace.warehouse.query(
      "select brand from dim_product where brand != '' group by brand order by count() desc, brand limit 30",
    )
  ).map(({ brand }) => String(brand));

  /** @param {string} title @param {"cards" | "cards beside long work" | "everything"} what @param {number} seed */
  async function phase(title, what, seed) {
    const isEverything = what === "everything";
    /** @type {Wait[]} */ const waits = [];
    const source = seeded(seed);
    const random = () => source.below(2 ** 30) / 2 ** 30;
    const ends = performance.now() + seconds * 1000;
    const isOver = () => performance.now() > ends;
    const personOf = (/** @type {unknown} */ name) => {
      const { secret } = credentials.createToken({ name: `person ${name}`, role: "analyst" });
      return new Person({ url, secret, pages, brands, random, waits });
    };
    const people = Array.from({ length: users }, (_, place) => personOf(place));
    const [exporting, scanning] = [personOf("who exports"), personOf("who scans")];
    const longWork = () => [exporting.repeat(exporting.takeFile, isOver), scanning.repeat(scanning.scan, isOver)];
    let taken = 0;
    async function sendEvents() {
      for (let due = performance.now(); !isOver(); due += 100_000 / live) {
        await sleep(Math.max(0, due - performance.now()));
        const time = new Date(systemClock.now()).toISOString();
        const batch = Array.from({ length: 100 }, (_, at) => messageOf(`u-${seed}-${taken + at}`, taken + at, time));
        const answer = await post(url, key, "batch", { batch, sentAt: time });
        if (answer.status === 200) taken += 100;
      }
    }
    await Promise.all([
      ...people.map((person) => person.work(isEverything, isOver)),
      ...(isEverything && live > 0 ? [sendEvents()] : []),
      ...(what === "cards beside long work" ? longWork() : []),
    ]);
    const text = table(title, waits);
    say(text);
    const cards = waits.filter(({ kind }) => kind === "card").map(({ milliseconds }) => milliseconds);
    const p95 = share(
      cards.toSorted((a, b) => a - b),
      0.95,
    );
    return {
      text: `${text}${isEverything ? `${fixed(taken, 0)} events were taken meanwhile. ` : ""}Cards at p95 ${fixed(p95, 0)} ms; budget ${cardBudgetMs}: ${p95 <= cardBudgetMs ? "met" : "missed"}.\n\n`,
    };
  }

  /** Everybody asks what takes long, and leaves: how many questions run before, and a second after. */
  async function leave() {
    const running = async () =>
      Number(
        (
          await workspace.warehouse.queryOne(
            "select count() as running from system.processes where user in ('reader', 'patient_reader')",
          )
        ).running,
      );
    const leaving = new AbortController();
    const { secret } = credentials.createToken({ name: "leaves", role: "analyst" });
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const { signal } = leaving;
    const endless = JSON.stringify({ sql: "select count() from system.numbers where toString(number) = 'never'" });
    const asked = [
      ...brands
        .slice(0, 6)
        .map((brand) => `analyses/time-to-convert?brand=${encodeURIComponent(brand)}&window_hours=72`)
        .map((path) => fetch(`${url}/api/v1/${path}`, { headers, signal })),
      fetch(`${url}/api/v1/sql`, { method: "POST", headers, body: endless, signal }),
    ].map((answer) => answer.catch(() => null));
    await sleep(1500);
    const before = await running();
    leaving.abort();
    await Promise.all(asked);
    await sleep(1000);
    return `## Leaving\n\n${before} long questions ran; a second after everybody had left, ${await running()}.\n`;
  }

  const calm = await phase("Cards alone", "cards", 1);
  const beside = await phase("Cards while one person exports and one scans", "cards beside long work", 3);
  const busy = await phase("Cards, filters, exports, SQL and events coming in", "everything", 2);
  const left = await leave();
  const report = `# ${users} people at once, ${fixed(events, 0)} events\n\n${machineWords()}; people, server and engine on one machine. ${seconds} s each; ${think} s between two pages; three in ten pages are narrowed to a brand or a week, one in ten is left before it is whole.\n\n${calm.text}${beside.text}${busy.text}${left}`;
  process.stdout.write(report);
  writeFileSync(fileURLToPath(new URL(`results/users-${events}.md`, import.meta.url)), report);
} finally {
  for (const end of open.toReversed()) await end();
}
process.exit(0);
