import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WrittenConfig } from "../../src/config.ts";
import { buildOwed } from "../../src/ingestion/import.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { writeFile } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";
import { firefox, flagged, googlebot, lines, message, messages, ordered, staff } from "./traffic-shop.ts";

const limits = { max_events_per_minute: 3, max_events_per_day: 5, staff_ids: ["17"], staff_emails: [] as string[] };
const settings: WrittenConfig = {
  traffic: { ...limits, staff_emails: ["@shop.example", "Boss@Elsewhere.example"] },
};
const gadget = (productId: string) => ({ product_id: productId, price: 1 });

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop(settings);
  const visits = [
    // Three in a minute of the clock, four in one, four within 60 seconds over two.
    ...messages("three", ["01T10:00:00", "01T10:00:20", "01T10:00:59.999"]),
    ...messages("four", ["01T10:00:00", "01T10:00:20", "01T10:00:40", "01T10:00:59.999"]),
    ...messages("across", ["01T10:00:40", "01T10:00:50", "01T10:01:00", "01T10:01:10"]),
    // Five on a day and six; the day after is another.
    ...messages("five", ["02T01:00:00", "02T02:00:00", "02T03:00:00", "02T04:00:00", "02T23:59:59"]),
    ...messages("six", ["02T01:00:00", "02T02:00:00", "02T03:00:00", "02T04:00:00", "02T05:00:00", "02T06:00:00"]),
    message("six", "03T00:00:00"),
    // One message about seven products is one event.
    message("seven", "01T10:00:00", {
      type: "track",
      event: "Product List Viewed",
      properties: { products: ["a", "b", "c", "d", "e", "f", "g"].map(gadget) },
    }),
    message("crawler", "01T10:00:00", { context: { userAgent: googlebot } }),
    ordered("crawler", "O-bot", "01T11:00:00", 30),
    message("reader", "01T10:00:00", { context: { userAgent: firefox } }),
    ordered("reader", "O-1", "01T10:30:00", 100),
    message("tester", "01T10:00:00", { context: { test: true } }),
    message("untested", "01T10:00:00", { context: { test: "variant-b" }, properties: { test: 1 } }),
    message("debugger", "01T10:00:00", { properties: { debug_mode: 1 } }),
    message("inside", "01T10:00:00", { properties: { traffic_type: "internal" } }),
    // A robot that is a test too has one reason.
    message("both", "01T10:00:00", { context: { userAgent: googlebot, test: true } }),
    ordered("17", "O-staff", "01T12:00:00", 50),
    // Anna is staff by her address; her phone was seen before she signed in.
    message("", "02T09:00:00", { userId: undefined, anonymousId: "annas-phone" }),
    message("anna", "02T09:05:00", {
      type: "identify",
      anonymousId: "annas-phone",
      traits: { email: " Anna@SHOP.example " },
    }),
    message("boss", "02T09:05:00", { type: "identify", traits: { email: "boss@elsewhere.example" } }),
    message("boss", "02T09:06:00"),
    message("bea", "02T09:05:00", { type: "identify", traits: { email: "bea@shop.example.org" } }),
    message("bea", "02T09:06:00"),
  ];
  const own = `customer_id,event_at,event_type,User Agent,is_test\nfiled,2026-03-01T10:00:00Z,view,${googlebot},\nfiled-test,2026-03-01T10:00:00Z,view,,true\n`;
  await shop.load([writeFile(shop, "visits.jsonl", lines(visits)), writeFile(shop, "own.csv", own)]);
});
afterAll(async () => await shop?.close());

describe("flags", () => {
  it("are on whoever the rules name, and on nobody else", async () => {
    expect(await flagged(shop)).toEqual([
      "2026-03-01 both test",
      "2026-03-01 crawler robot",
      "2026-03-01 debugger test",
      "2026-03-01 filed robot",
      "2026-03-01 filed-test test",
      "2026-03-01 four rate",
      "2026-03-01 inside test",
      "2026-03-01 tester test",
      "2026-03-02 six rate",
    ]);
    expect(await staff(shop)).toEqual(["17", "anna", "boss"]);
  });

  it("leave out what they name and count the rest, each event, session, order and cent once", async () => {
    // Events: 3 + 4 + 4 + 5 + 7 + 7 + 2 + 2 + 1 + 1 + 1 + 1 + 1 + 1 + 1 (phone) + 1 + 1 = 43, and 2 of the file.
    const figures = { net_revenue_minor: 18000, order_count: 3, event_count: 45 };
    expect(await shop.query("kpi-summary")).toMatchObject([figures]);
    expect(await shop.query("kpi-summary", { traffic: "everyone" })).toMatchObject([figures]);
    // three 3, across 4, five 5, six 1 (another day), seven 7, reader 2, untested 1, bea 1
    expect(await shop.query("kpi-summary", { traffic: "people" })).toMatchObject([
      { net_revenue_minor: 10000, order_count: 1, event_count: 24, visitor_count: 8 },
    ]);
    const rows = await shop.query("traffic-quality");
    expect(
      rows.filter((row) => Number(row.event_count) > 0).map((row) => [row.day_on, row.reason, row.event_count]),
    ).toEqual([
      ["2026-03-01", "rate", 4],
      ["2026-03-01", "robot", 3],
      ["2026-03-01", "staff", 1],
      ["2026-03-01", "test", 5],
      ["2026-03-02", "rate", 6],
      ["2026-03-02", "staff", 2],
    ]);
    // 3 + 4 + 4 + 7 + 2 + 2 + 6 single ones + 17's order + 2 of the file = 30 ...
    expect(rows.find((row) => row.day_on === "2026-03-01" && row.reason === "robot")).toMatchObject({
      order_count: 1,
      gross_revenue_minor: 3000,
      all_order_count: 3,
      all_gross_revenue_minor: 18000,
      all_event_count: 30,
      event_share_rate: 3 / 30,
      revenue_share_rate: 1 / 6,
    });
  });

  it("follow changed settings with the next build, and change nothing that counts everyone", async () => {
    const { warehouse, config } = shop.workspace;
    const before = await shop.query("kpi-summary");
    const traffic = { max_events_per_minute: 4, max_events_per_day: 6, staff_ids: ["six"], staff_emails: [] };
    const changed = { ...config, traffic };
    await buildOwed({ warehouse, config: changed, clock: fixedClock() }, "settings");
    expect((await flagged(shop)).filter((words) => words.endsWith("rate"))).toEqual([]);
    expect(await staff(shop)).toEqual(["six"]);
    expect(await shop.query("kpi-summary")).toEqual(before);
    expect((await verify(warehouse, changed)).differences).toEqual([]);
    await buildOwed({ warehouse, config, clock: fixedClock() }, "settings");
    expect((await flagged(shop)).length).toBe(9);
    expect(await staff(shop)).toEqual(["17", "anna", "boss"]);
    expect((await verify(warehouse, config)).differences).toEqual([]);
  });

  it("come to a shop that was filled before there were any", async () => {
    const { warehouse, config } = shop.workspace;
    const before = await flagged(shop);
    const settle = { settings: { mutations_sync: "2" } };
    await warehouse.command("alter table fct_events update is_bot = false, is_staff = false where true", settle);
    await warehouse.command("truncate table agg_flagged_daily");
    await warehouse.command("delete from ops_state where name in ('events_marked_by', 'flagged_with')", settle);
    await buildOwed({ warehouse, config, clock: fixedClock() }, "upgrade");
    expect(await flagged(shop)).toEqual(before);
  });
});
