/** Single sign-on in a real browser, at a provider of another site: the button, the way there, and a session that lasts. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser } from "../../scripts/browser.mjs";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { systemClock } from "../../src/clock.ts";
import { configSchema } from "../../src/config.ts";
import type { Workspace } from "../../src/workspace.ts";
import { seriousFindings } from "../support/accessibility.ts";
import { watch } from "../support/browser.ts";
import { freePort } from "../support/free-port.ts";
import { clientId, clientSecret, type OpenIdProvider, openIdProvider } from "../support/openid-provider.ts";

const secretName = "CARTWRIGHT_TEST_OIDC_BROWSER_SECRET";
const folder = mkdtempSync(join(tmpdir(), "cartwright-oidc-browser-"));
let provider: OpenIdProvider;
let server: FastifyInstance;
let browser: Browser;
let address: string;
let credentials: Credentials;

beforeAll(async () => {
  process.env[secretName] = clientSecret;
  // The settings name the port before the server listens on it.
  const port = await freePort();
  // To a browser, localhost and 127.0.0.1 are two sites.
  address = `http://localhost:${port}`;
  provider = await openIdProvider(`${address}/sign-in/oidc/callback`);
  const oidc = {
    issuer: provider.issuer,
    client_id: clientId,
    client_secret_env: secretName,
    address,
    name: "Acme ID",
  };
  const config = configSchema.parse({ sign_in: { oidc } });
  // Nobody asks the warehouse on these pages.
  const parts = { config, clock: systemClock, folders: { root: folder }, warehouse: {} };
  const workspace = parts as unknown as Workspace;
  credentials = new Credentials(folder, systemClock);
  credentials.users.invite({ name: "Ada", email: "ada@example.com", role: "viewer" }, "test");
  provider.accounts.set("ada", { email: "ada@example.com", email_verified: true });
  server = await createServer({ workspace, credentials, logFile: null });
  await server.listen({ port, host: "127.0.0.1" });
  browser = await launchBrowser();
});
afterAll(async () => {
  delete process.env[secretName];
  await browser?.close();
  await server?.close();
  await provider?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("leads through the provider to the page that was asked for, signed in, without scripts of ours", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${address}/openapi.json`);
  await page.getByRole("link", { name: "Sign in with Acme ID" }).click();
  await page.getByPlaceholder("Enter any login").fill("ada");
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${address}/openapi.json`);
  await page.getByText("Cartwright API").waitFor();
  expect(credentials.sessions.list()).toMatchObject([{ name: "Ada" }]);
  const session = (await context.cookies(address)).find(({ name }) => name === "cartwright_session");
  expect(session).toMatchObject({ sameSite: "Strict", httpOnly: true });
  await context.close();
});

it("has a button and pages that everyone can use, in light and dark, on a phone", async () => {
  credentials.users.takeLink(credentials.users.renewLink("ada@example.com").secret, "no hash that fits anything");
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  const problems = watch(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${address}/sign-in`);
    await page.getByRole("link", { name: "Sign in with Acme ID" }).waitFor();
    expect(await seriousFindings(page), colorScheme).toEqual([]);
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.SHOTS, `sign-in-${colorScheme}.png`) });
    }
    await page.goto(`${address}/sign-in/oidc/callback`);
    await page.getByRole("alert").waitFor();
    expect(await seriousFindings(page), colorScheme).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `stale-${colorScheme}.png`) });
  }
  await page.getByRole("link", { name: "Back to the sign-in page" }).click();
  await page.getByRole("link", { name: "Sign in with Acme ID" }).waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(390);
  expect(problems.filter((one) => !one.includes("400"))).toEqual([]);
  await page.context().close();
});
