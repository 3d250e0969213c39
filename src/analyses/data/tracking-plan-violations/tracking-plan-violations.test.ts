import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

let shop: TestShop;
let folder: string;

/** Rows as collecting writes them: a note on the first row of a message. */
const rows = [
  ["a", "2025-03-01T10:00:00Z", "purchase", "Order Completed"],
  ["a#2", "2025-03-01T10:00:00Z", "purchase", ""],
  ["b", "2025-03-01T11:00:00Z", "purchase", "Order Completed\nmissing_property order_id"],
  ["c", "2025-03-03T11:00:00Z", "purchase", "Order Completed\nmissing_property order_id\nwrong_type total"],
  ["d", "2025-03-03T12:00:00Z", "custom", "Spun\nunplanned_event"],
  ["e", "2025-03-04T12:00:00Z", "view", ""],
  ["f", "2025-03-04T13:00:00Z", "click", "Written\nby somebody else"],
];

beforeAll(async () => {
  shop = await openTestShop();
  folder = mkdtempSync(join(tmpdir(), "cartwright-notes-"));
  const path = join(folder, "events.csv");
  const lines = rows.map(([id, at, type, note]) => `${id},${at},${type},ada,p1,"${note}"`);
  writeFileSync(path, `event_id,event_at,event_type,customer_id,product_id,plan_note\n${lines.join("\n")}\n`);
  const columns = Object.fromEntries(
    ["event_id", "event_at", "event_type", "customer_id", "product_id", "plan_note"].map((name) => [name, name]),
  );
  await shop.load([path], { mapping: { kind: "events", columns } });
});
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("counts messages by event, violation and property", async () => {
  const purchase = { event_name: "Order Completed", event_type: "purchase", message_count: 3 };
  expect(await shop.query("tracking-plan-violations")).toEqual([
    {
      ...purchase,
      violation: "missing_property",
      property_name: "order_id",
      violation_count: 2,
      violation_rate: 2 / 3,
      first_on: "2025-03-01",
      last_on: "2025-03-03",
    },
    {
      ...purchase,
      violation: "wrong_type",
      property_name: "total",
      violation_count: 1,
      violation_rate: 1 / 3,
      first_on: "2025-03-03",
      last_on: "2025-03-03",
    },
    {
      event_name: "Spun",
      event_type: "custom",
      violation: "unplanned_event",
      property_name: null,
      message_count: 1,
      violation_count: 1,
      violation_rate: 1,
      first_on: "2025-03-03",
      last_on: "2025-03-03",
    },
  ]);
});

it("looks at the days of the period only, and shows as many rows as asked for", async () => {
  const early = await shop.query("tracking-plan-violations", { period_end: "2025-03-02" });
  expect(early).toMatchObject([{ message_count: 2, violation_count: 1, last_on: "2025-03-01" }]);
  expect(await shop.query("tracking-plan-violations", { limit: 1 })).toHaveLength(1);
});
