/** A segment kept in step with another program: what is sent, in pages, signed, until it is taken. Two orders make a regular here. */
import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syncSegments } from "../src/segment-sync/index.ts";
import { changesBetween } from "../src/segment-sync/member-files.ts";
import { deleteSegment, saveSegment } from "../src/segments/index.ts";
import { openTestShop, type TestShop } from "./support/shop.ts";
import { receiver } from "./support/webhook-receiver.ts";

type Parts = Awaited<ReturnType<typeof receiver>>;
const statuses: number[] = [];
let shop: TestShop;
let parts: Parts;

const regulars = (minCount: number) => ({
  name: "regulars",
  title: "Regulars",
  rule: { all: [{ kind: "orders", min_count: minCount }] },
});

/** Customers by their number of orders, a file that takes the place of the one before. */
async function loadOrders(counts: Readonly<Record<string, number>>): Promise<void> {
  const lines = Object.entries(counts).flatMap(([customer, count]) =>
    Array.from(
      { length: count },
      (_, place) => `${customer}-${place},2025-03-0${place + 1}T10:00:00Z,${customer},tea,1,2`,
    ),
  );
  const path = join(shop.folder, "orders.csv");
  writeFileSync(path, `order_id,ordered_at,customer_id,product_id,quantity,unit_price\n${lines.join("\n")}\n`);
  await shop.load([path]);
}
const bodies = () => parts.received.map(({ body }) => JSON.parse(body));
const sync = async () =>
  (await syncSegments(shop.workspace, parts.webhook)).map(({ state, problem }) => [state, problem]);

beforeAll(async () => {
  parts = await receiver(statuses);
  shop = await openTestShop({
    segments: { webhook_url: parts.webhook.url, webhook_secret_env: "KEY", synced: ["regulars"], page_size: 2 },
  });
  await loadOrders({ c1: 2, c2: 1, "c 3": 2, çé: 3, c10: 2 });
}, 120_000);
afterAll(async () => {
  parts?.server.close();
  await shop?.close();
});

