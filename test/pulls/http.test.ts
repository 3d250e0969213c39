/** Pulling JSON in pages from a real server: every way of paging, waiting when asked to, and no token for another host. */

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { configSchema } from "../../src/config.ts";
import { pullSource } from "../../src/pulls/index.ts";
import { emptyWarehouse } from "../support/ingest.ts";
import { openTestShop, type TestShop } from "../support/shop.ts";
import { type PagedServer, sendJson, startPagedServer } from "./paged-server.ts";

interface Event {
  readonly event_id: string;
  readonly event_at: string;
  readonly event_type: string;
  readonly price: number;
}

const event = (number: number): Event => ({
  event_id: `e${number}`,
  event_at: `2025-03-31T10:00:${String(number).padStart(2, "0")}Z`,
  event_type: "view",
  price: 1.5,
});

/** What the server holds. */
let events: Event[] = [];
let orders: { date_modified_gmt: string }[] = [];
let failures: number[] = [];
let elsewhere: PagedServer;
let server: PagedServer;
let shop: TestShop;

const perPage = 2;

beforeAll(async () => {
  elsewhere = await startPagedServer({ "/": (_, response) => sendJson(response, []) });
  server = await startPagedServer({
    "/numbered": (parameters, response) => {
      const from = (Number(parameters.get("page")) - 1) * perPage;
      sendJson(response, { data: { events: events.slice(from, from + perPage) } });
    },
    "/cursor": (parameters, response) => {
      const from = Number(parameters.get("after") ?? 0);
      const next = from + perPage < events.length ? { next: String(from + perPage) } : {};
      sendJson(response, { items: events.slice(from, from + perPage), meta: next });
    },
    "/orders": (parameters, response, base) => {
      const status = failures.shift();
      if (status !== undefined) return void response.writeHead(status, { "retry-after": "0" }).end();
      const since = parameters.get("modified_after") ?? "";
      // As WooCommerce has it: later than, and not from.
      const found = orders.filter(({ date_modified_gmt }) => date_modified_gmt > since);
      const from = Number(parameters.get("offset") ?? 0);
      const next = new URLSearchParams(parameters);
      next.set("offset", String(from + 1));
      const link = `<${base}/orders?x=1>; rel="prev", <${base}/orders?${next}>; rel="next"`;
      sendJson(response, found.slice(from, from + 1), from + 1 < found.length ? { link } : {});
    },
    "/silent": () => {},
    "/away": (_, response) => void response.writeHead(302, { location: `${elsewhere.url}/` }).end(),
    "/linked-away": (_, response) => sendJson(response, [event(1)], { link: `<${elsewhere.url}/>; rel="next"` }),
    "/same": (_, response) => sendJson(response, [event(1)]),
    "/refused": (_, response) => void response.writeHead(401).end(),
  });
  const own = {
    from: "http" as const,
    scheme: "bearer" as const,
    rows_at: "",
    timeout_seconds: 30,
    overlap_seconds: 0,
  };
  const link = { by: "link" as const };
  const page = { by: "page" as const, parameter: "page", first: 1 };
  process.env.TEST_PULL_TOKEN = "s3cret";
  shop = await openTestShop({
    currency: "EUR",
    pulls: {
      numbered: {
        ...own,
        url: `${server.url}/numbered`,
        paging: page,
        rows_at: "data.events",
        watermark: "event_at",
        token_env: "TEST_PULL_TOKEN",
      },
      cursor: {
        ...own,
        url: `${server.url}/cursor`,
        paging: { by: "cursor", parameter: "after", next_at: "meta.next" },
        rows_at: "items",
      },
      orders: {
        ...own,
        url: `${server.url}/orders?per_page=1`,
        paging: link,
        watermark: "date_modified_gmt",
        watermark_parameter: "modified_after",
        overlap_seconds: 1,
        token_file: "token",
        scheme: "basic",
      },
      silent: { ...own, url: `${server.url}/silent`, paging: link, timeout_seconds: 1 },
      away: { ...own, url: `${server.url}/away`, paging: link, token_env: "TEST_PULL_TOKEN" },
      "linked-away": { ...own, url: `${server.url}/linked-away`, paging: link, token_env: "TEST_PULL_TOKEN" },
      same: { ...own, url: `${server.url}/same`, paging: page },
      refused: { ...own, url: `${server.url}/refused`, paging: link, token_env: "TEST_PULL_TOKEN" },
    },
  });
  writeFileSync(join(shop.folder, "token"), "key:secret\n");
});
afterEach(async () => {
  await emptyWarehouse(shop.workspace.warehouse);
  rmSync(join(shop.folder, "pulls"), { recursive: true, force: true });
  server.asked.length = 0;
});
afterAll(async () => {
  delete process.env.TEST_PULL_TOKEN;
  await shop?.close();
  await server?.close();
  await elsewhere?.close();
});

