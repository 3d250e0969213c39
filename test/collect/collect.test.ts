/** What is collected is counted: the real client unchanged, verdicts, each message and order once, times, names, crashes. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Analytics } from "@segment/analytics-node";
import { describe, expect, it } from "vitest";
import { Collector, collectOnce } from "../../src/collect/index.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { type Answer, installDoor, order, verdicts, view } from "../support/collect.ts";

const doorNow = installDoor();

describe("the door for events", () => {
  it("takes what Segment's client for Node sends, unchanged", async () => {
    const door = doorNow();
    const analytics = new Analytics({ writeKey: door.key, host: door.address, flushAt: 20 });
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
    await door.load();
    expect(
      await door.shop.sql(
        "select toString(event_type) as kind, count() as n from fct_events group by kind order by kind",
      ),
    ).toEqual([
      { kind: "custom", n: "2" },
      { kind: "page", n: "1" },
      { kind: "purchase", n: "2" },
      { kind: "view", n: "1" },
    ]);
    expect(await door.shop.sql("select order_id, toString(net_minor) as net from fct_orders")).toEqual([
      { order_id: "O-1", net: "4350" },
    ]);
    expect(
      await door.shop.sql(
        "select customer_id, name, email, city, attributes['plan'] as plan from dim_customer where name != ''",
      ),
    ).toEqual([{ customer_id: "ada", name: "Ada L", email: "a***@example.com", city: "Bath", plan: "gold" }]);
    expect(
      await door.shop.sql(
        "select distinct JSONExtractString(properties, 'colour') as c from fct_events where event_type = 'view'",
      ),
    ).toEqual([{ c: "red" }]);
    expect((await verify(door.shop.workspace.warehouse, door.shop.workspace.config)).differences).toEqual([]);
  });

  it("says of each event whether it was accepted, is a duplicate or was rejected and why, with status 200", async () => {
    const door = doorNow();
    await door.load();
    const answer = await door.send(
      view("a"),
      view("a"),
      view("b", { properties: { product_id: "kettle", price: "cheap" } }),
      view("c", { properties: { product_id: "kettle", price: 5, currency: "XYZ" } }),
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
    expect(answer.events[3]?.reason).toBe('currency "XYZ" is no code of a currency in ISO 4217, such as EUR');
    await door.load();
    const [batch] = await door.shop.sql(
      "select toUInt32(read_rows) as read, toUInt32(loaded_rows) as loaded, toUInt32(rejected_rows) as rejected from ops_batches final",
    );
    expect(batch).toEqual({ read: 6, loaded: 1, rejected: 5 });
    const rejects = await door.shop.sql(
      "select reason, JSONExtractString(raw, 'messageId') as id from ops_rejects order by source_row",
    );
    expect(rejects.map(({ id }) => id)).toEqual(["b", "c", "d", "e", "f"]);
    expect((await verify(door.shop.workspace.warehouse, door.shop.workspace.config)).differences).toEqual([]);
  });

  it("counts a message id once, before and after it reaches the warehouse and with a new process; an undone one may come again", async () => {
    const door = doorNow();
    expect(verdicts(await door.send(view("once")))).toEqual(["accepted"]);
    expect(verdicts(await door.send(view("once")))).toEqual(["duplicate"]);
    await door.load();
    expect(verdicts(await door.send(view("once"), view("other")))).toEqual(["duplicate", "accepted"]);
    await door.load();
    const later = new Collector(door.shop.workspace);
    await collectOnce(door.shop.workspace, later);
    expect((await later.accept([view("once")], undefined))[0]?.verdict).toBe("duplicate");
    const [first] = await door.shop.sql("select batch_key from fct_events where event_id = 'once'");
    const { warehouse, config, clock } = door.shop.workspace;
    await door.shop.workspace.exclusively(() => undoImport({ warehouse, config, clock }, Number(first?.batch_key)));
    expect((await later.accept([view("once")], undefined))[0]?.verdict).toBe("accepted");
    await collectOnce(door.shop.workspace, later);
    await later.close();
    expect(
      await door.shop.sql("select event_id, count() as n from fct_events group by event_id order by event_id"),
    ).toEqual([
      { event_id: "once", n: "1" },
      { event_id: "other", n: "1" },
    ]);
  });

  it("completes an order once, whatever the message is called, and takes each of its refunds", async () => {
    const door = doorNow();
    expect(verdicts(await door.send(order("m1", "O-9")))).toEqual(["accepted"]);
    const again = await door.send(order("m2", "O-9"));
    expect(again.events[0]).toEqual({
      message_id: "m2",
      verdict: "duplicate",
      reason: "order O-9 was completed before",
    });
    await door.load();
    expect(verdicts(await door.send(order("m3", "O-9")))).toEqual(["duplicate"]);
    const refund = (messageId: string) => ({
      ...order(messageId, "O-9"),
      event: "refund",
      timestamp: "2026-01-01T12:00:00Z",
      properties: { transaction_id: "O-9", items: [{ item_id: "kettle", price: 20, quantity: 1 }] },
    });
    expect(verdicts(await door.send(refund("r1"), refund("r2")))).toEqual(["accepted", "accepted"]);
    await door.load();
    expect(
      await door.shop.sql(
        "select toString(gross_minor) as gross, toString(refunded_minor) as refunded, toUInt32(unit_count) as units from fct_orders",
      ),
    ).toEqual([{ gross: "4350", refunded: "4000", units: 3 }]);
    expect((await verify(door.shop.workspace.warehouse, door.shop.workspace.config)).differences).toEqual([]);
  });

  it("corrects a clock that is wrong by what it showed on sending, as Segment does", async () => {
    const door = doorNow();
    const received = door.shop.workspace.clock.now();
    const at = (ms: number): string => new Date(received + ms).toISOString();
    const hour = 3_600_000;
    // The client's clock is two hours ahead: sent "now" by it, happened ten minutes before.
    const message = view("skewed", { timestamp: at(2 * hour - 600_000) });
    const answer = await door.post("batch", { batch: [message], sentAt: at(2 * hour) });
    expect(verdicts(answer.json() as Answer)).toEqual(["accepted"]);
    const ahead = await door.send(view("ahead", { timestamp: at(48 * hour) }), view("unclear", { timestamp: "soon" }));
    expect(ahead.events.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("lies more than a day ahead"),
      'timestamp "soon" is not a time',
    ]);
    await door.load();
    const [row] = await door.shop.sql("select toString(toUnixTimestamp64Milli(event_at)) as ms from fct_events");
    // The test's clock moves a second with every reading.
    expect(Math.abs(Number(row?.ms) - (received - 600_000))).toBeLessThan(60_000);
  });

  it("maps Google Analytics 4 names to the same kinds", async () => {
    const door = doorNow();
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
    await door.send(
      ...names.map((event, index) =>
        view(`g${index}`, { event, properties: { items: [{ item_id: "cup", item_name: "Cup", price: 3 }] } }),
      ),
    );
    await door.load();
    const rows = await door.shop.sql("select toString(event_type) as kind from fct_events order by event_id");
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
    expect(await door.shop.sql("select product_id, product_name from dim_product")).toEqual([
      { product_id: "cup", product_name: "Cup" },
    ]);
  });

  it("loads what a killed process left on disk, without a group that was cut off, once", async () => {
    const door = doorNow();
    await door.send(view("kept"), order("kept-order", "O-5"));
    const folder = join(door.shop.folder, "collect", "events");
    await door.collector.journals.events.seal();
    const [name = ""] = readdirSync(folder);
    const path = join(folder, name);
    const whole = readFileSync(path);
    door.collector.journals.events.remove(path);
    writeFileSync(path.replace(/rows$/, "open"), Buffer.concat([whole, whole.subarray(0, whole.length - 7)]));
    const next = new Collector(door.shop.workspace);
    await collectOnce(door.shop.workspace, next);
    expect(await door.shop.sql("select event_id from fct_events order by event_id")).toEqual([
      { event_id: "kept" },
      { event_id: "kept-order" },
      { event_id: "kept-order#2" },
    ]);
    expect((await next.accept([view("kept")], undefined))[0]?.verdict).toBe("duplicate");
    // The file comes back as after a kill between import and removal.
    writeFileSync(path.replace(/rows$/, "open"), Buffer.concat([whole, whole.subarray(0, whole.length - 7)]));
    const last = new Collector(door.shop.workspace);
    await collectOnce(door.shop.workspace, last);
    expect(await door.shop.sql("select count() as n from fct_events")).toEqual([{ n: "3" }]);
    expect(existsSync(path) || existsSync(path.replace(/rows$/, "open"))).toBe(false);
    await next.close();
    await last.close();
  });
});
