/** What is sent before anything runs: the storefront's page, and the files of storefront and dashboard. No browser, no store. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { storeServices } from "../../src/api/store/services.ts";
import { installStorefront } from "../../src/api/storefront.ts";
import { configSchema } from "../../src/config.ts";
import type { Workspace } from "../../src/workspace.ts";
import { fixedClock } from "../support/shop.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cartwright-files-"));
let server: FastifyInstance;
let token: string;

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { stdio: "ignore" });
  const clock = fixedClock();
  const credentials = new Credentials(folder, clock);
  token = credentials.createToken({ name: "ada", role: "admin" }).secret;
  const config = configSchema.parse({ currency: "GBP", name: "North & Lane" });
  const workspace = { config, clock, folders: { root: folder } } as unknown as Workspace;
  const store = { ...storeServices(workspace), exists: () => true };
  server = await createServer({ workspace, credentials, logFile: null, store });
  await server.ready();
}, 300_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = async (url: string, encoding: string) => {
  const headers = { "accept-encoding": encoding, authorization: `Bearer ${token}` };
  const { statusCode, headers: given, rawPayload: bytes } = await server.inject({ url, headers });
  return { statusCode, headers: given, bytes };
};

it("says what to run while there is no store, and makes none by being asked", async () => {
  const alone = Fastify();
  await installStorefront(alone, { exists: () => false, name: "Northlane" });
  const answer = await alone.inject({ url: "/shop/article/1" });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("npx cartwright store seed");
  const open = await alone.inject({ url: "/shop" });
  expect([open.statusCode, open.headers.location]).toEqual([308, "/shop/"]);
  await alone.close();
});

it("the storefront's page holds the frame under the shop's own name, before any script", async () => {
  const page = (await ask("/shop/article/1", "br")).bytes.toString();
  expect(page).toContain('<span class="shop-name">North &amp; Lane</span>');
  expect(page).toContain("<title>North &amp; Lane</title>");
  expect(page).toContain('content="North &amp; Lane"');
});

it("scripts and styles come compressed to who takes them, with the same bytes", async () => {
  const page = (await ask("/shop/", "identity")).bytes.toString();
  const own = readdirSync(join(root, "web/dist/assets")).filter((name) => /^index-.*\.(js|css)$/.test(name));
  const files = [...page.matchAll(/(?:src|href)="(\/shop\/assets\/[^"]+\.(?:js|css))"/g)].map((match) => `${match[1]}`);
  expect(files.some((file) => file.endsWith(".css"))).toBe(true);
  expect(own.length).toBeGreaterThan(1);
  for (const file of [...files, ...own.map((name) => `/assets/${name}`)]) {
    const plain = await ask(file, "identity");
    expect([plain.statusCode, plain.headers["content-encoding"]]).toEqual([200, undefined]);
    // What fits into one packet is sent as it is.
    if (plain.bytes.length < 1000) continue;
    const [br, gzip] = [await ask(file, "gzip, deflate, br"), await ask(file, "gzip")];
    expect([br.headers["content-encoding"], gzip.headers["content-encoding"]]).toEqual(["br", "gzip"]);
    expect([br.headers["content-type"], gzip.headers["content-type"]]).toEqual(
      Array(2).fill(plain.headers["content-type"]),
    );
    expect(br.headers).toMatchObject({
      vary: expect.stringMatching(/accept-encoding/i),
      "cache-control": "public, max-age=31536000, immutable",
    });
    expect(br.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(brotliDecompressSync(br.bytes).equals(plain.bytes)).toBe(true);
    expect(gunzipSync(gzip.bytes).equals(plain.bytes)).toBe(true);
  }
});

it("drawn pictures come compressed too, and answers with anything personal never do", async () => {
  const picture = "/shop/picture.svg?type=Jacket&colour=navy&name=A";
  const drawn = await ask(picture, "identity");
  expect(drawn.bytes.toString()).toMatch(/^<svg/);
  expect(brotliDecompressSync((await ask(picture, "br")).bytes).equals(drawn.bytes)).toBe(true);
  expect(gunzipSync((await ask(picture, "br;q=0, gzip")).bytes).equals(drawn.bytes)).toBe(true);
  for (const path of ["/api/v1/session", "/openapi.json", "/sign-in", "/shop/"])
    expect((await ask(path, "gzip, br")).headers["content-encoding"], path).toBeUndefined();
});