const pull = async (name: string) => await pullSource(shop.workspace, name, { pauseMs: 1 });
const ids = async () =>
  (await shop.sql("select event_id from fct_events order by event_id")).map(({ event_id }) => event_id);

describe("pages of JSON", () => {
  it("by number, until one is empty; only what is new is taken", async () => {
    events = [1, 2, 3].map(event);
    expect(await pull("numbered")).toMatchObject({
      taken_rows: 3,
      loaded_rows: 3,
      watermark_after: "2025-03-31T10:00:03Z",
    });
    expect(server.asked.map(({ parameters }) => parameters.get("page"))).toEqual(["1", "2", "3"]);
    expect(server.asked.every(({ authorization }) => authorization === "Bearer s3cret")).toBe(true);
    events.push({ ...event(3), event_id: "e3-late" }, event(4));
    expect(await pull("numbered")).toMatchObject({ taken_rows: 2, repeated_rows: 1 });
    expect(await ids()).toEqual(["e1", "e2", "e3", "e3-late", "e4"]);
  });

  it("by a cursor that is kept: the last page is asked for again, and what was added to it is taken", async () => {
    events = [1, 2, 3].map(event);
    expect(await pull("cursor")).toMatchObject({ taken_rows: 3, watermark_after: "2" });
    server.asked.length = 0;
    events.push(event(4), event(5));
    expect(await pull("cursor")).toMatchObject({ taken_rows: 2, repeated_rows: 1, watermark_after: "4" });
    expect(server.asked.map(({ parameters }) => parameters.get("after"))).toEqual(["2", "4"]);
    expect(await ids()).toEqual(["e1", "e2", "e3", "e4", "e5"]);
  });

  it("by links, after a busy server has asked to wait; the orders of WooCommerce as the preset reads them", async () => {
    const text = readFileSync(
      fileURLToPath(new URL("../fixtures/presets/woocommerce-orders.jsonl", import.meta.url)),
      "utf8",
    );
    const [one, two] = text.split("\n").map((line) => line && JSON.parse(line));
    orders = [one, two];
    failures = [429, 503];
    expect(await pull("orders")).toMatchObject({
      taken_rows: 2,
      loaded_rows: 4 + 2 + 2,
      watermark_after: "2025-04-02T09:00:00",
    });
    expect(server.asked.map(({ authorization }) => authorization)).toEqual(
      Array(4).fill(`Basic ${Buffer.from("key:secret").toString("base64")}`),
    );
    server.asked.length = 0;
    // Changed in the very second of the newest one: an API that gives what is later than a moment would keep it back.
    orders.push({ ...one, status: "cancelled", date_modified_gmt: "2025-04-02T09:00:00" });
    expect(await pull("orders")).toMatchObject({ taken_rows: 1, repeated_rows: 1 });
    expect(server.asked[0]?.parameters.get("modified_after")).toBe("2025-04-02T08:59:59");
    expect(await shop.sql("select order_id, is_cancelled, line_count from fct_orders order by order_id")).toMatchObject(
      [
        { order_id: "723", is_cancelled: true },
        { order_id: "724", is_cancelled: false },
      ],
    );
    expect(await shop.sql("select toString(count()) as lines from fct_order_lines")).toEqual([{ lines: "4" }]);
  });

  it("gives up a server that stays silent, one that refuses, and one that repeats its page, in words that hold no secret", async () => {
    await expect(pull("silent")).rejects.toThrow(/\/silent: did not answer in time, 5 times/);
    await expect(pull("same")).rejects.toThrow(/gives the same page under every number/);
    const refused = await pull("refused").catch((error: Error) => error.message);
    expect(refused).toMatch(/\/refused answered 401/);
    expect(refused).not.toContain("s3cret");
  });

  it("goes to no other host, neither by a redirect nor by a link", async () => {
    for (const name of ["away", "linked-away"]) {
      await expect(pull(name)).rejects.toThrow(/only its own host is followed/);
    }
    expect(elsewhere.asked).toEqual([]);
    expect(await ids()).toEqual([]);
  });

  it("is told no secret and no other protocol in the settings", () => {
    const given = (url: string) => configSchema.safeParse({ pulls: { orders: { from: "http", url } } }).success;
    expect(given("https://shop.example/orders")).toBe(true);
    expect(given("https://key:secret@shop.example/orders")).toBe(false);
    expect(given("file:///etc/passwd")).toBe(false);
  });
});
