import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSchedule, scheduleOf } from "../../bench/support/schedule.mjs";
import { listBatches } from "../../src/ingestion/batches.ts";
import { undoImport } from "../../src/ingestion/import.ts";
import { build } from "../../src/warehouse/build.ts";
import { verify } from "../../src/warehouse/verify.ts";
import { emptyWarehouse, tableRows } from "../support/ingest.ts";
import { fixedClock, openTestShop, type TestShop } from "../support/shop.ts";

const scheduleCount = 16;
const stepCount = 3;
const built = [
  "fct_sessions",
  "fct_orders",
  "fct_order_lines",
  "dim_customer",
  "dim_product",
  "agg_daily",
  "agg_product_daily",
];

describe.each([
  { zone: "UTC", slices: "months" },
  { zone: "Pacific/Auckland", slices: "days" },
])("tables built step by step in $zone, sessions kept by $slices", ({ zone, slices }) => {
  let shop: TestShop;
  beforeAll(async () => {
    shop = await openTestShop({ time_zone: zone });
  });
  afterAll(async () => await shop.close());

  it(`equal a full build at the end of ${scheduleCount / 2} random schedules`, async () => {
    const { warehouse, config } = shop.workspace;
    const smallEventCount = slices === "days" ? 0 : 1000;
    const context = { warehouse, config, clock: fixedClock(), smallEventCount };
    const first = slices === "days" ? scheduleCount / 2 : 0;
    for (let seed = first; seed < first + scheduleCount / 2; seed += 1) {
      await emptyWarehouse(warehouse);
      const folder = join(shop.folder, `schedule-${seed}`);
      const failure = await runSchedule(scheduleOf(seed, folder, stepCount), {
        load: (path) => shop.load([path], {}, smallEventCount),
        undo: (key) => undoImport(context, key),
        live: async () =>
          (await listBatches(warehouse)).filter((one) => one.state === "loaded").map((one) => one.batch_key),
        differences: async () => (await verify(warehouse, config)).differences,
        isChecked: (step) => step === stepCount - 1,
      });
      expect(failure, `schedule ${seed}`).toBeNull();
      if (seed % 10 !== 0) continue;
      const before = await tableRows(warehouse, built);
      await build(warehouse, { config, clock: context.clock, touched: null, reason: "full build", smallEventCount });
      expect(await tableRows(warehouse, built), `schedule ${seed}`).toEqual(before);
    }
  });
});
