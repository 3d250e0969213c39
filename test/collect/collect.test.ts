/** Events over HTTP: the real client unchanged, verdicts, exact counting, and what stands between a page and the door. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { Analytics } from "@segment/analytics-node";
import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Credentials } from "../../src/api/credentials.ts";
import { createServer } from "../../src/api/server.ts";
import { Collector, collectOnce, eventNames } from "../../src/collect/index.ts";
import { configSchema } from "../../src/config.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";

interface Answer {
  readonly success: boolean;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly events: readonly { message_id: string; verdict: string; reason: string }[];
}

let shop: TestShop;
let server: FastifyInstance;
let credentials: Credentials;
let collector: Collector;
let address: string;
let key: string;

beforeAll(async () => {
  shop = await openTestShop({
    collect: { origins: ["https://shop.example"], interval_seconds: 2, max_waiting_bytes: 1_048_576 },
  });
  credentials = new Credentials(shop.folder, shop.workspace.clock);
  key = credentials.createWriteKey("test").key;
  collector = new Collector(shop.workspace);
  server = await createServer({ workspace: shop.workspace, credentials, logFile: null, collector });
  address = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await collector.close();
  await shop.close();
});
beforeEach(async () => {
  await load();
  await emptyWarehouse(shop.workspace.warehouse);
});

const load = async (): Promise<void> => await collectOnce(shop.workspace, collector);
const basic = (secret = key) => ({ authorization: `Basic ${Buffer.from(`${secret}:`).toString("base64")}` });
const post = async (path: string, body: object | Buffer | string, headers: Record<string, string> = basic()) =>
  await server.inject({
    method: "POST",
    url: `/v1/${path}`,
    headers: { "content-type": "application/json", ...headers },
    payload: body as InjectOptions["payload"] & object,
  });
const send = async (...batch: readonly object[]): Promise<Answer> => {
  const answer = await post("batch", { batch });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as Answer;
};
const view = (messageId: string, further: object = {}) => ({
  type: "track",
  event: "Product Viewed",
  messageId,
  userId: "ada",
  timestamp: "2026-01-01T10:00:00.000Z",
  properties: { product_id: "kettle", price: 20, colour: "red" },
  ...further,
});
const order = (messageId: string, orderId: string) => ({
  type: "track",
  event: "Order Completed",
  messageId,
  userId: "ada",
  timestamp: "2026-01-01T11:00:00.000Z",
  properties: {
    order_id: orderId,
    currency: "GBP",
    products: [
      { product_id: "kettle", price: 20, quantity: 2, name: "Kettle", category: "kitchen" },
      { product_id: "cup", price: 3.5, quantity: 1, variant: "blue" },
    ],
  },
});
const verdicts = (answer: Answer): readonly string[] => answer.events.map((one) => one.verdict);

describe("the door for events", () => {
  it("takes what Segment's client for Node sends, unchanged", async () => {
    const analytics = new Analytics({ writeKey: key, host: address, flushAt: 20 });
    const failures: unknown[] = [];
    analytics.on("error", (error) => failures.push(error));
    analytics.identify({
      userId: "ada",
      traits: { name: "Ada L", email: "ada@example.com", address: { city: "Bath" }, plan: "gold" },
    });
    analytics.page({ anonymousId: "visitor", name: "Home", properties: { path: "/", url: "https://shop.example/" } });
    analytics.track({
      userId: "ada",
      event: "Product Viewed",
      properties: { product_id: "kettle", price: 20, colour: "red" },
    });
    analytics.track({
      userId: "ada",
      event: "Order Completed",
      properties: {
        order_id: "O-1",
        products: [
          { product_id: "kettle", price: 20, quantity: 2 },
          { product_id: "cup", price: 3.5 },
        ],
      },
    });
    analytics.track({ userId: "ada", event: "Newsletter Joined", properties: { list: "weekly" } });
    analytics.alias({ userId: "ada", previousId: "visitor" });
    analytics.group({ userId: "ada", groupId: "acme" });
    await analytics.closeAndFlush();
    expect(failures).toEqual([]);
    await load();
    expect(
      await shop.sql("select toString(event_type) as kind, count() as n from fct_events group by kind order by kind"),
    ).toEqual([
      { kind: "custom", n: "2" },
      { kind: "page", n: "1" },
      { kind: "purchase", n: "2" },
      { kind: "view", n: "1" },
    ]);
    expect(await shop.sql("select order_id, toString(net_minor) as net from fct_orders")).toEqual([
      { order_id: "O-1", net: "4350" },
    ]);
    expect(
      await shop.sql(
        "select customer_id, name, email, city, attributes['plan'] as plan from dim_customer where name != ''",
      ),
    ).toEqual([{ customer_id: "ada", name: "Ada L", email: "ada@example.com", city: "Bath", plan: "gold" }]);
    expect(
      await shop.sql(
        "select distinct JSONExtractString(properties, 'colour') as c from fct_events where event_type = 'view'",
      ),
    ).toEqual([{ c: "red" }]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });

  it("says of each event whether it was accepted, is a duplicate or was rejected and why, with status 200", async () => {
    await load();
    const answer = await send(
      view("a"),
      view("a"),
      view("b", { properties: { product_id: "kettle", price: "cheap" } }),
      view("c", { properties: { product_id: "kettle", price: 5, currency: "EUR" } }),
      view("d", { userId: undefined }),
      { type: "dance", messageId: "e", userId: "ada" },
      { type: "track", messageId: "f", userId: "ada" },
    );
    expect(answer).toMatchObject({ success: true, accepted: 1, duplicate: 1, rejected: 5 });
    expect(verdicts(answer)).toEqual([
      "accepted",
      "duplicate",
      "rejected",
      "rejected",
      "rejected",
      "rejected",
      "rejected",
    ]);
    expect(answer.events[2]?.reason).toBe('price "cheap" is not a number');
    expect(answer.events[3]?.reason).toBe('currency "EUR" is not the shop\'s currency GBP');
    await load();
    const [batch] = await shop.sql(
      "select toUInt32(read_rows) as read, toUInt32(loaded_rows) as loaded, toUInt32(rejected_rows) as rejected from ops_batches final",
    );
    expect(batch).toEqual({ read: 6, loaded: 1, rejected: 5 });
    const rejects = await shop.sql(
      "select reason, JSONExtractString(raw, 'messageId') as id from ops_rejects order by source_row",
    );
    expect(rejects.map(({ id }) => id)).toEqual(["b", "c", "d", "e", "f"]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });

  it("counts a message id once, before and after it reaches the warehouse and with a new process; an undone one may come again", async () => {
    expect(verdicts(await send(view("once")))).toEqual(["accepted"]);
    expect(verdicts(await send(view("once")))).toEqual(["duplicate"]);
    await load();
    expect(verdicts(await send(view("once"), view("other")))).toEqual(["duplicate", "accepted"]);
    await load();
    const later = new Collector(shop.workspace);
    await collectOnce(shop.workspace, later);
    expect((await later.accept([view("once")], undefined))[0]?.verdict).toBe("duplicate");
    const [first] = await shop.sql("select batch_key from fct_events where event_id = 'once'");
    const { warehouse, config, clock } = shop.workspace;
    await shop.workspace.exclusively(() => undoImport({ warehouse, config, clock }, Number(first?.batch_key)));
    expect((await later.accept([view("once")], undefined))[0]?.verdict).toBe("accepted");
    await collectOnce(shop.workspace, later);
    await later.close();
    expect(await shop.sql("select event_id, count() as n from fct_events group by event_id order by event_id")).toEqual(
      [
        { event_id: "once", n: "1" },
        { event_id: "other", n: "1" },
      ],
    );
  });

  it("completes an order once, whatever the message is called, and takes each of its refunds", async () => {
    expect(verdicts(await send(order("m1", "O-9")))).toEqual(["accepted"]);
    const again = await send(order("m2", "O-9"));
    expect(again.events[0]).toEqual({
      message_id: "m2",
      verdict: "duplicate",
      reason: "order O-9 was completed before",
    });
    await load();
    expect(verdicts(await send(order("m3", "O-9")))).toEqual(["duplicate"]);
    const refund = (messageId: string) => ({
      ...order(messageId, "O-9"),
      event: "refund",
      timestamp: "2026-01-01T12:00:00Z",
      properties: { transaction_id: "O-9", items: [{ item_id: "kettle", price: 20, quantity: 1 }] },
    });
    expect(verdicts(await send(refund("r1"), refund("r2")))).toEqual(["accepted", "accepted"]);
    await load();
    expect(
      await shop.sql(
        "select toString(gross_minor) as gross, toString(refunded_minor) as refunded, toUInt32(unit_count) as units from fct_orders",
      ),
    ).toEqual([{ gross: "4350", refunded: "4000", units: 3 }]);
    expect((await verify(shop.workspace.warehouse, shop.workspace.config)).differences).toEqual([]);
  });

  it("corrects a clock that is wrong by what it showed on sending, as Segment does", async () => {
    const received = shop.workspace.clock.now();
    const at = (ms: number): string => new Date(received + ms).toISOString();
    const hour = 3_600_000;
    // The client's clock is two hours ahead: sent "now" by it, happened ten minutes before.
    const message = view("skewed", { timestamp: at(2 * hour - 600_000) });
    const answer = await post("batch", { batch: [message], sentAt: at(2 * hour) });
    expect(verdicts(answer.json() as Answer)).toEqual(["accepted"]);
    const ahead = await send(view("ahead", { timestamp: at(48 * hour) }), view("unclear", { timestamp: "soon" }));
    expect(ahead.events.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("lies more than a day ahead"),
      'timestamp "soon" is not a time',
    ]);
    await load();
    const [row] = await shop.sql("select toString(toUnixTimestamp64Milli(event_at)) as ms from fct_events");
    // The test's clock moves a second with every reading.
    expect(Math.abs(Number(row?.ms) - (received - 600_000))).toBeLessThan(60_000);
  });

  it("maps Google Analytics 4 names to the same kinds", async () => {
    const names = [
      "view_item",
      "add_to_cart",
      "remove_from_cart",
      "begin_checkout",
      "search",
      "add_to_wishlist",
      "page_view",
      "select_item",
    ];
    await send(
      ...names.map((event, index) =>
        view(`g${index}`, { event, properties: { items: [{ item_id: "cup", item_name: "Cup", price: 3 }] } }),
      ),
    );
    await load();
    const rows = await shop.sql("select toString(event_type) as kind from fct_events order by event_id");
    expect(rows.map(({ kind }) => kind)).toEqual([
      "view",
      "cart_add",
      "cart_remove",
      "checkout_start",
      "search",
      "wishlist_add",
      "page",
      "click",
    ]);
    expect(await shop.sql("select product_id, product_name from dim_product")).toEqual([
      { product_id: "cup", product_name: "Cup" },
    ]);
  });

  it("loads what a killed process left on disk, without a group that was cut off, once", async () => {
    await send(view("kept"), order("kept-order", "O-5"));
    const folder = join(shop.folder, "collect", "events");
    await collector.journals.events.seal();
    const [name = ""] = readdirSync(folder);
    const path = join(folder, name);
    const whole = readFileSync(path);
    collector.journals.events.remove(path);
    writeFileSync(path.replace(/rows$/, "open"), Buffer.concat([whole, whole.subarray(0, whole.length - 7)]));
    const next = new Collector(shop.workspace);
    await collectOnce(shop.workspace, next);
    expect(await shop.sql("select event_id from fct_events order by event_id")).toEqual([
      { event_id: "kept" },
      { event_id: "kept-order" },
      { event_id: "kept-order#2" },
    ]);
    expect((await next.accept([view("kept")], undefined))[0]?.verdict).toBe("duplicate");
    // The file comes back as after a kill between import and removal.
    writeFileSync(path.replace(/rows$/, "open"), Buffer.concat([whole, whole.subarray(0, whole.length - 7)]));
    const last = new Collector(shop.workspace);
    await collectOnce(shop.workspace, last);
    expect(await shop.sql("select count() as n from fct_events")).toEqual([{ n: "3" }]);
    expect(existsSync(path) || existsSync(path.replace(/rows$/, "open"))).toBe(false);
    await next.close();
    await last.close();
  });

  it("keeps nothing of a request it could not put on disk, and takes it the next time", async () => {
    const folder = join(shop.folder, "collect", "events");
    await load();
    renameSync(folder, `${folder}.away`);
    const refused = await post("batch", { batch: [view("later")] });
    expect(refused.statusCode).toBe(503);
    expect(refused.headers["retry-after"]).toBe("1");
    renameSync(`${folder}.away`, folder);
    expect(verdicts(await send(view("later")))).toEqual(["accepted"]);
  });

  it("asks clients to come again while too much waits", async () => {
    const big = Array.from({ length: 30 }, (_, index) =>
      view(`big${index}`, { properties: { note: "x".repeat(60_000) } }),
    );
    expect((await post("batch", { batch: big })).statusCode).toBe(200);
    const busy = await post("batch", { batch: [view("more")] });
    expect([busy.statusCode, busy.headers["retry-after"], (busy.json() as { code: string }).code]).toEqual([
      429,
      "5",
      "collecting_busy",
    ]);
    await load();
    expect((await post("batch", { batch: [view("more")] })).statusCode).toBe(200);
  });

  it("takes gzip within a bound, text of a beacon, single calls, and refuses what is no JSON", async () => {
    const packed = gzipSync(JSON.stringify({ batch: [view("packed")] }));
    expect((await post("batch", packed, { ...basic(), "content-encoding": "gzip" })).statusCode).toBe(200);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
    expect((await post("batch", bomb, { ...basic(), "content-encoding": "gzip" })).statusCode).toBe(413);
    expect((await post("batch", "x".repeat(3 * 1024 * 1024))).statusCode).toBe(413);
    const beacon = await post("track", JSON.stringify({ ...view("beacon"), writeKey: key }), {
      "content-type": "text/plain",
    });
    expect(beacon.json()).toMatchObject({ accepted: 1 });
    expect((await post("track", "{")).statusCode).toBe(400);
    expect((await post("batch", { messages: [] })).statusCode).toBe(400);
    expect((await post("batch", Buffer.from("no gzip"), { ...basic(), "content-encoding": "gzip" })).statusCode).toBe(
      400,
    );
    for (const path of ["identify", "page", "screen", "p", "t"])
      expect((await post(path, { userId: "ada", event: "Product Viewed" })).json()).toMatchObject({ accepted: 1 });
  });

  it("lets pages of listed origins send, and no others; a key is good for sending only and ends when it is revoked", async () => {
    const from = async (origin: string) => await post("track", view(`o ${origin}`), { ...basic(), origin });
    const allowed = await from("https://shop.example");
    expect([allowed.statusCode, allowed.headers["access-control-allow-origin"]]).toEqual([200, "https://shop.example"]);
    expect((await from("https://evil.example")).statusCode).toBe(403);
    const asked = await server.inject({
      method: "OPTIONS",
      url: "/v1/batch",
      headers: { origin: "https://shop.example" },
    });
    expect([asked.statusCode, asked.headers["access-control-allow-headers"]]).toEqual([
      204,
      "authorization, content-type, content-encoding",
    ]);
    expect(
      (await server.inject({ method: "OPTIONS", url: "/v1/batch", headers: { origin: "https://evil.example" } }))
        .statusCode,
    ).toBe(403);
    expect((await post("track", view("k"), {})).statusCode).toBe(401);
    expect((await post("track", view("k"), basic("wk_wrong"))).statusCode).toBe(401);
    const elsewhere = await server.inject({ url: "/api/v1/shop", headers: { authorization: `Bearer ${key}` } });
    expect(elsewhere.statusCode).toBe(401);
    const admin = { authorization: `Bearer ${credentials.createToken({ name: "admin", role: "admin" }).secret}` };
    const analyst = { authorization: `Bearer ${credentials.createToken({ name: "analyst", role: "analyst" }).secret}` };
    const make = async (headers: Record<string, string>) =>
      await server.inject({ method: "POST", url: "/api/v1/write-keys", payload: { name: "page" }, headers });
    expect((await make(analyst)).statusCode).toBe(403);
    const made = (await make(admin)).json() as { id: string; key: string };
    expect((await post("track", view("made"), basic(made.key))).statusCode).toBe(200);
    const listed = await server.inject({ url: "/api/v1/write-keys", headers: admin });
    expect(listed.body).toContain(made.id);
    expect(listed.body).not.toContain(made.key);
    expect(
      (await server.inject({ method: "DELETE", url: `/api/v1/write-keys/${made.id}`, headers: admin })).statusCode,
    ).toBe(204);
    expect((await post("track", view("revoked"), basic(made.key))).statusCode).toBe(401);
  });
});

describe("the guide", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const guide = readFileSync(join(root, "docs/guides/collect.md"), "utf8");
  const blocks = (language: string): readonly string[] =>
    [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)]
      .filter((found) => found[1] === language)
      .map((found) => found[2] ?? "");

  it("names every event that is known, with its kind", () => {
    const rows = guide.split("\n").filter((line) => line.startsWith("| "));
    const missing = Object.entries(eventNames).filter(
      ([name, kind]) => !rows.some((row) => row.includes(name) && row.split("|")[2]?.trim().startsWith(kind)),
    );
    expect(missing).toEqual([]);
  });

  it("shows requests that are accepted and a program that runs", async () => {
    const [settings = "", request = ""] = blocks("json");
    expect(configSchema.safeParse(JSON.parse(settings)).success).toBe(true);
    const body = JSON.parse(request) as { batch: object[] };
    expect((await post("batch", body)).json()).toMatchObject({ accepted: body.batch.length });
    const folder = mkdtempSync(join(root, "test", "collect", "guide-"));
    try {
      const [program = ""] = blocks("js");
      writeFileSync(join(folder, "program.mjs"), program.replace('"USD"', '"GBP"'));
      await promisify(execFile)(process.execPath, [join(folder, "program.mjs")], {
        env: { ...process.env, WRITE_KEY: key, CARTWRIGHT_URL: address },
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await load();
    expect(await shop.sql("select order_id, toString(net_minor) as net from fct_orders")).toEqual([
      { order_id: "O-1001", net: "4350" },
    ]);
  });
});
