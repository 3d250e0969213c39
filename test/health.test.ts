/** What probes are told: alive whatever happens, ready only when every part can do its work. */
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Credentials } from "../src/api/credentials.ts";
import { readiness } from "../src/api/readiness.ts";
import { createServer } from "../src/api/server.ts";
import { type StoreServices, storeServices } from "../src/api/store/services.ts";
import { Collector, collectOnce } from "../src/collect/index.ts";
import { openStore, type StoreConnection } from "../src/store/connection.ts";
import { openTestShop, type TestShop } from "./support/shop.ts";

let shop: TestShop;
let server: FastifyInstance;
let collector: Collector;
let store: StoreServices;
let token: string;
let narrowed: string;
let embedded: StoreConnection;
let isStoreAway = false;

beforeAll(async () => {
  shop = await openTestShop();
  const credentials = new Credentials(shop.folder, shop.workspace.clock);
  token = credentials.createToken({ name: "probe", role: "viewer" }).secret;
  narrowed = credentials.createToken({ name: "narrowed", role: "admin", scopes: ["query"] }).secret;
  collector = new Collector(shop.workspace);
  embedded = await openStore({ folder: null });
  // Nobody listens on the first port there is.
  const open = async () =>
    isStoreAway ? await openStore({ url: "postgresql://x@127.0.0.1:1/x", folder: null }) : embedded;
  store = storeServices(shop.workspace, { open });
  server = await createServer({ workspace: shop.workspace, credentials, logFile: null, collector, store });
});
afterAll(async () => {
  await server.close();
  await collector.close();
  await embedded.close();
  await shop.close();
});

async function ready(headers: Record<string, string> = {}) {
  const answer = await server.inject({ url: "/readyz", headers });
  return { code: answer.statusCode, body: answer.json() as Record<string, unknown> };
}

it("is not ready before the door is open, and says why only to who has signed in", async () => {
  expect(await ready()).toEqual({ code: 503, body: { status: "not ready", failed: ["collector"] } });
  expect((await ready({ authorization: `Bearer ${narrowed}` })).body.checks).toBeUndefined();
  const told = await ready({ authorization: `Bearer ${token}` });
  expect(told.body.checks).toContainEqual({
    name: "collector",
    is_ok: false,
    reason: "what was collected before is being loaded",
  });
});

it("is ready once engine, store, disk and collector are", async () => {
  await collectOnce(shop.workspace, collector);
  expect(await ready()).toEqual({ code: 200, body: { status: "ready", failed: [] } });
});

it("names an engine that does not answer, stays alive meanwhile, and is ready when it answers again", async () => {
  const pid = (await shop.workspace.engine?.address())?.pid ?? 0;
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, "SIGSTOP");
  try {
    expect(await ready()).toEqual({ code: 503, body: { status: "not ready", failed: ["engine"] } });
    expect((await server.inject({ url: "/healthz" })).json()).toEqual({ status: "ok" });
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await expect.poll(async () => (await ready()).code, { timeout: 30_000 }).toBe(200);
});

it("names a store that does not answer", async () => {
  await store.close();
  isStoreAway = true;
  expect((await ready()).body.failed).toEqual(["store"]);
  isStoreAway = false;
  expect((await ready()).code).toBe(200);
});

it("measures requests by route, events by verdict, and the parts it works with; no id and no person is in a label", async () => {
  expect((await server.inject({ url: "/metrics" })).statusCode).toBe(401);
  const authorization = `Bearer ${token}`;
  const ask = async (url: string) => await server.inject({ url, headers: { authorization } });
  const before = (await ask("/metrics")).body;
  const message = (messageId: string) => ({ type: "identify", messageId, userId: "ada@example.com" });
  await collector.accept([message("one"), message("one"), message("two"), { type: "no such type" }], undefined);
  expect((await ask("/api/v1/annotations/secret-of-ada")).statusCode).toBe(404);
  expect((await ask("/api/v1/no-such-thing/ada")).statusCode).toBe(404);
  const { body, headers } = await ask("/metrics");
  expect(headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
  const figure = (text: string, name: string): number => {
    const line = text.split("\n").find((one) => one.startsWith(`${name} `));
    return line === undefined ? 0 : Number(line.slice(name.length + 1));
  };
  const added = (verdict: string): number => {
    const name = `cartwright_events_total{verdict="${verdict}"}`;
    return figure(body, name) - figure(before, name);
  };
  expect({ accepted: added("accepted"), duplicate: added("duplicate"), rejected: added("rejected") }).toEqual({
    accepted: 2,
    duplicate: 1,
    rejected: 1,
  });
  const requests = 'cartwright_http_request_duration_seconds_count{route="/metrics",method="GET",status="401"}';
  expect(figure(body, requests)).toBe(1);
  expect(figure(body, "cartwright_unbuilt_batches")).toBe(0);
  for (const name of ["engine_memory_bytes", "disk_free_bytes", "collected_waiting_bytes"])
    expect(figure(body, `cartwright_${name}`), name).toBeGreaterThan(0);
  expect(figure(body, "process_resident_memory_bytes")).toBeGreaterThan(1e7);
  expect(body).not.toMatch(/ada|secret-of/);
});

it("names a disk without room", async () => {
  const checks = await readiness({
    workspace: shop.workspace,
    store,
    collector,
    leastFreeBytes: Number.MAX_SAFE_INTEGER,
  });
  expect(checks.filter((one) => !one.is_ok)).toMatchObject([
    { name: "disk", reason: expect.stringMatching(/^\d+ bytes are free, 9007199254740991 are the least$/) },
  ]);
});
