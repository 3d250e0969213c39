// How long the default cards of every page wait for their answers, in a real browser on a server of its own: at the first look
// ever, after a restart once what was looked at has been answered again, and after new data have come; and how long the same
// questions take without the browser, six at a time as it asks them, so that drawing does not take the server's cores.
// `node bench/pages.mjs [--events 20000000] [--rounds 5]`, writes bench/results/pages-<events>.md
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Credentials } from "../dist/api/credentials.js";
import { createServer } from "../dist/api/server.js";
import { systemClock } from "../dist/clock.js";
import { importFiles } from "../dist/ingestion/import.js";
import { writeRees46Files } from "../dist/sources/generator/index.js";
import { createWorkspace, Workspace } from "../dist/workspace.js";
import { isSettled, launchBrowser } from "../scripts/browser.mjs";
import { machineWords, share } from "./support/measure.mjs";
import { option } from "./support/shop.mjs";

const events = option("events", 20_000_000);
const rounds = option("rounds", 5);
const paths = ["/", "/sales", "/funnel", "/products", "/sessions", "/customers", "/basket", "/data"];
const budgetMs = 100;
const folder = mkdtempSync(join(tmpdir(), "cartwright-pages-"));
const root = join(folder, "shop");
const say = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
/** @typedef {{ page: string, analysis: string, address: string, milliseconds: number }} Wait */

/** @param {Workspace} workspace @param {import("playwright-core").Browser} browser */
async function serve(workspace, browser) {
  const credentials = new Credentials(folder, systemClock);
  const server = await createServer({ workspace, credentials, logFile: null });
  const url = (await server.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  const token = credentials.createLink({ name: "bench", role: "admin" });
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 1000 } });
  await (await context.newPage()).goto(`/sign-in?token=${token}`);
  return {
    /** Opens every page; how long each question of its cards took, from its sending to the end of its answer. */
    async visit() {
      /** @type {Wait[]} */
      const waits = [];
      for (const path of paths) {
        const page = await context.newPage();
        page.on("requestfinished", (request) => {
          const analysis = /\/analyses\/([a-z0-9-]+)(\?|$)/.exec(request.url())?.[1];
          const address = request.url();
          if (analysis) waits.push({ page: path, analysis, address, milliseconds: request.timing().responseEnd });
        });
        await page.goto(path);
        await page.locator(".card").first().waitFor({ timeout: 300_000 });
        await page.waitForFunction(isSettled, undefined, { timeout: 300_000 });
        await page.close();
      }
      return waits;
    },
    /** Asks the questions of `waits` again, page by page, without a browser. @param {Wait[]} waits */
    async ask(waits) {
      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
      /** @type {Wait[]} */
      const asked = [];
      for (const path of paths) {
        const waiting = waits.filter(({ page }) => page === path);
        const askNext = async () => {
          for (let one = waiting.shift(); one; one = waiting.shift()) {
            const from = performance.now();
            const answer = await fetch(one.address, { headers: { cookie } });
            await answer.arrayBuffer();
            if (!answer.ok) throw new Error(`${one.address} was answered with ${answer.status}`);
            asked.push({ ...one, milliseconds: performance.now() - from });
          }
        };
        await Promise.all(Array.from({ length: 6 }, askNext));
      }
      return asked;
    },
    /** Until the engine has had nothing to answer for a while: what was looked at is answered again. */
    async prepared() {
      say(`${JSON.parse(readFileSync(join(root, "looks.json"), "utf8")).length} questions are kept for answering`);
      for (let calm = 0; calm < 15; ) {
        await sleep(1000);
        const [running] = await workspace.warehouse.query(
          "select count() as query_count from system.processes where user != '' and query not like '%system.processes%'",
        );
        calm = Number(running?.query_count) === 0 ? calm + 1 : 0;
      }
    },
    async close() {
      await context.close();
      await server.close();
    },
  };
}

/** @param {string} title @param {Wait[]} waits */
function table(title, waits) {
  const all = waits.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  let text = `## ${title}\n\np50 ${share(all, 0.5).toFixed(0)} ms, p95 ${share(all, 0.95).toFixed(0)} ms, p99 ${share(all, 0.99).toFixed(0)} ms over ${all.length} answers; budget ${budgetMs} ms at p95.\n\n`;
  text += "| page | cards' answers | p50 | p95 | slowest |\n| --- | ---: | ---: | ---: | --- |\n";
  for (const path of paths) {
    const here = waits.filter(({ page }) => page === path).toSorted((a, b) => a.milliseconds - b.milliseconds);
    const times = here.map(({ milliseconds }) => milliseconds);
    const slowest = here.at(-1);
    text += `| ${path} | ${times.length} | ${share(times, 0.5).toFixed(0)} | ${share(times, 0.95).toFixed(0)} | ${slowest?.analysis ?? ""} ${slowest?.milliseconds.toFixed(0) ?? ""} |\n`;
  }
  return `${text}\n`;
}

const open = async () => await Workspace.open(root, systemClock, "bench");
/** @param {Workspace} workspace @param {string} path */
const load = async (workspace, path) =>
  await workspace.exclusively(
    async () =>
      await importFiles({ warehouse: workspace.warehouse, config: workspace.config, clock: systemClock }, [path], {}),
  );

let browser = null;
try {
  createWorkspace(root, { currency: "USD", time_zone: "UTC" });
  await writeRees46Files({ dir: folder, file: "events.csv", events, seed: 7 });
  await writeRees46Files({ dir: folder, file: "late.csv", events: 20_000, seed: 8 });
  let workspace = await open();
  await load(workspace, join(folder, "events.csv"));
  rmSync(join(folder, "events.csv"));
  say("loaded");
  browser = await launchBrowser();
  let served = await serve(workspace, browser);
  const first = await served.visit();
  say(table("The first look ever", first));
  await sleep(6000);
  await served.close();
  await workspace.close();

  workspace = await open();
  served = await serve(workspace, browser);
  await served.prepared();
  const restarted = [];
  for (let round = 0; round < rounds; round += 1) restarted.push(...(await served.visit()));
  const alone = await served.ask(restarted);
  say(table("After a restart", restarted));
  say(table("Without the browser", alone));
  await load(workspace, join(folder, "late.csv"));
  // The questions of the last ten minutes are answered anew at once.
  await served.prepared();
  const renewed = [];
  for (let round = 0; round < rounds; round += 1) renewed.push(...(await served.visit()));
  await served.close();
  await workspace.close();
  const machine = `${machineWords()}; browser, server and engine on one machine.`;
  const report = `# The default cards of every page, ${events.toLocaleString("en")} events\n\n${machine}\n\n${table("After a restart, answered before anybody came back", restarted)}${table("The same questions without the browser", alone)}${table("After new data, answered before anybody came back", renewed)}${table("The first look ever: nothing was answered before", first)}`;
  process.stdout.write(report);
  writeFileSync(fileURLToPath(new URL(`./results/pages-${events}.md`, import.meta.url)), report);
} finally {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
}
