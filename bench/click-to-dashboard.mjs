// How long after a shopper's click the dashboard counts it: a demo shop with a store and everything the server does by itself,
// one click after the other through the storefront's event log, the answer of `event-mix` asked for until it has it.
// `node bench/click-to-dashboard.mjs [--clicks 20] [--every 200]`
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runServer } from "../dist/cli/run-server.js";
import { systemClock } from "../dist/clock.js";
import { ShopBrowser } from "../dist/simulator/shop-browser.js";
import { Tally } from "../dist/simulator/tally.js";
import { Workspace } from "../dist/workspace.js";
import { option } from "./support/shop.mjs";

const clicks = option("clicks", 20);
const everyMs = option("every", 200);
const folder = mkdtempSync(join(tmpdir(), "cartwright-click-"));
const root = join(folder, "shop");
const program = fileURLToPath(new URL("../bin/cartwright", import.meta.url));
try {
  for (const words of [["demo"], ["store", "seed"]]) {
    const { status, stderr } = spawnSync(process.execPath, [program, ...words, "--workspace", root], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`cartwright ${words.join(" ")}: ${stderr}`);
  }
  const workspace = await Workspace.open(root, systemClock, "bench");
  const server = await runServer(workspace, 0);
  const { secret } = server.credentials.createToken({ name: "bench", role: "viewer" });
  const counted = async () => {
    const answer = await fetch(`${server.url}/api/v1/analyses/event-mix`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    if (!answer.ok) throw new Error(`event-mix answered ${answer.status}`);
    const { rows } = await answer.json();
    return Number(
      rows.find((/** @type {{ event_type: string }} */ row) => row.event_type === "click")?.event_count ?? 0,
    );
  };
  const tally = new Tally();
  const browser = new ShopBrowser(server.url, tally, new AbortController().signal);
  browser.startVisit();
  const [catalogue] = await browser.open(["/catalogue?limit=1"]);
  await browser.giveConsent(true);
  // What the seed left is delivered first.
  let before = -1;
  for (let calm = 0; calm < 10; ) {
    const now = await counted();
    calm = now === before ? calm + 1 : 0;
    before = now;
    await sleep(1000);
  }
  const waits = [];
  for (let click = 0; click < clicks; click += 1) {
    const from = performance.now();
    await browser.track("click", catalogue.rows[0].article_id, { place: "home", source: "popular", position: 1 });
    while ((await counted()) <= before) {
      if (performance.now() - from > 60_000) throw new Error("a click was not counted within a minute");
      await sleep(everyMs);
    }
    waits.push((performance.now() - from) / 1000);
    before += 1;
  }
  waits.sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => Number((waits[Math.floor(share * (waits.length - 1))] ?? 0).toFixed(2));
  console.log(
    JSON.stringify({ clicks, seconds: { p50: at(0.5), p95: at(0.95), longest: at(1) }, asked_every_ms: everyMs }),
  );
  await server.stop();
  await workspace.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
