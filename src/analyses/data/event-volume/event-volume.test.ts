/** Daily counts of one kind, written by hand: ten weeks of a steady shop whose checkouts fall. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

let shop: TestShop;
let folder: string;
const dayOf = (index: number): string => new Date(Date.UTC(2025, 0, 6 + index)).toISOString().slice(0, 10);

beforeAll(async () => {
  shop = await openTestShop();
  folder = mkdtempSync(join(tmpdir(), "cartwright-volume-"));
  const lines = ["event_id,event_at,event_type,customer_id,product_id"];
  // 63 whole days. Views: 100 a day. Checkouts: 100 a day, on the last two days 20. Searches: on the last 20 days only.
  for (let day = 0; day < 63; day += 1)
    for (let one = 0; one < 100; one += 1) {
      lines.push(`v-${day}-${one},${dayOf(day)}T12:00:00Z,view,c${one},p1`);
      if (day < 61 || one < 20) lines.push(`c-${day}-${one},${dayOf(day)}T13:00:00Z,checkout_start,c${one},p1`);
      if (day >= 43) lines.push(`s-${day}-${one},${dayOf(day)}T14:00:00Z,search,c${one},`);
    }
  const path = join(folder, "events.csv");
  writeFileSync(path, `${lines.join("\n")}\n`);
  await shop.load([path]);
});
afterAll(async () => {
  await shop?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("holds the last days against the same weekdays before", async () => {
  const rows = await shop.query("event-volume");
  const none = { window_days: null, change_rate: null, score: null, expected_count: null };
  expect(rows).toEqual([
    {
      event_type: "view",
      last_on: dayOf(62),
      event_count: 100,
      expected_count: 100,
      window_days: 1,
      change_rate: 0,
      score: 0,
      is_drop: false,
      since_on: null,
    },
    // Younger than five weeks.
    { event_type: "search", last_on: dayOf(62), event_count: 100, ...none, is_drop: false, since_on: null },
    {
      event_type: "checkout_start",
      last_on: dayOf(62),
      event_count: 20,
      expected_count: 100,
      // One day: 80 / sqrt(100 q), three: 160 / sqrt(300 q), seven: 160 / sqrt(700 q); the three days show it best.
      window_days: 3,
      change_rate: expect.closeTo(40 / 200 - 1, 12),
      score: expect.closeTo(160 / Math.sqrt(300 * (1 + Math.PI / 16)), 9),
      is_drop: true,
      since_on: dayOf(61),
    },
  ]);
});

it("judges the day before as_of", async () => {
  const rows = await shop.query("event-volume", { as_of: dayOf(61) });
  expect(rows.find((row) => row.event_type === "checkout_start")).toMatchObject({
    last_on: dayOf(60),
    event_count: 100,
    is_drop: false,
  });
});
