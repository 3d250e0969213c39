/** Clients of the door for events, and the server they send to, for the scripts that measure and kill it. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const program = new URL("../../dist/cli/main.js", import.meta.url).href;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** What a running server says of itself; null when none does. @param {string} folder @returns {{ pid: number, ownerPid: number, serverUrl: string | null } | null} */
export function ownerOf(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, "run", "owner.json"), "utf8"));
  } catch {
    return null;
  }
}

/** Starts a server and waits until it takes events; null when it ended instead. @param {string} folder @param {string} key */
export async function startServer(folder, key) {
  const run = `import { main } from ${JSON.stringify(program)}; process.exit(await main(process.argv.slice(1)));`;
  const args = ["--input-type=module", "-e", run, "serve", "--workspace", folder, "--port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.on("data", (chunk) => {
    words += chunk;
  });
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (child.exitCode !== null || child.signalCode !== null) {
      process.stderr.write(words);
      return null;
    }
    const url = /is at (http:\S+)/.exec(words)?.[1];
    if (url) {
      const answer = await post(url, key, "batch", { batch: [] }).catch(() => null);
      if (answer?.status === 200) return { child, url };
    }
    await sleep(100);
  }
  return null;
}

/** @param {string} url @param {string} key @param {string} path @param {object} body @returns {Promise<{ status: number, body: any }>} */
export function post(url, key, path, body) {
  const bytes = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
      "content-type": "application/json",
      "content-length": bytes.length,
    };
    const sent = request(`${url}/v1/${path}`, { method: "POST", agent, headers }, (answer) => {
      const parts = /** @type {Buffer[]} */ ([]);
      answer.on("data", (part) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        try {
          resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) });
        } catch (error) {
          reject(error);
        }
      });
    });
    sent.on("error", reject);
    sent.setTimeout(30_000, () => sent.destroy(new Error("no answer")));
    sent.end(bytes);
  });
}

/** As browsers name themselves; "Mozilla/5.0" alone is a robot's name, and its visitors are all flagged. */
const browsers = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:144.0) Gecko/20100101 Firefox/144.0",
];

/** A message of one of so many shoppers; every fiftieth completes an order of two products. @param {string} id @param {number} at @param {string} time */
export function messageOf(id, at, time, people = 4000) {
  const common = { type: "track", messageId: id, userId: `u${at % people}`, timestamp: time };
  const context = {
    page: { path: `/p/${at % 300}`, url: `https://shop.example/p/${at % 300}` },
    userAgent: browsers[at % browsers.length],
  };
  if (at % 50 === 7) {
    const products = [
      { product_id: `p${at % 300}`, price: 19.99, quantity: 1 },
      { product_id: `p${(at + 1) % 300}`, price: 5, quantity: 2 },
    ];
    return {
      ...common,
      event: "Order Completed",
      context,
      properties: { order_id: `o-${id}`, currency: "USD", products },
    };
  }
  const event = at % 12 === 3 ? "Product Added" : "Product Viewed";
  return {
    ...common,
    event,
    context,
    properties: { product_id: `p${at % 300}`, price: 19.99, category: "shoes", colour: "red" },
  };
}

/** Rows that a message becomes. @param {number} at */
export const rowsOf = (at) => (at % 50 === 7 ? 2 : 1);

const eventsOfVisit = 10;

/** Who makes an event when so many look around at once, in turn, and each leaves after ten events for somebody who was never there. @param {number} at @param {number} atOnce */
export const visitorOf = (at, atOnce) => `v${Math.floor(at / (atOnce * eventsOfVisit)) * atOnce + (at % atOnce)}`;
