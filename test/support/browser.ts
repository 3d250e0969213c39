/** A real Chromium on the real server, for journeys through the dashboard. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { isSettled, launchBrowser } from "../../scripts/browser.mjs";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import type { StoreServices } from "../../src/api/store/services.ts";
import { systemClock } from "../../src/clock.ts";
import type { Collector } from "../../src/collect/index.ts";
import type { TestShop } from "./shop.ts";

export interface Dashboard {
  readonly url: string;
  readonly browser: Browser;
  readonly credentials: Credentials;
  /** An address that signs in once. */
  readonly signInLink: () => string;
  /** A browser of its own, signed in, as a person in Great Britain has it. */
  readonly enter: (options?: Visit) => Promise<BrowserContext>;
  readonly close: () => Promise<void>;
}

export interface Visit {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

/** What of the server is not the workspace's own. */
export interface ServerParts {
  readonly collector?: Collector;
  readonly store?: StoreServices;
}

/** Serves a shop on a free port, and starts a browser unless there is one to share. */
export async function openDashboard(shop: TestShop, shared?: Browser, parts: ServerParts = {}): Promise<Dashboard> {
  const folder = mkdtempSync(join(tmpdir(), "cartwright-browser-"));
  const credentials = new Credentials(folder, systemClock);
  const server = await createServer({ workspace: shop.workspace, credentials, logFile: null, ...parts });
  const url = (await server.listen({ host: "127.0.0.1", port: 0 })).replace("127.0.0.1", "localhost");
  const browser = shared ?? (await launchBrowser());
  const signInLink = () => `${url}/sign-in?token=${credentials.createLink({ name: "owner", role: "admin" })}`;
  let session: Awaited<ReturnType<BrowserContext["storageState"]>> | undefined;
  const open = ({ width = 1440, colorScheme = "light" }: Visit) =>
    browser.newContext({
      locale: "en-GB",
      viewport: { width, height: 1000 },
      colorScheme,
      reducedMotion: "reduce",
      acceptDownloads: true,
      baseURL: url,
      ...(session ? { storageState: session } : {}),
    });
  return {
    url,
    browser,
    credentials,
    signInLink,
    enter: async (options = {}) => {
      const context = await open(options);
      if (session) return context;
      await (await context.newPage()).goto(signInLink());
      session = await context.storageState();
      return context;
    },
    close: async () => {
      if (!shared) await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What goes wrong on a page from now on: errors on the console, CSP violations, exceptions, failed and refused requests. */
export function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A question that nobody waits for any more is taken back; that is no failure.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") problems.push(`${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.url()}: status ${response.status()}`);
  });
  return problems;
}

/** Waits until every card has its content: no answer and no drawing is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator(".card").first().waitFor();
  await page.waitForFunction(isSettled);
}

/** The name a screen reader gives each control that can be reached; empty where it has none. */
export const namesOfControls = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex='0']")]
      .filter((element) => element.offsetParent !== null && element.tabIndex >= 0)
      .map((element) => {
        const by = (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
        const name = [element.getAttribute("aria-label"), ...by.map((one) => one?.textContent), element.textContent]
          .concat(labels.map((label) => label.textContent))
          .concat([element.getAttribute("title"), element.getAttribute("placeholder")])
          .find((text) => (text ?? "").trim() !== "");
        return (name ?? "").trim() || `without a name: ${element.outerHTML.slice(0, 160)}`;
      }),
  );
