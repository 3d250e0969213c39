/** Sources by the batches that the journal of batches holds; expected values computed by hand. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestShop, type TestShop } from "../../../../test/support/shop.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(async () => await shop?.close());

const batch = (batch_key: number, finished_at: string, further: object = {}) => ({
  batch_key,
  version: 1,
  state: "loaded",
  source: "/shop/in/orders-2025-03-01.csv",
  path: "",
  digest: "",
  file_bytes: 1,
  preset: "orders-csv",
  kind: "orders",
  header: "",
  read_rows: 1,
  loaded_rows: 1,
  duplicate_rows: 0,
  rejected_rows: 0,
  filtered_rows: 0,
  first_on: null,
  last_on: null,
  is_built: true,
  started_at: finished_at,
  finished_at,
  message: "",
  ...further,
});

it("tells a source that is silent for twice its longest pause, and no other", async () => {
  // Orders come daily to 5 March, then no more; what is collected goes on to 10 March, with a pause of three hours once.
  const orders = [1, 2, 3, 4, 5].map((day) =>
    batch(day, `2025-03-0${day}T06:00:00Z`, { source: `/shop/in/orders-2025-03-0${day}.csv` }),
  );
  const collected = [
    ...["08T10:00", "08T10:01", "08T10:02", "08T13:02", "08T13:03", "10T12:00"].map((at, index) =>
      batch(10 + index, `2025-03-${at}:30Z`, { source: `journal-${index}`, preset: "collect", kind: "events" }),
    ),
    // Neither brought a row.
    batch(20, "2025-03-10T12:00:40Z", { loaded_rows: 0, preset: "collect", kind: "events" }),
    batch(21, "2025-03-10T12:00:45Z", { state: "undone" }),
  ];
  await shop.workspace.warehouse.insertRows("ops_batches", [...orders, ...collected]);
  const rows = await shop.query("source-health");
  expect(rows).toEqual([
    {
      source_name: "in/orders-#-#-#.csv",
      kind: "orders",
      arrival_count: 5,
      last_at: "2025-03-05T06:00:00.000Z",
      usual_seconds: 86_400,
      longest_seconds: 86_400,
      stale_after_seconds: 172_800,
      // From the 5th, 6:00 to the 10th, 12:00:30.
      silent_seconds: 5 * 86_400 + 6 * 3600 + 30,
      is_stale: true,
    },
    {
      source_name: "collect",
      kind: "events",
      arrival_count: 6,
      last_at: "2025-03-10T12:00:30.000Z",
      usual_seconds: 60, // of 60, 60, 10800, 60, 168_960 - 120
      longest_seconds: 46 * 3600 + 57 * 60, // 8 March, 13:03 to 10 March, 12:00
      stale_after_seconds: 2 * (46 * 3600 + 57 * 60),
      silent_seconds: 0,
      is_stale: false,
    },
  ]);
});

it("calls no source late that has brought something four times", async () => {
  await shop.workspace.warehouse.command("truncate table ops_batches");
  await shop.workspace.warehouse.insertRows("ops_batches", [
    ...[1, 2, 3, 4].map((day) => batch(day, `2025-03-0${day}T06:00:00Z`)),
    batch(9, "2025-04-20T00:00:00Z", { source: "one.csv" }),
  ]);
  const rows = await shop.query("source-health");
  expect(rows.map((row) => [row.source_name, row.stale_after_seconds, row.is_stale])).toEqual([
    ["in/orders-#-#-#.csv", null, false],
    ["one.csv", null, false],
  ]);
});