describe("a segment that is sent", () => {
  it("says nothing before it is there, then adds all its customers in signed pages", async () => {
    expect(await sync()).toEqual([]);
    await saveSegment(shop.workspace.warehouse, shop.workspace.clock, regulars(2), "ada");
    expect(await sync()).toEqual([["sent", ""]]);
    expect(bodies().map(({ page, page_count, added, removed }) => ({ page, page_count, added, removed }))).toEqual([
      { page: 1, page_count: 2, added: expect.any(Array), removed: [] },
      { page: 2, page_count: 2, added: expect.any(Array), removed: [] },
    ]);
    const [first, second] = bodies();
    expect([...first.added, ...second.added].sort()).toEqual(["c 3", "c1", "c10", "çé"].sort());
    expect(first).toMatchObject({
      segment: "regulars",
      segment_version: 1,
      as_of: "2025-03-04",
      customer_count: 4,
      added_count: 4,
      removed_count: 0,
    });
    expect(first.delivery_id).toBe(second.delivery_id);
    for (const { body, headers } of parts.received) {
      expect(headers["idempotency-key"]).toBe(JSON.parse(body).id);
      const mac = createHmac("sha256", "key").update(`${headers["x-cartwright-timestamp"]}.${body}`).digest("hex");
      expect(headers["x-cartwright-signature"]).toBe(`sha256=${mac}`);
    }
    expect(await sync()).toEqual([["unchanged", ""]]);
    expect(parts.received).toHaveLength(2);
  }, 60_000);

  it("sends what changed only: who came, who left, whatever the reason", async () => {
    parts.received.length = 0;
    await loadOrders({ c1: 2, c2: 2, "c 3": 1, çé: 3, c10: 2 });
    expect(await sync()).toEqual([["sent", ""]]);
    expect(bodies()).toMatchObject([{ added: ["c2"], removed: ["c 3"], page_count: 1, customer_count: 4 }]);
    await saveSegment(shop.workspace.warehouse, shop.workspace.clock, regulars(3), "ada");
    expect(await sync()).toEqual([["sent", ""]]);
    expect(bodies().slice(1)).toMatchObject([
      { added: [], removed: ["c1", "c10"], page: 1, segment_version: 2 },
      { added: [], removed: ["c2"], page: 2, customer_count: 1 },
    ]);
  }, 60_000);

  it("goes on with the page that was not taken, under the same id, before anything newer", async () => {
    parts.received.length = 0;
    await saveSegment(shop.workspace.warehouse, shop.workspace.clock, regulars(1), "ada");
    statuses.push(204, 503);
    expect(await sync()).toEqual([["waiting", "the webhook answered 503"]]);
    const pending = join(shop.folder, "segment-sync", "regulars", "pending");
    expect(existsSync(join(pending, "page-000001.jsonl"))).toBe(false);
    expect(existsSync(join(pending, "page-000002.jsonl"))).toBe(true);
    // What a kill may leave: a comparison half written.
    mkdirSync(join(shop.folder, "segment-sync", "regulars", "writing"));
    writeFileSync(join(shop.folder, "segment-sync", "regulars", "writing", "page-000001.jsonl"), '{"customer_id":"c');
    await saveSegment(shop.workspace.warehouse, shop.workspace.clock, regulars(3), "ada");
    expect(await sync()).toEqual([["sent", ""]]);
    const sent = bodies();
    expect(sent.map(({ page, segment_version }) => [segment_version, page])).toEqual([
      [3, 1],
      [3, 2],
      [3, 2],
      [4, 1],
      [4, 2],
    ]);
    expect(sent[1].id).toBe(sent[2].id);
    const added = [...sent[0].added, ...sent[2].added].sort();
    const removed = [...sent[3].removed, ...sent[4].removed].sort();
    expect(added).toEqual(["c 3", "c1", "c10", "c2"].sort());
    expect(removed).toEqual(added);
    expect(readFileSync(join(shop.folder, "segment-sync", "regulars", "members.jsonl"), "utf8")).toBe('"çé"\n');
  }, 60_000);

  it("is left as it was sent when it is deleted, and nothing is sent unsigned", async () => {
    parts.received.length = 0;
    await saveSegment(shop.workspace.warehouse, shop.workspace.clock, regulars(1), "ada");
    expect((await syncSegments(shop.workspace, { ...parts.webhook, secret: "" }))[0]).toMatchObject({
      state: "waiting",
      problem: "KEY is not set, and nothing is sent unsigned",
    });
    await deleteSegment(shop.workspace.warehouse, shop.workspace.clock, "regulars", "ada");
    expect(await sync()).toEqual([]);
    expect(parts.received).toEqual([]);
  }, 60_000);
});

describe("what changed between two ordered lists", () => {
  async function* of(ids: readonly string[]): AsyncGenerator<string> {
    yield* ids;
  }
  const changes = async (before: string[], after: string[]): Promise<string[]> => {
    const found: string[] = [];
    for await (const { change, customer_id } of changesBetween(of(before), of(after)))
      found.push(`${change === "added" ? "+" : "-"}${customer_id}`);
    return found;
  };
  it("is told in order, also at the ends and of nothing", async () => {
    expect(await changes([], [])).toEqual([]);
    expect(await changes([], ["a", "b"])).toEqual(["+a", "+b"]);
    expect(await changes(["a", "b"], [])).toEqual(["-a", "-b"]);
    expect(await changes(["b", "d", "e"], ["a", "b", "c", "e", "f"])).toEqual(["+a", "+c", "-d", "+f"]);
  });
  it("goes by bytes and not by the units of a text: U+FF5E comes before U+1F600", async () => {
    expect(await changes(["～", "😀"], ["😀"])).toEqual(["-～"]);
  });
});
