/** The script on a shop's pages, and the page that shows what arrives. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Collector, collectOnce } from "../../src/collect/index.ts";
import { type Dashboard, namesOfControls, openDashboard, watch } from "../support/browser.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

const guide = readFileSync(join(root, "docs/guides/collect.md"), "utf8");

let shop: TestShop;
let collector: Collector;
let dashboard: Dashboard;
let pages: Server;
let address: string;
let attributes = "";

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
  pages = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    const [, tags = ""] = /^```html\n([\s\S]*?)^```/m.exec(guide) ?? [];
    const placed = tags
      .replace("https://analytics.example.com", dashboard.url)
      .replace('data-write-key="wk_your_key"', attributes);
    response.end(`<!doctype html><title>A shop</title><p>hello</p>${placed}`);
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  shop = await openTestShop({ collect: { origins: [address], interval_seconds: 2, max_waiting_bytes: 2_147_483_648 } });
  collector = new Collector(shop.workspace);
  await collectOnce(shop.workspace, collector);
  dashboard = await openDashboard(shop, undefined, { collector });
});
afterAll(async () => {
  await dashboard.close();
  await collector.close();
  pages.close();
  await shop.close();
});

const key = (): string => dashboard.credentials.createWriteKey("page").key;
const events = async () => {
  await collectOnce(shop.workspace, collector);
  return await shop.sql(
    "select toString(event_type) as kind, JSONExtractString(properties, 'path') as path, JSONExtractString(properties, 'utm_source') as source from fct_events order by event_at, event_id",
  );
};
const call = async (page: Page, ...given: readonly unknown[]): Promise<void> =>
  await page.evaluate(
    (all) => (Reflect.get(window, "cartwright") as { push: (call: unknown) => void }).push(all),
    given,
  );
const acknowledged = async (page: Page, work: () => Promise<unknown>): Promise<void> => {
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/v1/batch") && answer.status() === 200);
  await work();
  await answered;
};

describe("the script for pages", () => {
  it("is under 3 kB compressed, and anyone may load it", async () => {
    expect(gzipSync(readFileSync(join(root, "web/dist/snippet/cartwright.js"))).length).toBeLessThan(3000);
    const answer = await fetch(`${dashboard.url}/cartwright.js`);
    expect([answer.status, answer.headers.get("cross-origin-resource-policy")]).toEqual([200, "cross-origin"]);
  });

  it("sends views, early calls and route changes from another origin, each once, also after a time without network", async () => {
    attributes = `data-write-key="${key()}"`;
    const context = await dashboard.browser.newContext();
    const page = await context.newPage();
    await acknowledged(page, async () => await page.goto(`${address}/shoes?utm_source=letter`));
    await acknowledged(page, async () => await page.evaluate(() => history.pushState({}, "", "/boots")));
    await context.setOffline(true);
    await call(page, "track", "Product Added", { product_id: "boot", price: 80 });
    await call(page, "identify", "ada", { email: "ada@example.com" });
    await page.waitForFunction(() => Object.keys(localStorage).some((name) => name.startsWith("cartwright.queue")));
    await acknowledged(page, async () => await context.setOffline(false));
    await page.waitForFunction(() => !Object.keys(localStorage).some((name) => name.startsWith("cartwright.queue")));
    await context.close();
    expect((await events()).map(({ kind, path, source }) => `${kind} ${path} ${source}`).sort()).toEqual([
      "cart_add /boots ",
      "page /boots ",
      "page /shoes letter",
      "view /shoes letter",
    ]);
    expect(await shop.sql("select customer_id, email from dim_customer where email != ''")).toEqual([
      { customer_id: "ada", email: "a***@example.com" },
    ]);
  });

  it("neither stores nor sends anything before consent where consent is needed", async () => {
    attributes = `data-write-key="${key()}" data-consent="required"`;
    const before = (await events()).length;
    const context = await dashboard.browser.newContext();
    const page = await context.newPage();
    const sent: string[] = [];
    page.on("request", (request) => void (request.url().includes("/v1/") && sent.push(request.url())));
    await page.goto(`${address}/quiet`);
    await page.waitForFunction(() => !Array.isArray(Reflect.get(window, "cartwright")));
    await call(page, "track", "Product Viewed", { product_id: "secret" });
    expect(sent).toEqual([]);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await acknowledged(page, async () => await call(page, "consent", true));
    await context.close();
    expect(await events()).toHaveLength(before + 3);
  });
});

describe("the Live page", () => {
  it("says that nothing arrives, then shows what does within seconds, and can be used without a mouse", async () => {
    const context = await dashboard.enter();
    const page = await context.newPage();
    const problems = watch(page);
    await page.goto("/live");
    await page.getByRole("heading", { name: "Events a second" }).waitFor();
    expect(await page.getByRole("link", { name: "Live" }).first().getAttribute("aria-current")).toBe("page");
    const time = new Date(shop.workspace.clock.now()).toISOString();
    const common = { userId: "grace", timestamp: time };
    await collector.accept(
      [
        { ...common, type: "page", messageId: "l1", properties: { path: "/new-in" } },
        {
          ...common,
          type: "track",
          event: "Product Viewed",
          messageId: "l2",
          properties: { product_id: "hat", name: "Red hat" },
        },
        {
          ...common,
          type: "track",
          event: "Order Completed",
          messageId: "l3",
          properties: { order_id: "N-7", products: [{ product_id: "hat", price: 9 }] },
        },
      ],
      undefined,
    );
    await page.getByRole("row", { name: /N-7 grace 1/ }).waitFor();
    await page.getByRole("row", { name: /Red hat 1/ }).waitFor();
    await page.getByRole("row", { name: /\/new-in 1/ }).waitFor();
    expect(await page.locator(".lead").textContent()).toContain("in the last five minutes, and the last order came");
    expect((await namesOfControls(page)).filter((name) => name.startsWith("without a name"))).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("asks every few seconds where a stream does not get through, and says so when the server is silent", async () => {
    const context = await dashboard.enter({ width: 390, colorScheme: "dark" });
    const page = await context.newPage();
    await page.route("**/api/v1/live/stream", (route) => route.abort());
    await page.goto("/live");
    await page.getByRole("row", { name: /N-7/ }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.route("**/api/v1/live", (route) => route.abort());
    await page.getByText("The server has not answered since").waitFor({ timeout: 60_000 });
    await context.close();
  });
});
